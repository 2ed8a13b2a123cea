import { join } from 'node:path';
import { expect } from 'vitest';
import { drStatuses } from '../../server/domain/message-state.ts';
import { createTxIdCodec } from '../../server/domain/tx-id.ts';
import { EndpointBook } from '../../server/services/webhooks/endpoint-book.ts';
import { WebhookEvents } from '../../server/services/webhooks/webhook-events.ts';
import { checkAudit } from '../../server/store/check.ts';
import { keptOnly } from '../../server/store/inbound-effects.ts';
import { insertEvent } from '../../server/store/webhook-store.ts';
import { openDatabase } from '../../server/store/database.ts';
import { phone, quiet } from '../fakes/box.ts';
import { peopleLive } from './people-lives.ts';
import { accepted, rejected, retry, uncertain, type StoreBox } from '../fakes/store-box.ts';

/** Lives of a box in which its stores use every statement that they have. */

export async function messagesLive(box: StoreBox): Promise<void> {
  const { stores, clock } = box;
  const many = Array.from({ length: 2_100 }, (_, n) => phone(n));
  await box.accept({ to: many, lane: 'bulk', expiresAt: clock.now() + 1_000 });
  const { id } = await box.accept({ to: many.slice(0, 6), scheduledAt: clock.now() + 500 });
  await clock.advance(1_000);
  stores.claims.hasWork(clock.now());
  await stores.sweeps.releaseDue(clock.now(), 0);
  await box.accept({ scheduledAt: clock.now() - 1 });
  await stores.sweeps.releaseDue(clock.now(), clock.now());
  const [a, b, c, d, e] = (await box.claim(5)).map((claim) => [claim]);
  await box.settle(a ?? [], accepted('1'));
  await box.settle(b ?? [], rejected);
  await box.settle(c ?? [], retry({ afterMs: 0 }));
  await box.settle(d ?? [], uncertain);
  stores.reportAsks.due(1, clock.now(), 10);
  await stores.reportAsks.later([{ id: 1, at: clock.now() }]);
  await box.report('1', phone(0));
  await box.report('9', phone(77));
  await box.settle(e ?? [], accepted('2'));
  await box.claim(1);
  const [open] = stores.claims.leftovers();
  if (open !== undefined) stores.claims.leftBy(open);
  const message = stores.messages.byId(id);
  if (message === undefined) throw new Error('the message is gone');
  stores.messages.byUuid(message.uuid, 1);
  for (const status of [undefined, ...drStatuses]) stores.messages.recipients(message, null, 10, status);
  const recipient = stores.messages.recipient(message, message.first_recipient_id + 3);
  stores.messages.submissions(recipient.id);
  stores.messages.deliveries(recipient.id);
  stores.messages.queueState();
  stores.messages.queueByLane();
  await stores.sweeps.resendUnknown(message, recipient, 60_000, clock.now());
  const [doubtful] = await box.claim(1);
  if (doubtful === undefined) throw new Error('nothing is left to claim');
  await box.settle([doubtful], uncertain);
  const its = stores.messages.byId(doubtful.messageId) ?? message;
  await stores.sweeps.markUnknownSent(its, stores.messages.recipient(its, doubtful.recipientId), clock.now());
  await stores.cancels.cancel((await box.accept({ to: many.slice(0, 2) })).id, clock.now());
  await stores.cancels.finishAll(clock.now());
  await stores.sweeps.expireOverdue(clock.now());
  await stores.sweeps.giveUpReports(clock.now(), clock.now());
  await stores.sweeps.dropOrphans(clock.now());
  await stores.writer.sweepStaging();
  await box.accept({ once: { windowMs: 60_000, at: clock.now() } });
  stores.recentTexts.forget(1, 2);
  await stores.recentTexts.sweep(clock.now());
}

export async function routesLive(box: StoreBox): Promise<void> {
  const { routes, carriers, quotas } = box.stores;
  const now = box.clock.now();
  const { id: carrierId } = await carriers.add('Routed', 'modem', '{}', now);
  await carriers.setPaused(carrierId, now);
  await carriers.rename(carrierId, 'Routed');
  const draft = {
    name: 'All',
    enabled: true,
    accountId: null,
    origin: null,
    purpose: null,
    hasLink: null,
    prefixes: ['6689'],
    hours: '',
    mode: 'order',
    carriers: [{ carrierId, weight: 1 }],
  } as const;
  const { id } = await routes.add(draft, now);
  await routes.replace(id, { ...draft, name: 'Everything' });
  await routes.order([id]);
  await box.accept({ to: [phone(1), phone(2)] });
  await box.stores.claims.claim({
    carrierId,
    room: 1,
    splitting: 'parts',
    now,
    routes: { share: () => 'by-number', isMine: () => false, prefixOf: () => 'none', taken: () => undefined },
  });
  const usage = { subject: 'sim', starts: { minute: now, hour: now, day: now, month: now } };
  quotas.used(usage);
  await box.stores.settles.settle(
    (await box.claim(1)).map((claim) => ({ claim, outcome: accepted('1'), at: now, jitter: 0 })),
    box.policy,
    true,
    usage,
  );
  await routes.remove(id);
}

