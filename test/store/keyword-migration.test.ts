import { expect, onTestFinished, test } from 'vitest';
import { migrations, openDatabase } from '../../server/store/database.ts';
import { testFolder } from '../fakes/box.ts';

test('texts from before there was an inbox count as read; new ones do not', () => {
  const dir = testFolder();
  const insert =
    "INSERT INTO inbound (uuid, account_id, carrier_id, sender, text, sent_at, received_at) VALUES (?, 1, 1, 'A', 'x', 0, 5)";
  const before = openDatabase(
    dir,
    migrations.filter((step) => step.version < 13),
  );
  before.db.prepare(insert).run('old');
  before.close();
  const { db, close } = openDatabase(dir);
  onTestFinished(close);
  db.prepare(insert).run('new');
  expect(db.prepare('SELECT uuid, read_at, rule FROM inbound ORDER BY id').all()).toEqual([
    { uuid: 'old', read_at: 5, rule: null },
    { uuid: 'new', read_at: null, rule: null },
  ]);
});
