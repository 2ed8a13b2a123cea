import { afterAll, beforeAll, expect, test } from 'vitest';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

let box: HttpBox;
const clock = new ManualClock();
beforeAll(async () => {
  box = await runBox({ clock });
});
afterAll(() => box.close());

const account = 'Branch';
const nothing = { accepted: 0, sent: 0, delivered: 0, failed: 0, credits: 0 };
const view = async (name = account) => (await box.admin('GET', `/accounts/${encodeURIComponent(name)}`)).body;

test('an account is shown with what belongs to it, and nothing of another', async () => {
  await box.send();
  await box.admin('POST', '/accounts', { name: account });
  const empty = {
    name: account,
    balance: 0,
    createdAt: new Date(clock.now()).toISOString(),
    contacts: 0,
    groups: 0,
    templates: 0,
    keys: 0,
    keyLastUsedAt: null,
    senders: { approved: 0, requested: 0, rejected: 0 },
    webhooks: { active: 0, inactive: 0 },
    openOrders: 0,
    openCampaigns: 0,
    activeSchedules: 0,
    today: nothing,
    last30Days: nothing,
  };
  expect(await view()).toMatchObject(empty);
  await box.admin('POST', '/credits', { account, amount: 100 });
  await box.admin('POST', '/senders', { account, name: 'BRANCH' });
  await box.admin('POST', '/senders/request', { account, name: 'OTHER' });
  await box.newKey({ account });
  await box.admin('DELETE', '/keys/2');
  await box.newKey({ account });
  await box.admin('POST', '/orders', { account, credits: 10 });
  await box.admin('POST', '/contacts', { account, msisdn: phone(1) });
  await box.admin('POST', '/groups', { account, name: 'VIP' });
  await box.admin('POST', '/templates', { account, name: 'T', text: 'x' });
  const what = { account, name: 'N', text: 'Hello', numbers: [phone(1), phone(2)] };
  await box.admin('POST', '/campaigns', what);
  await box.admin('POST', '/schedules', { ...what, cron: '0 9 * * *' });
  await box.admin('POST', '/webhooks', { account, url: 'http://127.0.0.1:9/x', events: ['sms.sent'], allowHost: true });
  for (let looks = 0; looks < 1_000; looks += 1)
    if ((await box.admin('GET', '/campaigns/1')).body['prepared'] === true) break;
  expect(await view()).toMatchObject({
    balance: 98,
    contacts: 1,
    groups: 1,
    templates: 1,
    keys: 1,
    senders: { approved: 1, requested: 1, rejected: 0 },
    webhooks: { active: 1, inactive: 0 },
    openOrders: 1,
    openCampaigns: 1,
    activeSchedules: 1,
    today: { ...nothing, accepted: 2, credits: 2 },
    last30Days: { ...nothing, accepted: 2, credits: 2 },
  });
  expect(await view('Main')).toMatchObject({ contacts: 0, keys: 1, today: { accepted: 1 } });
  expect((await box.admin('GET', '/accounts/Nobody')).error['code']).toBe('account.not_found');
});
