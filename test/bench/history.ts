/**
 * Figures of lists of messages, and what filing them costs an import: `node test/bench/history.ts --millions 2`.
 * It builds a box in a temporary folder: half of the recipients in requests of 100,000, half in messages to one to three.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { systemClock } from '../../server/platform/system-clock.ts';
import { HistoryIndexer } from '../../server/services/history-indexer.ts';
import type { Stores } from '../../server/store/stores.ts';
import { quiet, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { day, draft, fill, finish, start, withStores } from './history-box.ts';
import { pageFigures, tableOf } from './page-figures.ts';
import { percentiles } from './percentiles.ts';

const { values } = parseArgs({
  options: { millions: { type: 'string', default: '1' }, calls: { type: 'string', default: '200' } },
});
const total = Number(values.millions) * 1_000_000;
const calls = Number(values.calls);
const bulk = 100_000;

const line = (text: string) => process.stdout.write(`${text}\n`);
const ms = (value: number) => value.toFixed(2).padStart(8);

/** Ten requests at once, one after the other in the queue, while somebody sends single messages. */
async function importBulk(stores: Stores, filing: boolean): Promise<void> {
  const indexer = new HistoryIndexer({ index: stores.historyIndex, clock: systemClock, log: quiet });
  await stores.accounts.create('Sales', start);
  if (filing) await indexer.start();
  const drafts = Array.from({ length: total / 2 / bulk }, () => draft(bulk, start));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const waits: number[] = [];
  let done = false;
  const others = async () => {
    while (!done) {
      const from = performance.now();
      await stores.writer.accept(draft(1, start));
      waits.push(performance.now() - from);
    }
  };
  delay.enable();
  const begin = performance.now();
  const all = (async () => {
    for (const one of drafts) await stores.writer.accept(one);
    done = true;
  })();
  await Promise.all([all, others()]);
  const took = performance.now() - begin;
  delay.disable();
  const { p50, p99, most } = percentiles(waits);
  line(
    `import of ${total / 2} in requests of ${bulk}, filing ${filing ? 'on ' : 'off'}: ${ms(took)} ms; others p50 ${ms(p50)} p99 ${ms(p99)} worst ${ms(most)}; longest stall ${ms(delay.max / 1e6)}; filed meanwhile ${stores.historyIndex.marks().recipientId}`,
  );
  await indexer.stop();
}

async function fillAndTell(stores: Stores): Promise<void> {
  const pieces = await fill(stores, total / 2);
  const sum = pieces.reduce((all, piece) => all + piece, 0);
  const { p50, p99, most } = percentiles(pieces);
  line(`filing the rest without rests: ${ms(sum)} ms; a piece p50 ${ms(p50)} p99 ${ms(p99)} worst ${ms(most)}`);
}

type Ask = (query: string) => Promise<Answer>;
interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

