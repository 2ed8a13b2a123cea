import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { goWithin } from './every-page.ts';
import { AdminSession } from './furnish.ts';
import { sendMessage, signIn, UiBench } from './ui-bench.ts';

let bench: UiBench;
let box: RunningServer;
let page: Page;
let other: AdminSession;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  other = await AdminSession.open(box);
  await sendMessage(box, 'Before all this', ['0812345678']);
  page = await bench.page(box.address.url);
  await signIn(page, box);
}, 120_000);
afterAll(() => bench.close(), 60_000);

const row = (text: string) => page.getByRole('row').filter({ hasText: text });
const panel = () => page.getByRole('complementary').last();

interface Change {
  /** Where the first administrator is. */
  readonly at: string;
  readonly what: string;
  /** What the second one does meanwhile. */
  readonly act: () => Promise<unknown>;
  /** What the first one then sees. */
  readonly seen: () => Locator;
}

const changes: readonly Change[] = [
  {
    at: 'carriers',
    what: 'a carrier is paused',
    act: () => other.call('POST', '/carriers/1/pause', {}),
    seen: () => row('Simulated modem').getByText('Paused'),
  },
  {
    at: 'carriers/1',
    what: 'and goes on',
    act: () => other.call('POST', '/carriers/1/resume', {}),
    seen: () => panel().getByRole('button', { name: 'Pause', exact: true }),
  },
  {
    at: 'messages',
    what: 'a message is sent',
    act: () => sendMessage(box, 'In the meantime', ['0812345678']),
    seen: () => row('In the meantime').getByText('Delivered'),
  },
  {
    at: 'keys',
    what: 'a key is made',
    act: () => other.call('POST', '/keys', { name: 'Second till' }),
    seen: () => row('Second till'),
  },
  {
    at: 'senders',
    what: 'a sender name is asked for',
    act: () => other.call('POST', '/senders/request', { name: 'NEWSHOP' }),
    seen: () => row('NEWSHOP'),
  },
  {
    at: 'blocklist',
    what: 'a number is blocked',
    act: () => other.call('POST', '/blocklist', { numbers: ['0833333333'] }),
    seen: () => row('+66 83 333 3333'),
  },
  {
    at: 'links',
    what: 'a host is registered',
    act: () => other.call('POST', '/links', { hosts: ['second.example.com'] }),
    seen: () => row('second.example.com'),
  },
  {
    at: 'webhooks',
    what: 'an endpoint is added',
    act: () => other.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/second', events: 'all', allowHost: true }),
    seen: () => row('/second'),
  },
  {
    at: 'credits/orders',
    what: 'credits are ordered',
    act: () => other.call('POST', '/orders', { credits: 700, note: 'For the season' }),
    seen: () => row('For the season'),
  },
  {
    at: 'credits?account=Main',
    what: 'an order is completed',
    act: () => other.call('POST', '/orders/1/complete', {}),
    seen: () => row('Order 1').getByText('+700'),
  },
  {
    at: 'accounts',
    what: 'an account is made',
    act: () => other.call('POST', '/accounts', { name: 'Second floor' }),
    seen: () => row('Second floor'),
  },
  {
    at: 'contacts',
    what: 'a contact is added',
    act: () => other.call('POST', '/contacts', { msisdn: '0844444444', name: 'Second customer' }),
    seen: () => row('Second customer'),
  },
  {
    at: 'contacts/groups',
    what: 'a group is made',
    act: () => other.call('POST', '/groups', { name: 'Second group' }),
    seen: () => row('Second group'),
  },
  {
    at: 'templates',
    what: 'a template is kept',
    act: () => other.call('POST', '/templates', { name: 'Second text', text: 'Hello' }),
    seen: () => row('Second text'),
  },
  {
    at: 'campaigns',
    what: 'a campaign is begun',
    act: () => other.call('POST', '/campaigns', { name: 'Second offer', text: 'Hello', numbers: ['0855555555'] }),
    seen: () => row('Second offer'),
  },
  {
    at: 'schedules',
    what: 'a schedule is made',
    act: () =>
      other.call('POST', '/schedules', {
        name: 'Second day',
        text: 'Hello',
        cron: '0 9 * * 5',
        numbers: ['0855555555'],
      }),
    seen: () => row('Second day'),
  },
  {
    at: 'routes',
    what: 'a route is made',
    act: () => other.call('POST', '/routes', { name: 'Second way', carriers: [{ carrierId: 1 }] }),
    seen: () => page.getByText('Second way'),
  },
  {
    at: 'inbox/rules',
    what: 'a rule for keywords is made',
    act: () => other.call('POST', '/keywords', { name: 'Second rule', keywords: ['hello'], reply: 'Hello' }),
    seen: () => page.getByText('Second rule'),
  },
  {
    at: 'audit',
    what: 'what somebody did is written down',
    act: () => other.call('POST', '/blocklist/remove', { numbers: ['0833333333'] }),
    seen: () => row('Unblocked numbers'),
  },
  {
    at: 'users',
    what: 'a user is made',
    act: () => other.call('POST', '/users', { name: 'somsak', password: 'only looks at things', role: 'viewer' }),
    seen: () => row('somsak'),
  },
  {
    at: 'users/somsak',
    what: 'and is given another role',
    act: () => other.call('PATCH', '/users/somsak', { role: 'operator' }),
    seen: () => row('somsak').getByText('Operator'),
  },
];

describe('what a second administrator does is seen by the first, on the page that is open', { timeout: 60_000 }, () => {
  it.each(changes)('$at: $what', async ({ at, act, seen }) => {
    await goWithin(page, at);
    expect(await seen().count()).toBe(0);
    await act();
    await seen().first().waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('settings/sending: a setting is changed', async () => {
    await goWithin(page, 'settings/sending');
    const field = page.getByLabel('Most parts');
    expect(await field.inputValue()).toBe('10');
    await other.call('PUT', '/settings/message.maxSegments', { value: 7 });
    await page.getByRole('button', { name: 'use that' }).waitFor();
    expect(await field.inputValue()).toBe('7');
  });

  it('accounts/Main: what is being typed stays, and the rest follows', async () => {
    await goWithin(page, 'accounts/Main');
    await page.getByLabel('Warn below').fill('50');
    await other.call('PATCH', '/accounts/Main', { metered: false });
    await expect.poll(() => page.getByLabel('Count credits').isChecked()).toBe(false);
    expect(await page.getByLabel('Warn below').inputValue()).toBe('50');
  });
});