export async function codesLive(box: StoreBox): Promise<void> {
  const { otps } = box.stores;
  const now = box.clock.now();
  const code = { accountId: 1, msisdn: phone(1), codeHash: 'h', createdAt: now, expiresAt: now + 1 };
  await box.accept({
    kind: 'otp',
    lane: 'otp',
    alongside: ({ id }) => otps.add({ ...code, messageId: id, reference: 'A3K9X2', sealedText: box.keys.seal('x') }),
  });
  otps.isTaken('A3K9X2');
  otps.toNumber(phone(1), 0);
  otps.toPrefix(phone(1), 0);
  const attempt = await otps.countAttempt('A3K9X2', 1, 5, now);
  if (attempt.kind !== 'counted') throw new Error('the code is not there');
  await otps.settleAttempt(attempt.otp, false, 5, now);
  await otps.settleAttempt(attempt.otp, true, 5, now);
  await box.settle(await box.claim(), accepted('77'));
  await otps.forgetBefore(now + 2);
}

export async function tenancyLives(box: StoreBox): Promise<void> {
  const { accounts, keys, people, carriers, settings, inbound } = box.stores;
  const now = box.clock.now();
  await accounts.create('Sales', now);
  accounts.list();
  const sepsms = { accountId: 1, name: 'SEPSMS' };
  await accounts.senders.request(sepsms, ['otp'], now);
  await accounts.senders.reject(sepsms, 'why');
  await accounts.senders.approve(sepsms, null, now);
  accounts.anySender(1);
  accounts.isApprovedSender(1, 'SEPSMS');
  await accounts.blocked.add(1, [phone(1)], 'manual', now);
  accounts.blocked.page(1, '', 10);
  accounts.blocked.optOut(phone(2), now);
  accounts.blocked.optIn(phone(2));
  accounts.blocklist(1)(phone(1));
  await accounts.blocked.remove(1, [phone(1)]);
  await box.stores.links.add(1, ['example.com'], now);
  box.stores.links.hosts(1);
  await box.stores.links.remove(1, ['example.com']);
  accounts.ledgerMismatches();
  await accounts.change(1, { lowCreditThreshold: 5 });
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
  await people.forgiveTry(user, now + 1);
  await people.setPassword('ann', 'q');
  await peopleLive(box, user);
  const carrier = await carriers.add('Modem', 'modem', '{}', now);
  carriers.list();
  carriers.names();
  await carriers.setEnabled(carrier.id, false);
  await carriers.patchConfig(carrier.id, { pinRefused: ['1'] });
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

export async function creditsLive(box: StoreBox): Promise<void> {
  const { credits } = box.stores;
  const at = box.clock.now();
  const order = { accountId: 1, credits: 5, state: 'requested' as const, note: null, by: 'ann', at };
  const decision = { by: 'ada', reason: null, at };
  await credits.complete((await credits.addOrder(order)).id, decision);
  await credits.endWithout((await credits.addOrder(order)).id, 'rejected', decision);
  credits.orders({}, 9, 10);
  credits.orders({ accountId: 1 }, 9, 10);
  credits.orders({ state: 'requested' }, 9, 10);
  credits.orders({ accountId: 1, state: 'requested' }, 9, 10);
  credits.ledger(1, 9, 10);
}

export async function webhooksLive(box: StoreBox): Promise<void> {
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
export function eventsLive(dir: string): void {
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

export async function auditLive(box: StoreBox): Promise<void> {
  const { audit, audited } = box.stores;
  const call = { at: 1, who: 'ada', role: null, address: '', operation: 'o', target: '', detail: '' };
  await audit.end(await audit.begin(call), 'done');
  await audit.begin(call);
  await audit.endLeft();
  await audit.note(call, 'auth.forbidden');
  await audit.verify();
  audit.hashOf(1);
  audited.one(1);
  for (const filter of [{}, { who: 'ada' }, { operation: 'o' }]) audited.page(filter, null, 10);
  await checkAudit(join(box.dir, 'box.db'));
}

export async function twoWayLive(box: StoreBox): Promise<void> {
  const { keywords, answers, inbound, received } = box.stores;
  const now = box.clock.now();
  const actions = { accountId: null, reply: 'r', replyOrigin: null, forwardTo: null, endpointId: null };
  const fits = { match: 'any' as const, keywords: [], carrierIds: [], answersAccountId: null, hours: '' };
  const rule = await keywords.add({ name: 'k', enabled: true, ...fits, ...actions }, now);
  await keywords.replace(rule.id, { ...rule, name: 'l' });
  await keywords.order([rule.id]);
  await keywords.remove(rule.id);
  const part = { from: phone(1), to: null, text: 'x', sentAt: now, concat: null, raw: null };
  const numbers = { international: false, isOwn: () => false };
  const decision = { ...keptOnly(1), reply: { text: 'r', origin: null }, forwardTo: phone(2) };
  const decide = () => ({ ...decision, terms: { numbers, limits: { most: 9, windowMs: 9 } } });
  const handling = { decide, failed: () => {} };
  await inbound.receive({ part, fingerprint: 'tw', uuid: 'tw', accountId: 1, carrierId: 1, at: now, handling });
  const [first, second] = answers.due(now, 9);
  await answers.postpone(first?.id ?? 0, now);
  await answers.refuse(first?.id ?? 0, 'why');
  await box.accept({ alongside: () => answers.sent(second?.id ?? 0, 'm') });
  answers.of(1);
  await answers.sweep(now);
  await inbound.markRead(['tw'], now);
  await inbound.markRead(['tw'], null);
  await inbound.markAllRead(null, now, now);
  received.unread(9);
  received.whole('tw');
  for (const filter of [{}, { sender: phone(1) }, { unread: true }]) received.page(filter, null, 10);
}
