import Database from 'better-sqlite3';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import { testFolder } from '../fakes/box.ts';
import { openBox } from '../fakes/store-box.ts';
import { askEverything } from './history-rig.ts';
import {
  auditLive,
  twoWayLive,
  messagesLive,
  codesLive,
  tenancyLives,
  creditsLive,
  webhooksLive,
  eventsLive,
  routesLive,
} from './lives.ts';
import { backupsLive } from './backup-lives.ts';
import { addressBookLive, campaignsLive } from './people-lives.ts';

/** Tables that grow with every message: reading one from end to end would take the longer the longer a box lives. */
const growing = new Set([
  'recipient',
  'submission',
  'message',
  'delivery',
  'delivery_attempt',
  'event',
  'ledger',
  'credit_order',
  'orphan_report',
  'inbound',
  'inbound_part',
  'recent_text',
  'blocked_number',
  'recipient_number',
  'message_origin',
  'contact',
  'contact_word',
  'group_member',
  'contact_import',
  'contact_import_row',
  'campaign',
  'schedule_run',
  'audit',
  'inbound_answer',
  'answer_streak',
]);

/** Statements that may read a growing table whole, each with its reason. */
const allowed: readonly { readonly starts: string; readonly why: string }[] = [
  {
    starts: 'SELECT a.id, a.balance, COALESCE((SELECT SUM(change) FROM ledger',
    why: 'the check of the books, asked for by a person; one account at a time over its index',
  },
];

/** Lines of a plan that walk through a growing table, or through a whole index of it. Partial indexes stay small. */
function slowSteps(db: Database.Database, sql: string): string[] {
  const partial = new Set(
    db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'")
      .all()
      .map((row) => row.name),
  );
  const tableOf = new Map(
    [...sql.matchAll(/\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?/giu)].map(
      ([, table = '', alias = '']) => [alias, table],
    ),
  );
  return planOf(db, sql).filter((detail) => {
    const [, name = ''] = /^SCAN (\w+)/u.exec(detail) ?? [];
    const [, index = ''] = /USING (?:COVERING )?INDEX (\w+)/u.exec(detail) ?? [];
    return name !== '' && growing.has(tableOf.get(name) ?? name) && !partial.has(index);
  });
}

function planOf(db: Database.Database, sql: string): string[] {
  return db
    .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/[?]|@\w+/gu, 'NULL')}`)
    .all()
    .map((row) => row.detail);
}

const planned = /^\s*(?:SELECT|UPDATE|DELETE|INSERT)\b/iu;
const plain = (sql: string) => sql.replaceAll(/\s+/gu, ' ').trim();

/** Every statement that the stores prepare while `run` goes on. */
async function collect(run: () => Promise<void>): Promise<string[]> {
  const spy = vi.spyOn(Database.prototype, 'prepare');
  onTestFinished(() => spy.mockRestore());
  await run();
  const seen = new Set(spy.mock.calls.map(([sql]) => plain(sql)));
  spy.mockRestore();
  return [...seen].filter((sql) => planned.test(sql));
}

async function everyStatement(): Promise<string[]> {
  return await collect(async () => {
    const box = await openBox();
    await messagesLive(box);
    await tenancyLives(box);
    await routesLive(box);
    await codesLive(box);
    await creditsLive(box);
    await addressBookLive(box);
    await campaignsLive(box);
    await auditLive(box);
    await backupsLive(box);
    await twoWayLive(box);
    await askEverything(box);
    await webhooksLive(box);
    eventsLive(testFolder());
  });
}

/** Statements that stand whole in the sources of the store. */
function writtenStatements(): string[] {
  const folder = join(import.meta.dirname, '../../server/store');
  const text = globSync('*.ts', { cwd: folder })
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const literals = [...text.matchAll(/(['"`])((?:SELECT|UPDATE|DELETE|INSERT) (?:(?!\1)[\s\S])*)\1/gu)];
  return literals.map(([, , sql = '']) => plain(sql)).filter((sql) => !sql.includes('${'));
}

describe('query plans', () => {
  test('no statement of the store reads a growing table from end to end', async () => {
    const statements = await everyStatement();
    expect(statements.length).toBeGreaterThan(80);
    const { db } = openDatabase(testFolder());
    const slow = statements.flatMap((sql) => slowSteps(db, sql).map((detail) => ({ sql, detail })));
    const excused = (sql: string) => allowed.some(({ starts }) => sql.startsWith(starts));
    expect(slow.filter(({ sql }) => !excused(sql))).toEqual([]);
    for (const { starts, why } of allowed)
      expect(
        statements.some((sql) => sql.startsWith(starts)),
        why,
      ).toBe(true);
  });

  test('lists come in the order of their index, without sorting; only the few open messages are sorted', async () => {
    const statements = await everyStatement();
    const { db, close } = openDatabase(testFolder());
    onTestFinished(close);
    const lists = statements.filter((sql) => /ORDER BY \S+ DESC(?:, id DESC)?(?: LIMIT \S+)?$/u.test(sql));
    expect(lists.length).toBeGreaterThan(10);
    const sorting = lists.filter((sql) => planOf(db, sql).some((detail) => detail.includes('TEMP B-TREE')));
    expect(sorting).toEqual([expect.stringContaining('INDEXED BY message_open')]);
  });

  test('every statement that stands in the sources was looked at', async () => {
    const statements = new Set(await everyStatement());
    const written = writtenStatements();
    expect(written.length).toBeGreaterThan(60);
    // Beginnings of statements are completed where they are used; then the whole was looked at.
    const unseen = written.filter((sql) => ![...statements].some((seen) => seen.startsWith(sql)));
    expect(unseen).toEqual([]);
  });

  test.each([
    ['SELECT * FROM recipient WHERE msisdn = ?', 'recipient'],
    ['SELECT r.id FROM message m JOIN recipient r ON r.message_id = m.id WHERE m.id = ?', 'r'],
    ["UPDATE submission SET state = 'x' WHERE reference = ?", 'submission'],
    ['SELECT COUNT(*) FROM ledger', 'ledger'],
    ['DELETE FROM event WHERE created_at < ?', 'event'],
  ])('the look would notice: %s', (sql, name) => {
    const { db, close } = openDatabase(testFolder());
    onTestFinished(close);
    expect(slowSteps(db, sql)).toEqual([expect.stringMatching(new RegExp(`^SCAN ${name}\\b`, 'u'))]);
  });
});
