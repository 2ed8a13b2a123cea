import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { InboundReader, type InboundFilter, type InboundPosition } from '../../server/store/inbound-reader.ts';
import { openBox } from '../fakes/store-box.ts';

test('received texts that are searched for give short pages, each after a bounded look, until the end', async () => {
  const box = await openBox();
  const db = new Database(join(box.dir, 'box.db'));
  onTestFinished(() => {
    db.close();
  });
  const insert = db.prepare(
    "INSERT INTO inbound (uuid, account_id, carrier_id, sender, text, sent_at, received_at) VALUES (?, 1, 1, 'A', ?, 0, ?)",
  );
  // Several came at one time, and the clock went back once.
  for (let n = 0; n < 40; n += 1)
    insert.run(`u${n}`, n % 13 === 0 ? 'needle' : 'hay', [7, 7, 9, 2][Math.floor(n / 10)]);
  const reader = new InboundReader(db, 6);
  const walk = (filter: Omit<InboundFilter, 'accountId'>, limit: number) => {
    const uuids: string[] = [];
    let pages = 0;
    let position: InboundPosition | null = null;
    do {
      const { items, next } = reader.page({ accountId: 1, ...filter }, position, limit);
      uuids.push(...items.map((row) => row.uuid));
      position = next;
      pages += 1;
    } while (position !== null);
    return { uuids, pages };
  };
  const ordered = db.prepare<[], string>('SELECT uuid FROM inbound ORDER BY received_at DESC, id DESC').pluck().all();
  expect(walk({}, 5)).toEqual({ uuids: ordered, pages: 8 });
  expect(walk({ sender: 'A' }, 100)).toEqual({ uuids: ordered, pages: 7 });
  expect(walk({ contains: 'Needle' }, 5)).toEqual({ uuids: ['u26', 'u13', 'u0', 'u39'], pages: 7 });
  expect(walk({ contains: 'needle', since: 7 }, 5)).toEqual({ uuids: ['u26', 'u13', 'u0'], pages: 5 });
  expect(walk({ sender: 'B' }, 5)).toEqual({ uuids: [], pages: 1 });
});