async function measure(name: string, query: string, ask: Ask): Promise<void> {
  const time = async (cursor: string | null, limit = 50) => {
    const from = performance.now();
    const { status, body, result } = await ask(`?limit=${limit}${query}${cursor === null ? '' : `&cursor=${cursor}`}`);
    const took = performance.now() - from;
    if (status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`);
    return { took, page: ('items' in body ? body : result) as unknown as Page };
  };
  const many = async (cursor: string | null) => {
    const times: number[] = [];
    for (let call = 0; call < calls; call += 1) times.push((await time(cursor)).took);
    return percentiles(times);
  };
  const first = await time(null);
  const shallow = await many(null);
  let cursor = first.page.nextCursor;
  let pages = 1;
  let deep = cursor;
  while (cursor !== null && pages < 150) {
    deep = cursor;
    cursor = (await time(cursor, 200)).page.nextCursor;
    pages += 1;
  }
  const below = deep === null ? null : await many(deep);
  const deepText =
    below === null
      ? 'one page'
      : `after ${pages} pages of 200: p50 ${ms(below.p50)} p99 ${ms(below.p99)}, ${(await time(deep)).page.items.length} items`;
  line(
    `${name.padEnd(34)} first: p50 ${ms(shallow.p50)} p99 ${ms(shallow.p99)}, ${first.page.items.length} items; ${deepText}`,
  );
}

async function yardstick(ask: () => Promise<Answer>): Promise<void> {
  const times: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const from = performance.now();
    await ask();
    times.push(performance.now() - from);
  }
  const { p50, p99, most } = percentiles(times);
  line(`yardstick: the balance of an account  p50 ${ms(p50)} p99 ${ms(p99)} worst ${ms(most)}`);
}

async function lists(box: HttpBox): Promise<void> {
  const rare = box.peek.one<{ msisdn: string }>('SELECT msisdn FROM recipient WHERE id = 777').msisdn;
  const late = new Date(start + 60 * day).toISOString();
  const early = new Date(start + 59 * day).toISOString();
  const filters: [string, string][] = [
    ['no filter', ''],
    ['status completed', '&status=completed'],
    ['status failed', '&status=failed'],
    ['status pending', '&status=pending'],
    ['status scheduled (none)', '&status=scheduled'],
    ['origin of a third', '&origin=Bank'],
    ['origin, rare', '&origin=Rare'],
    ['origin, none', '&origin=None'],
    ['number, rare', `&msisdn=${rare}`],
    ['number, in one of 5,000', '&msisdn=66800000001'],
    ['number, none', '&msisdn=66899999999'],
    ['clientRef', '&clientRef=order%201003'],
    ['from and to', `&from=${early}&to=${late}`],
    ['to', `&to=${late}`],
    ['from, to, number', `&from=${early}&to=${late}&msisdn=${rare}`],
    ['from, to, origin, failed', `&from=${early}&to=${late}&origin=Bank&status=failed`],
    ['origin, rare, and completed', '&origin=Rare&status=completed'],
  ];
  const headers = { 'x-api-key': box.key };
  // What a call costs that looks up one row: the machine's own noise at the time.
  await yardstick(() => box.api('GET', '/message/credit/balance', undefined, headers));
  for (const [name, query] of filters)
    await measure(`API: ${name}`, query, (text) => box.api('GET', `/message${text}`, undefined, headers));
  for (const [name, query] of filters)
    await measure(`box: ${name}`, query, (text) => box.admin('GET', `/messages${text}`));
  await yardstick(() => box.api('GET', '/message/credit/balance', undefined, headers));
}

/** All of the box as CSV, and how long anybody else had to wait meanwhile. */
async function exportAll(box: HttpBox, each: string): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begin = performance.now();
  const slices: number[] = [];
  let lines = 0;
  let place = '';
  do {
    const from = performance.now();
    const { body } = await box.admin('GET', `/exports/messages/slice?each=${each}${place}`);
    slices.push(performance.now() - from);
    lines += Number(body['lines']);
    place = typeof body['nextCursor'] === 'string' ? `&cursor=${body['nextCursor']}` : '';
  } while (place !== '');
  const seconds = (performance.now() - begin) / 1000;
  delay.disable();
  const { p50, p99, most } = percentiles(slices);
  line(
    `export, a line for each ${each}: ${lines} lines, ${Math.round(lines / seconds)} a second; a slice p50 ${ms(p50)} p99 ${ms(p99)} worst ${ms(most)}; longest stall ${ms(delay.max / 1e6)} ms`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'sepsms-history-'));
try {
  for (const filing of [false, true]) {
    const dir = mkdtempSync(join(folder, 'import-'));
    await withStores(dir, (stores) => importBulk(stores, filing));
    if (!filing) rmSync(dir, { recursive: true });
    else {
      await withStores(dir, fillAndTell);
      finish(dir);
      const box = await runBox({ dir });
      const counts = box.peek.one(
        'SELECT (SELECT COUNT(*) FROM message) AS messages, (SELECT COUNT(*) FROM recipient) AS recipients',
      );
      line(`\nA page of 50 over HTTP, ${JSON.stringify(counts)}, times in ms`);
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      await lists(box);
      line(`longest stall ${ms(delay.max / 1e6)} ms\n`);
      for (const text of tableOf(await pageFigures(box, { repeats: 50, pages: 150 }))) line(text);
      for (const each of ['message', 'recipient']) await exportAll(box, each);
      await box.close();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
