import Database from 'better-sqlite3';
import { join } from 'node:path';
import { createTxIdCodec } from '../../server/domain/tx-id.ts';
import { KeyRing } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import type { MessageDraft } from '../../server/store/message-draft.ts';
import { openStores, type Stores } from '../../server/store/stores.ts';
import { recipientDraft } from '../fakes/store-box.ts';

export const day = 86_400_000;
/** When the oldest message was made. */
export const start = Date.now() - 90 * day;

let state = 1;
/** A random whole number below `below`, the same at every run. */
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const number = () => `668${String(random(100_000_000)).padStart(8, '0')}`;

let made = 0;
/** A message to `count` numbers. */
export function draft(count: number, createdAt: number): MessageDraft {
  made += 1;
  const n = made;
  const to = Array.from({ length: count }, () => recipientDraft(n % 5_000 === 1 ? '66800000001' : number()));
  return {
    uuid: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    accountId: n % 10 === 0 ? 2 : 1,
    keyId: null,
    kind: 'sms',
    lane: count > 1_000 ? 'bulk' : 'normal',
    origin: n % 50_000 === 7 ? 'Rare' : n % 3 === 0 ? 'Bank' : 'SEPSMS',
    text: 'Your parcel has arrived at the shop round the corner. Bring your card.',
    clientRef: n % 10 === 3 ? `order ${n}` : null,
    segments: 1,
    credit: 0,
    blockedCount: 0,
    failedCount: 0,
    scheduledAt: null,
    expiresAt: createdAt + 2 * day,
    createdAt,
    recipients: to,
    hasLink: false,
    carrierId: null,
  };
}

/** Opens the stores of a box that is not running. */
export async function withStores<T>(dir: string, use: (stores: Stores) => Promise<T>): Promise<T> {
  const key = new Uint8Array(32);
  const codec = createTxIdCodec(key);
  const stores = openStores(dir, {
    events: { wanted: () => false, write: () => {} },
    txIds: () => codec,
    sealer: new KeyRing(key),
    clock: systemClock,
  });
  try {
    return await use(stores);
  } finally {
    stores.close();
  }
}

/**
 * Messages to one to three numbers each, spread over the days, and all of them filed.
 * @returns milliseconds that each piece of filing took.
 */
export async function fill(stores: Stores, recipients: number): Promise<number[]> {
  let left = recipients;
  let at = start;
  while (left > 0) {
    const batch: Promise<unknown>[] = [];
    for (let n = 0; n < 500 && left > 0; n += 1) {
      const count = 1 + random(3);
      left -= count;
      at += (89 * day) / (recipients / 2);
      batch.push(stores.writer.accept(draft(count, Math.floor(at))));
    }
    await Promise.all(batch);
  }
  const pieces: number[] = [];
  for (;;) {
    const from = performance.now();
    if (!(await stores.historyIndex.fileNumbers()) && !(await stores.historyIndex.fileMessages())) break;
    pieces.push(performance.now() - from);
  }
  return pieces;
}

/** What sending would have made of them. */
export function finish(dir: string): void {
  const db = new Database(join(dir, 'box.db'));
  db.exec(`UPDATE message SET state = CASE WHEN id % 1000 = 5 THEN 'failed' WHEN id % 2000 = 6 THEN 'cancelled' WHEN id % 100000 = 8 THEN 'pending' ELSE 'completed' END,
    next_recipient_id = first_recipient_id + recipient_count, queued_count = 0, open_count = 0, success_count = recipient_count`);
  db.exec(`UPDATE recipient SET state = CASE WHEN id % 1000 = 3 THEN 'failed' ELSE 'success' END`);
  const hour = 3_600_000;
  const names = db.pragma('table_info(hour_count)') as { name: string }[];
  const count = db.prepare(`INSERT OR REPLACE INTO hour_count VALUES (${names.map(() => '?').join(', ')})`);
  db.transaction(() => {
    for (let back = 0; back < 744; back += 1)
      for (const account of [1, 2])
        for (let carrier = 0; carrier < 6; carrier += 1)
          count.run(
            Math.floor(Date.now() / hour - back) * hour,
            account,
            carrier,
            ...names.slice(3).map(() => random(900)),
          );
  })();
  db.close();
}
