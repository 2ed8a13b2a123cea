import { expect, onTestFinished, test } from 'vitest';
import { KeyRing } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { createTxIdCodec } from '../../server/domain/tx-id.ts';
import { migrations, openDatabase } from '../../server/store/database.ts';
import { openStores } from '../../server/store/stores.ts';
import { testFolder } from '../fakes/box.ts';

test('a ledger from before it lay by account is carried over, entry by entry, and goes on', async () => {
  const dir = testFolder();
  const before = openDatabase(
    dir,
    migrations.filter((step) => step.version < 9),
  );
  const entries = [
    [1, 1, 100, 100],
    [2, 2, 7, 7],
    [3, 1, -30, 70],
  ];
  before.db.exec("INSERT INTO account (id, name, created_at) VALUES (2, 'Sales', 0)");
  const insert = before.db.prepare(
    "INSERT INTO ledger (id, account_id, change, balance, cause, note, at) VALUES (?, ?, ?, ?, 'added', 'old', 5)",
  );
  for (const entry of entries) insert.run(...entry);
  before.db.exec('UPDATE account SET balance = CASE id WHEN 1 THEN 70 ELSE 7 END');
  before.close();
  const key = new Uint8Array(32);
  const stores = openStores(dir, {
    events: { wanted: () => false, write: () => {} },
    txIds: () => createTxIdCodec(key),
    sealer: new KeyRing(key),
    clock: systemClock,
  });
  onTestFinished(() => stores.close());
  await stores.accounts.addCredits(2, 3, null, 6);
  await stores.accounts.addCredits(1, 5, null, 6);
  const ledger = (account: number) =>
    stores.credits.ledger(account, Number.MAX_SAFE_INTEGER, 10).map(({ id, change, balance }) => [id, change, balance]);
  expect(ledger(1)).toEqual([
    [5, 5, 75],
    [3, -30, 70],
    [1, 100, 100],
  ]);
  expect(ledger(2)).toEqual([
    [4, 3, 10],
    [2, 7, 7],
  ]);
  expect(stores.accounts.ledgerMismatches()).toEqual([]);
});
