import Database from 'better-sqlite3';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { drStatuses } from '../../server/domain/message-state.ts';
import { createTxIdCodec } from '../../server/domain/tx-id.ts';
import { EndpointBook } from '../../server/services/webhooks/endpoint-book.ts';
import { WebhookEvents } from '../../server/services/webhooks/webhook-events.ts';
import { insertEvent } from '../../server/store/webhook-store.ts';
import { openDatabase } from '../../server/store/database.ts';
import { phone, quiet, testFolder } from '../fakes/box.ts';
import { accepted, openBox, rejected, retry, type StoreBox, uncertain } from '../fakes/store-box.ts';
import { askEverything } from './history-rig.ts';

/** Tables that grow with every message: reading one from end to end would take the longer the longer a box lives. */
const growing = new Set([
  'recipient',
  'submission',
  'message',
  'delivery',
  'delivery_attempt',
  'event',
  'ledger',
  'orphan_report',
  'inbound',
  'inbound_part',
  'recipient_number',
  'message_origin',
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

async function messagesLive(box: StoreBox): Promise<void> {
  const { stores, clock } = box;
  const many = Array.from({ length: 2_100 }, (_, n) => phone(n));
  await box.accept({ to: many, lane: 'bulk', expiresAt: clock.now() + 1_000 });
  const { id } = await box.accept({ to: many.slice(0, 6), scheduledAt: clock.now() + 500 });
  await clock.advance(1_000);
  stores.claims.hasWork(clock.now());
  await stores.sweeps.releaseDue(clock.now());
  const [a, b, c, d, e] = (await box.claim(5)).map((claim) => [claim]);
  await box.settle(a ?? [], accepted('1'));
  await box.settle(b ?? [], rejected);
  await box.settle(c ?? [], retry({ afterMs: 0 }));
  await box.settle(d ?? [], uncertain);
  await box.report('1', phone(0));
  await box.report('9', phone(77));
  await box.settle(e ?? [], accepted('2'));
  await box.claim(1);
  const [open] = stores.claims.leftovers();
  if (open !== undefined) stores.claims.claimOf(open);
  const message = stores.messages.byId(id);
  if (message === undefined) throw new Error('the message is gone');
  stores.messages.byUuid(message.uuid, 1);
  for (const status of [undefined, ...drStatuses]) stores.messages.recipients(message, null, 10, status);
  const recipient = stores.messages.recipient(message, message.first_recipient_id + 3);
  stores.messages.submissions(recipient.id);
  stores.messages.deliveries(recipient.id);
  stores.messages.queueState();
  await stores.sweeps.resendUnknown(message, recipient, 60_000, clock.now());
  await stores.cancels.cancel((await box.accept({ to: many.slice(0, 2) })).id, clock.now());
  await stores.cancels.finishAll(clock.now());
  await stores.sweeps.expireOverdue(clock.now());
  await stores.sweeps.giveUpReports(clock.now(), clock.now());
  await stores.sweeps.dropOrphans(clock.now());
  await stores.writer.sweepStaging();
}

async function tenancyLives(box: StoreBox): Promise<void> {
  const { accounts, keys, people, carriers, settings, inbound } = box.stores;
  const now = box.clock.now();
  await accounts.create('Sales', now);
  accounts.list();
  await accounts.approveSender(1, 'SEPSMS', now);
  accounts.anySender(1);
  accounts.isApprovedSender(1, 'SEPSMS');
  await accounts.block(1, phone(1), 'stop', now);
  accounts.blocklist(1)(phone(1));
  accounts.ledgerMismatches();
  const times = { createdAt: now, expiresAt: null };
  const key = await keys.create({
    accountId: 1,
    name: 'k',
    hash: 'h',
    display: 'd',
    scopes: [],
    ips: [],
    rpm: null,
    ...times,
  });
  keys.byHash('h');
  keys.list();
  await keys.noteUse([{ id: key.id, at: now, ip: '::1' }]);
  await keys.revoke(key.id, now);
  const user = await people.create('ann', 'p', 'admin', now);
  await people.noteTry(user, 8, now, now + 1);
  await people.openSession('t', user, now, now + 1);
  people.bySession('t', now);
  await people.closeSession('t');
  await people.setPassword('ann', 'q');
  const carrier = await carriers.add('Modem', 'modem', '{}', now);
  carriers.list();
  await carriers.setEnabled(carrier.id, false);
  await carriers.setConfig(carrier.id, '{}');
  await carriers.remove(carrier.id, now);
  settings.all();
  await settings.set('a', '1');
  const concat = { reference: 1, part: 1, partCount: 2 };
  const part = { from: phone(1), to: null, text: 'x', sentAt: now, raw: null };
  const common = { uuid: 'u', accountId: 1, carrierId: 1, at: now };
  await inbound.receive({ ...common, part: { ...part, concat: null }, fingerprint: 'f' });
  await inbound.receive({ ...common, part: { ...part, concat }, fingerprint: 'g' });
  await inbound.releaseIncomplete(now + 3 * 86_400_000, () => 'v', 1);
}

async function webhooksLive(box: StoreBox): Promise<void> {
  const { webhooks } = box.stores;
  const now = box.clock.now();
  const endpoint = {
    account_id: 1,
    url: 'https://example.test/',
    events: '["sms.sent"]',
    secret: 's',
    old_secret: null,
    old_secret_until: null,
    state: 'active' as const,
    reason: null,
    failing_since: null,
    created_at: now,
  };
  const { id } = await webhooks.addEndpoint(endpoint);
  await webhooks.endpoints();
  await webhooks.setEndpointState(id, 'paused', ['active']);
  await webhooks.rotateSecret(id, 'n', now);
  await webhooks.due(id, now, 10, new Set());
  const outcome = { deliveryId: 1, endpointId: id, at: now, status: 200, error: null, durationMs: 1, answer: null };
  await webhooks.settle(
    [
      { ...outcome, state: 'pending', retryAt: now },
      { ...outcome, state: 'delivered', retryAt: now },
    ],
    [{ endpointId: id, failingSince: now, disable: 'why' }],
  );
  await webhooks.deliveries(id, 99, 10);
  await webhooks.attempts(1);
  await webhooks.scan(id, 0, 10);
  await webhooks.lastDeliveryId(id);
  await webhooks.replay(id, [1], now);
  await webhooks.removeEndpoint(id, now);
  await webhooks.failOrphans(10, now);
}

/** Events of a box where somebody listens: written by the product's own hand. */
function eventsLive(dir: string): void {
  const { db, close } = openDatabase(dir);
  const book = new EndpointBook({ seal: (text) => text, unseal: (text) => text }, quiet);
  expect(new WebhookEvents(book).wanted(1, 'sms.sent')).toBe(false);
  insertEvent(db, {
    accountId: 1,
    name: 'sms.sent',
    body: '{}',
    recipientId: createTxIdCodec(new Uint8Array(32)).decode('0') ?? 1,
    messageId: 1,
    at: 0,
    endpointIds: [1],
  });
  close();
}

async function everyStatement(): Promise<string[]> {
  return await collect(async () => {
    const box = await openBox();
    await messagesLive(box);
    await tenancyLives(box);
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
