import type { Lane } from './carrier.ts';
import { parseQuietHours } from './quiet-hours.ts';

/** What a message is for, as routes see it. */
export const trafficPurposes = ['otp', 'normal', 'bulk'] as const;
export type TrafficPurpose = (typeof trafficPurposes)[number];

/** What routes look at; all messages of one class go the same ways. */
export interface TrafficKey {
  readonly accountId: number;
  readonly origin: string;
  readonly purpose: TrafficPurpose;
  readonly hasLink: boolean;
  /**
   * What is known of the number: empty for nothing yet, `none` when it begins with no prefix that a route names, else the
   * longest such prefix, or the whole number.
   */
  readonly prefix: string;
  /** The one carrier that may take it, whatever the routes say. */
  readonly onlyCarrierId: number | null;
  /** The carrier that has taken parts of the text already: it goes on with it as long as it can. */
  readonly begunCarrierId: number | null;
}

/** A number that begins with no prefix that any route names. */
export const noPrefix = 'none';

export const routeModes = ['order', 'share'] as const;
export type RouteMode = (typeof routeModes)[number];

export interface RouteTarget {
  readonly carrierId: number;
  /** Its share beside the others; looked at in the mode `share`. */
  readonly weight: number;
}

/** One rule: what it is about, and who may carry that. */
export interface Route {
  readonly id: number;
  readonly name: string;
  readonly enabled: boolean;
  /** Null for any. */
  readonly accountId: number | null;
  readonly origin: string | null;
  readonly purpose: TrafficPurpose | null;
  readonly hasLink: boolean | null;
  /** Digits in international form; empty for any number. */
  readonly prefixes: readonly string[];
  /** `08:00-20:00` on the wall of the box; empty for any time. */
  readonly hours: string;
  /** `order`: the first carrier that can. `share`: all that can, by their weights. */
  readonly mode: RouteMode;
  readonly carriers: readonly RouteTarget[];
}

export function purposeOf(lane: Lane): TrafficPurpose {
  if (lane === 'otp') return 'otp';
  return lane === 'bulk' ? 'bulk' : 'normal';
}

/**
 * The routes that may decide about a class, the first first: all but the last depend on the number. `null` stands for the
 * rule behind all others, by which every carrier may take everything.
 * @param minute minutes since midnight on the wall of the box.
 */
export function decidingRoutes(routes: readonly Route[], traffic: TrafficKey, minute: number): (Route | null)[] {
  const found: (Route | null)[] = [];
  for (const route of routes) {
    if (routeMismatch(route, traffic, minute) !== null) continue;
    found.push(route);
    if (prefixFit(route.prefixes, traffic.prefix) === 'yes') return found;
  }
  return [...found, null];
}

/** What routes know of a number: the longest prefix that any of them names. */
export function prefixOf(routes: readonly Route[], msisdn: string): string {
  let longest = '';
  for (const { prefixes } of routes) {
    for (const prefix of prefixes) {
      if (prefix.length > longest.length && msisdn.startsWith(prefix)) longest = prefix;
    }
  }
  return longest === '' ? noPrefix : longest;
}

/** What keeps a route from deciding about a message. */
export const routeMismatches = ['off', 'account', 'sender', 'purpose', 'link', 'hours', 'prefix'] as const;
export type RouteMismatch = (typeof routeMismatches)[number];

/** The first thing that keeps a route from being about a class; null when it fits, or may fit while no number is known. */
export function routeMismatch(route: Route, traffic: TrafficKey, minute: number): RouteMismatch | null {
  if (!route.enabled) return 'off';
  if (route.accountId !== null && route.accountId !== traffic.accountId) return 'account';
  if (route.origin !== null && route.origin !== traffic.origin) return 'sender';
  if (route.purpose !== null && route.purpose !== traffic.purpose) return 'purpose';
  if (route.hasLink !== null && route.hasLink !== traffic.hasLink) return 'link';
  if (!isWithin(route.hours, minute)) return 'hours';
  return prefixFit(route.prefixes, traffic.prefix) === 'no' ? 'prefix' : null;
}

function isWithin(hours: string, minute: number): boolean {
  const span = hours === '' ? null : parseQuietHours(hours);
  if (span === null) return true;
  return span.from < span.to ? minute >= span.from && minute < span.to : minute >= span.from || minute < span.to;
}

/** Whether numbers of which `known` is known begin with one of the prefixes; it is the longest that any route names. */
function prefixFit(prefixes: readonly string[], known: string): 'yes' | 'no' | 'maybe' {
  if (prefixes.length === 0) return 'yes';
  if (known === '') return 'maybe';
  return prefixes.some((prefix) => known.startsWith(prefix)) ? 'yes' : 'no';
}
