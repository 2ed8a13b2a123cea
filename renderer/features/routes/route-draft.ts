import type { RouteItem } from '../../../server/contract/admin-routing.ts';
import type { CallInput } from '../../api/call.ts';
import type { Translate } from '../../i18n/translate.ts';

/** A carrier of a route while it is typed. */
export interface DraftTarget {
  readonly carrierId: number;
  readonly name: string;
  readonly weight: string;
}

/** A route as its form has it; an empty text stands for any. */
export interface RouteDraft {
  readonly name: string;
  readonly enabled: boolean;
  readonly account: string;
  readonly sender: string;
  readonly purpose: string;
  readonly link: string;
  readonly prefixes: string;
  readonly from: string;
  readonly to: string;
  readonly mode: RouteItem['mode'];
  readonly carriers: readonly DraftTarget[];
}

type RouteBody = CallInput<'routeAdd'>['body'];

export const purposes = ['otp', 'normal', 'bulk'] as const;
export const blankRoute: RouteDraft = {
  name: '',
  enabled: true,
  account: '',
  sender: '',
  purpose: '',
  link: '',
  prefixes: '',
  from: '',
  to: '',
  mode: 'order',
  carriers: [],
};
const mostWeight = 1_000;

export function draftOf(route: RouteItem): RouteDraft {
  const [from = '', to = ''] = route.hours.split('-');
  return {
    name: route.name,
    enabled: route.enabled,
    account: route.account ?? '',
    sender: route.sender ?? '',
    purpose: route.purpose ?? '',
    link: route.link === null ? '' : String(route.link),
    prefixes: route.prefixes.join(', '),
    from,
    to,
    mode: route.mode,
    carriers: route.carriers.map(({ carrierId, name, weight }) => ({ carrierId, name, weight: String(weight) })),
  };
}

export function bodyOf(draft: RouteDraft): RouteBody {
  return {
    name: draft.name.trim(),
    enabled: draft.enabled,
    account: draft.account === '' ? null : draft.account,
    sender: draft.sender === '' ? null : draft.sender,
    purpose: purposes.find((purpose) => purpose === draft.purpose) ?? null,
    link: draft.link === '' ? null : draft.link === 'true',
    prefixes: prefixesIn(draft.prefixes),
    hours: draft.from === '' ? '' : `${draft.from}-${draft.to}`,
    mode: draft.mode,
    carriers: draft.carriers.map(({ carrierId, weight }) => ({ carrierId, weight: Number(weight) })),
  };
}

/** What is wrong with a draft, by field. */
export function faultsOf(draft: RouteDraft, t: Translate) {
  const prefixes = prefixesIn(draft.prefixes);
  const unreadable = prefixes.find((prefix) => !/^\+?\d{1,15}$/u.test(prefix));
  const weightless = draft.mode === 'share' && !draft.carriers.every(({ weight }) => isWeight(weight));
  return {
    name: draft.name.trim() === '' ? t('field.required') : null,
    prefixes: unreadable === undefined ? null : t('routes.prefixFault', { prefix: unreadable }),
    to: hoursFault(draft, t),
    carriers: draft.carriers.length === 0 ? t('routes.carrierFault') : weightless ? t('routes.weightFault') : null,
  };
}

function hoursFault({ from, to }: RouteDraft, t: Translate): string | null {
  if (from === '' && to === '') return null;
  if (from === '' || to === '') return t('routes.hoursHalf');
  return from === to ? t('routes.hoursEmpty') : null;
}

function prefixesIn(text: string): string[] {
  return text
    .split(/[\s,;]+/u)
    .map((prefix) => prefix.replaceAll(/[-()]/gu, ''))
    .filter((prefix) => prefix !== '');
}

function isWeight(text: string): boolean {
  const weight = Number(text);
  return Number.isInteger(weight) && weight >= 1 && weight <= mostWeight;
}
