/** What happens in one life of the box, decided by seed and number of the life alone. */

import { Seeded } from './seeded.ts';

export interface PlannedRequest {
  /** Stands in every part of its text, so that what the network took finds its message. */
  readonly id: string;
  /** Which of the callers' accounts sends it. */
  readonly account: number;
  /** After the box is ready, in milliseconds; or, with `lastMoment`, before the kill. */
  readonly atMs: number;
  /** Comes so shortly before the kill that this may fall before, into or after its answer. */
  readonly lastMoment: boolean;
  readonly body: {
    readonly origin: string;
    readonly message: string;
    readonly recipients: readonly string[];
    readonly clientRef: string;
    readonly variables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly scheduledTime?: string;
  };
}

/**
 * From when the kill is counted. `starting`: the birth of the process. `ready`: it listens. `sending`: its modems sent the
 * first part, so that kills meet hand-overs however slow the machine is.
 */
export type KillFrom = 'starting' | 'ready' | 'sending';

export interface LifePlan {
  readonly killFrom: KillFrom;
  readonly killAfterMs: number;
  readonly requests: readonly PlannedRequest[];
}

export const sender = 'TORTURE';
export const accountCount = 2;
/** Every so many lives a request that is written in slices. */
const largeEvery = 5;
const largeRecipients = 6_000;
/** Sliced as well, and small enough to be sent. */
const slicedRecipients = 2_100;
const slicedLife = 4;
const killRange = { starting: 700, ready: 1_200, sending: 500 } as const;
const loadMs = 1_200;
const requestsPerLife = 14;
const lastMomentShare = 0.3;
/** The longest time before the kill of a request of the last moment. */
export const lastMomentMs = 15;
/** A box that writes slices is killed within this time of having been asked. */
const slicesMs = 250;

/** The schedule of one life. The same seed gives the same requests at the same moments and the same kill. */
export function planLife(seed: number, life: number): LifePlan {
  const random = new Seeded(seed, life);
  const killFrom = planKill(random.fraction());
  const killAfterMs = random.below(killRange[killFrom]);
  const requests = Array.from({ length: requestsPerLife }, (_, n) => planRequest(random, life, n));
  if (life % largeEvery !== slicedLife) return { killFrom, killAfterMs, requests };
  const large = largeRequest(random, life, requestsPerLife);
  requests.push(large);
  return { killFrom: 'ready', killAfterMs: large.atMs + random.below(slicesMs), requests };
}

function planKill(dice: number): KillFrom {
  if (dice < 0.15) return 'starting';
  return dice < 0.5 ? 'ready' : 'sending';
}

function planRequest(random: Seeded, life: number, n: number): PlannedRequest {
  const id = requestId(life, n);
  const lastMoment = random.fraction() < lastMomentShare;
  const atMs = random.below(lastMoment ? lastMomentMs : loadMs);
  const base = { id, account: random.below(accountCount), atMs, lastMoment };
  const dice = random.fraction();
  if (dice < 0.6) return { ...base, body: { ...text(id, `#${id}# hello`), recipients: fewNumbers(random, 1) } };
  if (dice < 0.8) {
    const message = longText(random, id);
    return { ...base, body: { ...text(id, message), recipients: fewNumbers(random, 1 + random.below(3)) } };
  }
  if (dice < 0.93) {
    const recipients = fewNumbers(random, 5 + random.below(6));
    const variables = Object.fromEntries(
      recipients.map((msisdn, at) => [msisdn, { name: `N${at}`.repeat(1 + random.below(100)) }]),
    );
    return { ...base, body: { ...text(id, `#${id}# Dear {name}, #${id}#`), recipients, variables } };
  }
  return { ...base, body: { ...text(id, `#${id}# to many`), recipients: manyNumbers(random, 50) } };
}

/** Written in slices: either a long one for tomorrow, which must be there whole, or one that is sent at once. */
function largeRequest(random: Seeded, life: number, n: number): PlannedRequest {
  const id = requestId(life, n);
  const base = { id, account: random.below(accountCount), atMs: random.below(loadMs / 2), lastMoment: false };
  const now = life === slicedLife;
  const recipients = manyNumbers(random, now ? slicedRecipients : largeRecipients);
  const body = { ...text(id, `#${id}# to very many`), recipients };
  if (now) return { ...base, body };
  return { ...base, body: { ...body, scheduledTime: new Date(Date.now() + 86_400_000).toISOString() } };
}

function requestId(life: number, n: number): string {
  return `m${String(life).padStart(4, '0')}${String(n).padStart(2, '0')}`;
}

function text(id: string, message: string) {
  return { origin: sender, message, clientRef: id };
}

/** Two to four parts, GSM-7 or UCS-2, with the id in each of them. */
function longText(random: Seeded, id: string): string {
  const thai = random.fraction() < 0.4;
  const piece = thai ? `#${id}# ทดสอบ ` : `#${id}# lorem `;
  // The last part is long enough to hold the id as well.
  const length = thai ? 67 * (1 + random.below(3)) + 45 : 153 * (1 + random.below(3)) + 60;
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** Out of a small pool, so that several messages to one phone are under way at once. */
function fewNumbers(random: Seeded, count: number): string[] {
  const first = random.below(40);
  return Array.from({ length: count }, (_, at) => `668100000${String((first + at) % 40).padStart(2, '0')}`);
}

function manyNumbers(random: Seeded, count: number): string[] {
  const first = random.below(900_000);
  return Array.from({ length: count }, (_, at) => `6682${String(first + at).padStart(7, '0')}`);
}

const idInText = /#(m\d{6})#/u;

/** The id of the request that a part belongs to, or null. */
export function idOf(partText: string): string | null {
  return idInText.exec(partText)?.[1] ?? null;
}
