import Database from 'better-sqlite3';
import { assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AuditCall } from '../../server/domain/audit.ts';
import { KeyRing } from '../../server/platform/crypto.ts';
import { checkAudit } from '../../server/store/check.ts';
import { openBox, type StoreBox } from '../fakes/store-box.ts';

const call = (n: number): AuditCall => ({
  at: 1_000 + n,
  who: 'ada',
  role: 'admin',
  address: '127.0.0.1',
  operation: 'carrierAdd',
  target: `carriers/${n}`,
  detail: '',
});

async function filled(rows = 5): Promise<StoreBox> {
  const box = await openBox({ credits: 0 });
  for (let n = 1; n <= rows; n += 1) await box.stores.audit.end(await box.stores.audit.begin(call(n)), 'done');
  return box;
}

/** Another program on the database, without the guards that keep the box itself from mistakes. */
function burglar(box: StoreBox): Database.Database {
  const db = new Database(join(box.dir, 'box.db'));
  onTestFinished(() => {
    db.close();
  });
  db.exec('DROP TRIGGER audit_stays; DROP TRIGGER audit_is_kept');
  return db;
}

async function broken(box: StoreBox) {
  const { broken: found, sealed } = await box.stores.audit.verify();
  const outside = await checkAudit(join(box.dir, 'box.db'));
  expect(outside).toEqual(found === null ? { state: 'whole', rows: 5 } : { state: 'broken', ...found });
  return found?.problem ?? (sealed ? null : 'not sealed');
}

const swapRows =
  'UPDATE audit SET id = 99 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 99';
const columns = ['at', 'who', 'role', 'address', 'operation', 'target', 'detail', 'outcome', 'hash'] as const;

describe('the audit log', () => {
  test('of a new box is whole', async () => {
    const { stores, dir } = await openBox({ credits: 0 });
    expect(await stores.audit.verify()).toMatchObject({ head: { row: 0 }, broken: null, sealed: true });
    expect(await checkAudit(join(dir, 'box.db'))).toEqual({ state: 'whole', rows: 0 });
  });

  test('has what was done, numbered without a gap, each row chained to the one before', async () => {
    const box = await filled();
    const rows = box.peek.all<{ id: number; target: string; hash: string }>('SELECT * FROM audit ORDER BY id');
    expect(rows.map((row) => [row.id, row.target])).toEqual([1, 2, 3, 4, 5].map((n) => [n, `carriers/${n}`]));
    expect(new Set(rows.map((row) => row.hash)).size).toBe(5);
    expect(await broken(box)).toBeNull();
    expect(await broken(box.reopen())).toBeNull();
  });

  test('keeps its chain when many write at once, some of whom fail', async () => {
    const box = await openBox({ credits: 0 });
    const { audit, accounts } = box.stores;
    const begun = await Promise.all(Array.from({ length: 60 }, (_, n) => audit.begin(call(n))));
    const ends = await Promise.allSettled([
      ...begun.map((id) => audit.end(id, 'done')),
      ...begun.slice(0, 20).map((id) => audit.end(id, 'done')),
      ...begun.slice(0, 20).map((_id, n) => audit.note(call(n), 'auth.forbidden')),
      accounts.create('Main', 0),
    ]);
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(21);
    expect(await audit.verify()).toMatchObject({ head: { row: 80 }, broken: null });
    expect(box.peek.all('SELECT id FROM audit_open')).toEqual([]);
  });

  test('tells what was going on when the box ended: nobody knows how far it came', async () => {
    const box = await filled(1);
    await box.stores.audit.begin(call(2));
    const after = box.afterCrash();
    expect(await after.stores.audit.endLeft()).toBe(1);
    expect(await after.stores.audit.endLeft()).toBe(0);
    expect(after.peek.all('SELECT id, target, outcome FROM audit')).toEqual([
      { id: 1, target: 'carriers/1', outcome: 'done' },
      { id: 2, target: 'carriers/2', outcome: 'unknown' },
    ]);
    expect((await after.stores.audit.verify()).broken).toBeNull();
  });

  test('is not changed by the box itself, not even by mistake', async () => {
    const box = await filled();
    const db = new Database(join(box.dir, 'box.db'));
    onTestFinished(() => {
      db.close();
    });
    expect(() => db.exec("UPDATE audit SET who = 'eve'")).toThrow(/never changed/u);
    expect(() => db.exec('DELETE FROM audit WHERE id = 5')).toThrow(/never removed/u);
  });
});

