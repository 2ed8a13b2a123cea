/** What happens in one life of the box, decided by seed and number of the life alone. */

import { Seeded } from './seeded.ts';

export interface PlannedRequest {
  /** Stands in every part of its text, so that what the network took finds its message. */
  readonly id: string;
  /** Which of the callers' accounts sends it. */
  readonly account: number;
  /** After the box is ready, in milliseconds. */
  readonly atMs: number;
  readonly body: {
    readonly origin: string;
    readonly message: string;
    readonly recipients: readonly string[];
    readonly clientRef: string;
    readonly variables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly scheduledTime?: string;
  };
}

export interface LifePlan {
  /** `starting`: counted from the birth of the process; `ready`: from the moment it listens. */
  readonly killFrom: 'starting' | 'ready';
  readonly killAfterMs: number;
  readonly requests: readonly PlannedRequest[];
}

export const sender = 'TORTURE';
export const accountCount = 2;
/** Every so many lives a request that is written in slices. */
const largeEvery = 9;
const largeRecipients = 6_000;
/** Sliced as well, and small enough to be sent. */
const slicedRecipients = 2_100;
const slicedLife = 4;
const startKillShare = 0.15;
const startKillMs = 700;
const readyKillMs = 1_200;
const requestsPerLife = 14;

/** The schedule of one life. The same seed gives the same requests at the same moments and the same kill. */
export function planLife(seed: number, life: number): LifePlan {
  const random = new Seeded(seed, life);
  const starting = random.fraction() < startKillShare && life > 0;
  const killAfterMs = Math.round(random.fraction() * (starting ? startKillMs : readyKillMs));
  const requests = Array.from({ length: requestsPerLife }, (_, n) => planRequest(random, life, n));
  if (life % largeEvery === slicedLife) requests.push(largeRequest(random, life, requestsPerLife));
  return { killFrom: starting ? 'starting' : 'ready', killAfterMs, requests };
}

function planRequest(random: Seeded, life: number, n: number): PlannedRequest {
  const id = requestId(life, n);
  const base = { id, account: random.below(accountCount), atMs: Math.round(random.fraction() * readyKillMs) };
  const dice = random.fraction();
  if (dice < 0.6) return { ...base, body: { ...text(id, `[${id}] hello`), recipients: fewNumbers(random, 1) } };
  if (dice < 0.8) {
    const message = longText(random, id);
    return { ...base, body: { ...text(id, message), recipients: fewNumbers(random, 1 + random.below(3)) } };
  }
  if (dice < 0.93) {
    const recipients = fewNumbers(random, 5 + random.below(6));
    const variables = Object.fromEntries(
      recipients.map((msisdn, at) => [msisdn, { name: `N${at}`.repeat(1 + random.below(60)) }]),
    );
    return { ...base, body: { ...text(id, `[${id}] Dear {name}, [${id}]`), recipients, variables } };
  }
  return { ...base, body: { ...text(id, `[${id}] to many`), recipients: manyNumbers(random, 50) } };
}

/** Written in slices: either a long one for tomorrow, which must be there whole, or one that is sent at once. */
function largeRequest(random: Seeded, life: number, n: number): PlannedRequest {
  const id = requestId(life, n);
  const base = { id, account: random.below(accountCount), atMs: Math.round((random.fraction() * readyKillMs) / 2) };
  const now = life === slicedLife;
  const recipients = manyNumbers(random, now ? slicedRecipients : largeRecipients);
  const body = { ...text(id, `[${id}] to very many`), recipients };
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
  const piece = thai ? `[${id}] ทดสอบ ` : `[${id}] lorem `;
  return piece.repeat(Math.ceil(((thai ? 75 : 165) * (1 + random.below(3))) / piece.length));
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

const idInText = /\[(m\d{6})\]/u;

/** The id of the request that a part belongs to, or null. */
export function idOf(partText: string): string | null {
  return idInText.exec(partText)?.[1] ?? null;
}
