import { expect } from 'vitest';
import { phone } from '../fakes/box.ts';
import { retry, type StoreBox } from '../fakes/store-box.ts';

export async function addressBookLive(box: StoreBox): Promise<void> {
  const { contacts, groups, contactReader, imports, templates } = box.stores.addressBook;
  const now = box.clock.now();
  const vip = await groups.create(1, 'VIP', now);
  await groups.rename(vip.id, 'Best');
  groups.list(1);
  const draft = { name: 'Ann Lee', fields: {}, note: '' };
  const ann = await contacts.add(1, { ...draft, msisdn: phone(1) }, [vip.id], now);
  await contacts.change(ann.id, { name: 'Ben', groups: [] }, now);
  await groups.changeMembers(vip.id, { add: [ann.id], remove: [] });
  contacts.byNumber(1, phone(1));
  for (const search of [null, { by: 'number', prefix: '66' } as const, { by: 'name', words: ['b'] } as const])
    for (const groupId of [null, vip.id]) contactReader.page({ accountId: 1, groupId, search }, null, 10);
  const id = await imports.begin({
    accountId: 1,
    fileName: 'f',
    kind: 'csv',
    purpose: 'contacts',
    csv: { encoding: 'utf-8', delimiter: ',' },
    by: 'ann',
    at: now,
  });
  const row = { line: 1, cells: '[]', msisdn: phone(2), problem: null, same_as: null };
  await imports.addRows(id, [row]);
  await imports.judge(id, [row]);
  await imports.ready(
    id,
    { columns: '[]', groups: [vip.id], existing: 'update', hasHeader: true },
    { rows: 1, problems: 0, kinds: {} },
  );
  await imports.move(id, ['ready'], 'running', now);
  imports.running();
  await imports.takeSlice(id, 10, () => ({ ...draft, msisdn: phone(2) }), now);
  for (const which of ['all', 'problems', 'duplicate'] as const) imports.rows(id, 0, 10, which);
  imports.list(1, 9, 10);
  imports.old(now + 1);
  imports.unfinished();
  await imports.remove(id);
  await contacts.remove(1, [ann.id]);
  await groups.remove(vip.id);
  const template = await templates.create(1, { name: 't', text: 'x', purposes: ['marketing'] }, now);
  await templates.change(template.id, { text: 'y' }, now);
  templates.list(1);
  await templates.remove(template.id);
}

/** @param user one who is there already. */
export async function peopleLive(box: StoreBox, user: number): Promise<void> {
  const { people, sessions, secondFactors } = box.stores;
  const now = box.clock.now();
  const ben = { id: await people.create('ben', 'p', 'admin', now) };
  box.stores.hours.since(now);
  await box.stores.queueHours.raise(now, { queued: 1, oldestMs: 1 });
  box.stores.queueHours.since(now);
  people.list(now);
  people.firstAdmin();
  people.byId(user);
  await people.setLanguage(user, 'th');
  await people.clearTries(user);
  await people.change('ann', { role: 'viewer' });
  const from = { address: null, agent: null };
  const session = { userId: ben.id, now, expiresAt: now + 10, ...from };
  await sessions.open({ ...session, tokenHash: 't' });
  await sessions.open({ ...session, tokenHash: 'u', instead: 't' });
  const terms = { now, usedSince: now };
  sessions.byToken('u', terms);
  const [open] = sessions.ofUser(ben.id, terms);
  await sessions.touch('u', now + 1);
  await sessions.renew(ben.id, 'q', { from: 'u', to: 'v' });
  await sessions.closeAll(ben.id, 'v');
  await sessions.closeOne(ben.id, open?.id ?? 0);
  await sessions.close('v');
  await sessions.closeAll(ben.id);
  await secondFactors.enrol(user, 's', now);
  const factor = secondFactors.of(user);
  if (factor === undefined) throw new Error('no second factor');
  await secondFactors.confirm(factor, { step: 1, now, recoveryHashes: ['a'] });
  await secondFactors.useStep(user, 2);
  await secondFactors.useRecoveryCode(user, 'a');
  await secondFactors.replaceRecoveryCodes(user, ['b']);
  secondFactors.recoveryCodesLeft(user);
  await secondFactors.remove(user);
  await people.remove('ann');
}

export async function campaignsLive(box: StoreBox): Promise<void> {
  const { campaigns, schedules, claims } = box.stores;
  const now = box.clock.now();
  const common = {
    accountId: 1,
    name: 'n',
    origin: 'SEPSMS',
    priority: 'normal',
    missing: 'skip',
    audience: '{}',
    by: 'ann',
  } as const;
  const draft = { ...common, text: 'x', scheduledAt: null };
  const campaign = await campaigns.create(draft, now);
  const step = { to: { source: null, after: 0 }, recipients: 1, skipped: 0 };
  await box.accept({ alongside: ({ id }) => campaigns.noteStep(campaign, { ...step, messageId: id }) });
  await box.settle(await box.claim(99), retry({ afterMs: 0 }));
  for (const accountId of [1, null])
    for (const state of ['sending', null] as const) campaigns.list({ accountId, state, before: 9 }, 10);
  for (const jobs of [campaigns.preparing(), campaigns.sending(), campaigns.cancelling()])
    expect(jobs.length).toBeLessThan(2);
  campaigns.counts(campaign.id);
  campaigns.messages(campaign.id, 0, 10);
  await campaigns.pause(campaign.id, now);
  await box.claim(9);
  claims.hasWork(now);
  await campaigns.resume(campaign.id, now);
  await campaigns.finish((await campaigns.create(draft, now)).id, now);
  await campaigns.cancel(campaign.id);
  await campaigns.cancelled(campaign.id, now);
  const repeated = { ...common, text: 'x', templateId: null, cron: '0 9 * * *', timeZone: 'UTC' };
  const schedule = await schedules.create(repeated, now, now);
  for (const accountId of [1, null]) schedules.list(accountId);
  schedules.runsBetween(schedule.id, 0, now, 10);
  schedules.due(now);
  await schedules.change(schedule.id, repeated, now);
  const ending = { slot: now, outcome: 'sent', note: null, campaign: draft, at: now } as const;
  await schedules.serve(schedule, ending, now + 1);
  await schedules.runNow(schedule.id, { ...ending, slot: now + 5 });
  await schedules.move(schedule.id, ['active'], 'paused', null);
}
