import { performance } from 'node:perf_hooks';
import { drStatuses, messageStates } from '../../server/domain/message-state.ts';
import type { HttpBox } from '../fakes/box.ts';
import { day, start } from './history-box.ts';
import { percentiles } from './percentiles.ts';

/** Milliseconds within which the box answers whatever a page asks. */
export const bound = 200;

export interface PageFigure {
  /** The page, and what the reader has chosen on it. */
  readonly name: string;
  /** Answers that were timed: repeated first ones, and each further page of the list. */
  readonly calls: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** Rows of all its pages. */
  readonly rows: number;
}

interface Question {
  readonly name: string;
  /** Under `/api/admin`, with `{cursor}` left to the walk. */
  readonly path: string;
}

interface Walked {
  readonly repeats: number;
  /** Most pages that are turned. */
  readonly pages: number;
}

/** What the pages of messages, of one message and of the dashboard ask, with every filter that they offer. */
export async function questionsOf(box: HttpBox): Promise<Question[]> {
  const message = (where: string) =>
    box.peek.one<{ uuid: string }>(`SELECT uuid FROM message WHERE ${where} ORDER BY id LIMIT 1`);
  const large = message('recipient_count > 1000').uuid;
  const small = message('recipient_count = 3').uuid;
  const rare = box.peek.one<{ msisdn: string }>('SELECT msisdn FROM recipient WHERE id = 777').msisdn;
  const dayOf = (n: number) => new Date(start + n * day).toISOString().slice(0, 10);
  const filters: readonly (readonly [string, string])[] = [
    ['all', ''],
    ...messageStates.map((state) => [`state ${state}`, `&status=${state}`] as const),
    ['a sender of a third', '&origin=Bank'],
    ['a rare sender', '&origin=Rare'],
    ['a rare number', `&msisdn=${rare}`],
    ['a number in one of 5,000', '&msisdn=66800000001'],
    ['a number that is nowhere', '&msisdn=66899999999'],
    ['a reference number', `&refNo=${await refNoOf(box, small)}`],
    ['an own reference', '&clientRef=order%201003'],
    ['a reference that is nowhere', '&clientRef=nowhere'],
    ['one day', `&from=${dayOf(59)}&to=${dayOf(60)}`],
    ['from the bottom', `&to=${dayOf(2)}`],
    ['an account', '&account=Sales'],
    [
      'everything at once',
      `&from=${dayOf(3)}&to=${dayOf(80)}&origin=Bank&status=failed&msisdn=66800000001&account=Sales`,
    ],
  ];
  return [
    ...filters.map(([name, query]) => ({ name: `messages: ${name}`, path: `/messages?limit=50${query}` })),
    ...[['large', large] as const, ['small', small] as const].flatMap(([name, uuid]) => [
      { name: `message, ${name}: facts`, path: `/messages/${uuid}` },
      { name: `message, ${name}: recipients`, path: `/messages/${uuid}/recipients?limit=100` },
      ...drStatuses.map((state) => ({
        name: `message, ${name}: recipients ${state}`,
        path: `/messages/${uuid}/recipients?limit=100&drStatus=${state}`,
      })),
    ]),
    { name: 'message: a timeline', path: `/messages/${small}/recipients/{txId}/timeline` },
    ...[24, 168, 744].map((hours) => ({ name: `dashboard: ${hours} hours`, path: `/overview?hours=${hours}` })),
    { name: 'dashboard: an account', path: '/overview?hours=24&account=Sales' },
    { name: 'dashboard: state of the box', path: '/status' },
    { name: 'dashboard: newest messages', path: '/messages?limit=6' },
    { name: 'dashboard: accounts', path: '/accounts' },
  ];
}

async function ask(box: HttpBox, path: string): Promise<{ took: number; body: Readonly<Record<string, unknown>> }> {
  const from = performance.now();
  const { status, body } = await box.admin('GET', path);
  const took = performance.now() - from;
  if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return { took, body };
}

async function refNoOf(box: HttpBox, uuid: string): Promise<string> {
  const { body } = await ask(box, `/messages/${uuid}`);
  return String(body['refNo']);
}

/** Asks one question often, and turns the pages of its answer. */
async function figureOf(box: HttpBox, { name, path }: Question, { repeats, pages }: Walked): Promise<PageFigure> {
  const times: number[] = [];
  let rows = 0;
  let cursor: string | null = null;
  for (let turned = 0; turned < pages; turned += 1) {
    const more: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { took, body } = await ask(box, `${path}${more}`);
    times.push(took);
    const { items, nextCursor } = body;
    rows += Array.isArray(items) ? items.length : 1;
    cursor = typeof nextCursor === 'string' ? nextCursor : null;
    if (cursor === null) break;
  }
  for (let call = 1; call < repeats; call += 1) times.push((await ask(box, path)).took);
  return { name, calls: times.length, rows, ...percentiles(times) };
}

/** The figures of every question, over HTTP, in the order of the pages. */
export async function pageFigures(box: HttpBox, walked: Walked): Promise<PageFigure[]> {
  const figures: PageFigure[] = [];
  for (const question of await questionsOf(box)) {
    const path = await withTxId(box, question.path);
    figures.push(await figureOf(box, { ...question, path }, walked));
  }
  return figures;
}

async function withTxId(box: HttpBox, path: string): Promise<string> {
  if (!path.includes('{txId}')) return path;
  const { body } = await ask(box, path.replace('/{txId}/timeline', '?limit=1'));
  const [first] = Array.isArray(body['items']) ? (body['items'] as { txId: string }[]) : [];
  return path.replace('{txId}', first?.txId ?? '');
}

/** The figures as lines of a table; what is over the bound is marked. */
export function tableOf(figures: readonly PageFigure[]): string[] {
  const cell = (value: number) => value.toFixed(1).padStart(8);
  return [
    `${'milliseconds over HTTP'.padEnd(46)}   calls    rows      p50      p99     most`,
    ...figures.map(
      ({ name, calls, rows, p50, p99, most }) =>
        `${name.padEnd(46)}${String(calls).padStart(8)}${String(rows).padStart(8)} ${cell(p50)} ${cell(p99)} ${cell(most)}${p99 > bound ? '  OVER' : ''}`,
    ),
  ];
}