describe('what somebody did to it from outside is found', () => {
  test('a change of any field of any row', async () => {
    await assert(
      asyncProperty(integer({ min: 1, max: 5 }), constantFrom(...columns), async (row, column) => {
        const box = await filled();
        burglar(box)
          .prepare(`UPDATE audit SET ${column} = ? WHERE id = ?`)
          .run(column === 'at' ? 9 : 'x', row);
        expect(await broken(box)).toMatch(new RegExp(`^Row ${row} is not as it was written`, 'u'));
        box.close();
      }),
      { seed: 20260115, numRuns: 25 },
    );
  });

  test.each([
    ['a row is gone', 'DELETE FROM audit WHERE id = 3', 'Row 3 is missing.'],
    ['rows are gone', 'DELETE FROM audit WHERE id IN (2, 3)', 'Rows 2 to 3 are missing.'],
    ['the first rows are gone', 'DELETE FROM audit WHERE id < 3', 'Rows 1 to 2 are missing.'],
    ['the last row is gone', 'DELETE FROM audit WHERE id = 5', 'Row 5 is missing at the end of the log.'],
    ['the last rows are gone', 'DELETE FROM audit WHERE id > 2', 'Rows 3 to 5 are missing at the end of the log.'],
    ['all are gone', 'DELETE FROM audit', 'Rows 1 to 5 are missing at the end of the log.'],
    ['a row was put behind the end', addRow(6), 'Row 6 was added by somebody else.'],
    ['a row was put before the first', addRow(-4), 'Row -4 was added by somebody else.'],
    ['two rows changed places', swapRows, 'Row 2 is not as it was written, or it does not follow the row before it.'],
    [
      'the end was noted anew',
      `UPDATE audit_head SET hash = '${'0'.repeat(64)}'`,
      'Row 5, or one before it, was written anew.',
    ],
    [
      'the end was moved back',
      'UPDATE audit_head SET row = 4, hash = (SELECT hash FROM audit WHERE id = 4)',
      'Row 5 was added by somebody else.',
    ],
  ])('%s', async (_what, sql, problem) => {
    const box = await filled();
    burglar(box).exec(sql);
    expect(await broken(box)).toBe(problem);
  });

  test('the log was cut off and its end noted to match, as far as the master key tells', async () => {
    const box = await filled();
    const db = burglar(box);
    db.exec('DELETE FROM audit WHERE id > 3');
    db.exec('UPDATE audit_head SET row = 3, hash = (SELECT hash FROM audit WHERE id = 3)');
    expect(await box.stores.audit.verify()).toMatchObject({ broken: null, sealed: false });
    expect(await checkAudit(join(box.dir, 'box.db'))).toEqual({ state: 'whole', rows: 3 });
  });

  test('the log was written by who has another master key', async () => {
    const box = await filled();
    const { row, hash } = box.stores.audit.head();
    const seal = new KeyRing(new Uint8Array(32).fill(9)).auditMark(`${row} ${hash}`);
    burglar(box).prepare('UPDATE audit_head SET seal = ?').run(seal);
    expect(await broken(box)).toBe('not sealed');
  });
});

test('a database without an audit log, or none at all, is not called broken', async () => {
  const box = await openBox({ credits: 0 });
  burglar(box).exec('DROP TABLE audit_head');
  expect(await checkAudit(join(box.dir, 'box.db'))).toMatchObject({ state: 'unchecked' });
  expect(await checkAudit(join(box.dir, 'none.db'))).toMatchObject({ state: 'unchecked' });
});

function addRow(id: number): string {
  return `INSERT INTO audit SELECT ${id}, at, 'eve', role, address, operation, target, detail, outcome, hash FROM audit WHERE id = 5`;
}
