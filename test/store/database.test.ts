import Database from 'better-sqlite3';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkDatabase } from '../../server/store/check.ts';
import { migrations, openDatabase } from '../../server/store/database.ts';
import type { Migration } from '../../server/store/migrations/migration.ts';
import { testFolder } from '../fakes/box.ts';
import { openBox } from '../fakes/store-box.ts';

const newest = migrations.at(-1)?.version ?? 0;

function opened(dir: string, steps: readonly Migration[] = migrations) {
  const database = openDatabase(dir, steps);
  onTestFinished(() => database.close());
  return database;
}

describe('the connection', () => {
  test('is durable: write-ahead log, fsync at every commit, foreign keys held', () => {
    const { db } = opened(testFolder());
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(() =>
      db.exec("INSERT INTO sender (account_id, name, state, created_at) VALUES (99, 'A', 'approved', 0)"),
    ).toThrow(/FOREIGN KEY/u);
  });

  test('has STRICT tables only', () => {
    const { db } = opened(testFolder());
    const tables = db
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
      .all()
      .filter((table) => !table.name.startsWith('sqlite_'));
    expect(tables.length).toBeGreaterThan(15);
    expect(tables.filter((table) => !/\)\s*STRICT(?:\s*,\s*WITHOUT ROWID)?$/u.test(table.sql))).toEqual([]);
    expect(() => db.exec("UPDATE account SET balance = 'much'")).toThrow(/cannot store TEXT/u);
  });
});

describe('the lock on the data folder', () => {
  test('lets one box in, and the next one after it has ended', () => {
    const dir = testFolder();
    const first = opened(dir);
    expect(() => openDatabase(dir)).toThrow(expect.objectContaining({ code: 'store.in_use' }));
    first.close();
    first.close();
    expect(opened(dir).db.open).toBe(true);
  });

  test('is let go when the database cannot be opened', () => {
    const dir = testFolder();
    writeFileSync(join(dir, 'box.db'), 'this is no database, and long enough to be looked at as one '.repeat(20));
    expect(() => openDatabase(dir)).toThrow(expect.objectContaining({ code: 'store.corrupt' }));
    expect(() => openDatabase(dir)).toThrow(expect.objectContaining({ code: 'store.corrupt' }));
  });

  test('a folder that is none is refused in words', () => {
    const file = join(testFolder(), 'file');
    writeFileSync(file, '');
    expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'store.unavailable' }));
    expect(() => openDatabase(join(file, 'below'))).toThrow(expect.objectContaining({ code: 'store.unavailable' }));
  });

  test('a lock file that cannot be opened is refused in words', () => {
    const dir = testFolder();
    opened(join(dir, 'box.lock', 'in the way'));
    expect(() => openDatabase(dir)).toThrow(expect.objectContaining({ code: 'store.unavailable' }));
  });
});

describe('migrations', () => {
  const second: Migration = {
    version: newest + 1,
    name: 'second',
    up: (db) => db.exec('CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT; INSERT INTO extra (id) VALUES (1)'),
  };
  const failing: Migration = {
    version: newest + 2,
    name: 'failing',
    up: (db) => {
      db.exec("UPDATE account SET name = 'Changed'");
      db.exec('CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT');
      throw new Error('this step fails');
    },
  };
  const version = (db: Database.Database) => db.pragma('user_version', { simple: true });
  const tables = (db: Database.Database) =>
    db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()
      .map((row) => row.name);

  test('bring a database to the newest version, with a copy of what was before', () => {
    const dir = testFolder();
    opened(dir).close();
    expect(readdirSync(dir).filter((name) => name.includes('before-upgrade'))).toEqual([]);
    const { db } = opened(dir, [...migrations, second]);
    expect(version(db)).toBe(newest + 1);
    expect(tables(db)).toContain('extra');
    const copy = new Database(join(dir, `box.before-upgrade-from-${newest}.db`), { readonly: true });
    onTestFinished(() => {
      copy.close();
    });
    expect(version(copy)).toBe(newest);
    expect(copy.prepare('SELECT name FROM account').get()).toEqual({ name: 'Main' });
    expect(tables(copy)).not.toContain('extra');
  });

  test('a failing step leaves everything as it was, also what the steps before it did', () => {
    const dir = testFolder();
    opened(dir).close();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(() => openDatabase(dir, [...migrations, second, failing])).toThrow(/this step fails/u);
      expect(existsSync(join(dir, `box.before-upgrade-from-${newest}.db`))).toBe(true);
    }
    const { db } = opened(dir);
    expect(version(db)).toBe(newest);
    expect(tables(db)).not.toContain('extra');
    expect(tables(db)).not.toContain('half');
    expect(db.prepare('SELECT name FROM account').get()).toEqual({ name: 'Main' });
  });

  test('a database from the future is refused and stays untouched', () => {
    const dir = testFolder();
    opened(dir, [...migrations, second]).close();
    expect(() => openDatabase(dir)).toThrow(expect.objectContaining({ code: 'store.from_the_future' }));
    const { db } = opened(dir, [...migrations, second]);
    expect(version(db)).toBe(newest + 1);
  });
});

describe('the check of a database', () => {
  test('finds a sound one sound while a box runs on it, a missing one missing, a damaged one damaged', async () => {
    const box = await openBox();
    expect(await checkDatabase(join(box.dir, 'box.db'))).toEqual({ state: 'sound' });
    expect(await checkDatabase(join(box.dir, 'none.db'))).toMatchObject({ state: 'unchecked' });
    const broken = join(box.dir, 'broken.db');
    writeFileSync(broken, 'no database '.repeat(100));
    expect(await checkDatabase(broken)).toMatchObject({ state: 'damaged' });
  });
});
