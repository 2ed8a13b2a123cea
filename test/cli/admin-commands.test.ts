import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AdminOperation } from '../../server/contract/admin.ts';
import { FakeBox } from './fake-box.ts';
import { FakeWorld } from './fake-world.ts';

const at = '2026-01-15T03:04:05.000Z';
const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';
const key = {
  id: 7,
  account: 'Main',
  name: 'Shop',
  display: 'sk_sep_3f9a...d21c',
  scopes: ['sms:send', 'sms:read'],
  ips: ['10.0.0.0/8'],
  rpm: 60,
  createdAt: at,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: at,
  lastUsedIp: '10.1.2.3',
};
const carrier = { id: 3, name: 'Office', kind: 'modem', enabled: true, state: 'ready', reason: '', facts: { signal: 21 } };
const webhook = {
  id: 4,
  account: 'Main',
  url: 'http://10.0.0.5/sms',
  events: ['dr.success', 'dr.failed'],
  state: 'active',
  reason: null,
  createdAt: at,
};
const sender = { id: 2, account: 'Main', name: 'SEPSMS', state: 'approved' };
const account = { id: 1, name: 'Main', balance: 10_000, suspended: false };
const limit = { name: 'limits.sendPerMinute', value: 120, description: 'Messages a minute and key', restart: false };
const zone = { name: 'box.timeZone', value: 'Asia/Bangkok', description: 'Time zone', restart: true };
const sent = { uuid, refNo: 'SP260115000001', totalMsisdn: 2, totalCredit: 4, blockedCount: 0, status: 'pending' };
const message = {
  uuid,
  origin: 'SEPSMS',
  status: 'processing',
  totalMsisdn: 1200,
  drSummary: [
    { drStatus: 'success', count: 1100 },
    { drStatus: 'pending', count: 100 },
  ],
  refundedCount: 0,
  refNo: 'SP260115000001',
  clientRef: null,
  message: 'Hello',
  segments: 1,
  totalCredit: 1200,
  blockedCount: 0,
  scheduledTime: null,
  createdAt: at,
  completedAt: null,
  account: 'Main',
  waiting: 'every SIM has used its quota until 15:00',
};
const done = { ok: true };

interface Case {
  readonly args: readonly string[];
  readonly operation: AdminOperation;
  readonly answer: unknown;
  readonly path: string;
  readonly body?: unknown;
  /** What a person reads, in order. */
  readonly reads: readonly string[];
}

const cases: readonly Case[] = [
  {
    args: ['key', 'create', '--name', 'Shop', '--scopes', 'sms:send,sms:read', '--ips', '10.0.0.0/8', '::1', '--rpm', '60'],
    operation: 'keyCreate',
    answer: { ...key, key: 'sk_sep_secret' },
    path: '/keys',
    body: { name: 'Shop', scopes: ['sms:send', 'sms:read'], ips: ['10.0.0.0/8', '::1'], rpm: 60 },
    reads: ['Key:        sk_sep_secret\n', 'Account:    Main\n', 'Copy the key now'],
  },
  {
    args: ['key', 'create', '--name', 'Till', '--account', 'Sales'],
    operation: 'keyCreate',
    answer: { ...key, key: 'sk_sep_secret', ips: [], rpm: null },
    path: '/keys',
    body: { name: 'Till', scopes: 'all', ips: [], rpm: null, account: 'Sales' },
    reads: ['Addresses:  any\n', 'Per minute: as the box allows\n'],
  },
  {
    args: ['key', 'list'],
    operation: 'keys',
    answer: { items: [key, { ...key, id: 12, name: 'Old', revokedAt: at, lastUsedAt: null }] },
    path: '/keys',
    reads: [
      'ID  NAME  ACCOUNT  KEY                 STATE    SCOPES             LAST USED\n',
      '7   Shop  Main     sk_sep_3f9a...d21c  active   sms:send,sms:read  2026-01-15 03:04:05 UTC\n',
      '12  Old   Main     sk_sep_3f9a...d21c  revoked  sms:send,sms:read  never\n',
    ],
  },
  { args: ['key', 'list'], operation: 'keys', answer: { items: [] }, path: '/keys', reads: ['no API key yet'] },
  { args: ['key', 'revoke', '7'], operation: 'keyRevoke', answer: done, path: '/keys/7', reads: ['API key 7 is revoked'] },
  {
    args: ['account', 'create', 'Sales'],
    operation: 'accountCreate',
    answer: { ...account, id: 5, name: 'Sales' },
    path: '/accounts',
    body: { name: 'Sales' },
    reads: ['Account "Sales" is created (number 5).\n'],
  },
  {
    args: ['account', 'list'],
    operation: 'accounts',
    answer: { items: [account] },
    path: '/accounts',
    reads: ['ID  NAME  CREDITS  STATE\n', '1   Main  10,000   active\n'],
  },
  {
    args: ['credit', 'add', '500', '--account', 'Main'],
    operation: 'creditAdd',
    answer: { account: 'Main', balance: 10_500 },
    path: '/credits',
    body: { amount: 500, account: 'Main' },
    reads: ['Account "Main" now has 10,500 credits.\n'],
  },
  {
    args: ['credit', 'add', '-9999'],
    operation: 'creditAdd',
    answer: { account: 'Main', balance: 1 },
    path: '/credits',
    body: { amount: -9999 },
    reads: ['now has 1 credit.\n'],
  },
  {
    args: ['sender', 'approve', 'SEPSMS'],
    operation: 'senderApprove',
    answer: sender,
    path: '/senders',
    body: { name: 'SEPSMS' },
    reads: ['Account "Main" may now send as "SEPSMS".\n'],
  },
  {
    args: ['sender', 'list'],
    operation: 'senders',
    answer: { items: [sender] },
    path: '/senders',
    reads: ['ID  NAME    ACCOUNT  STATE\n', '2   SEPSMS  Main     approved\n'],
  },
  {
    args: ['carrier', 'add', 'modem', '--path', '/dev/ttyUSB2', '--pin', '0123', '--name', 'Office', '--baud', '115200'],
    operation: 'carrierAdd',
    answer: { ...carrier, state: 'starting', reason: 'looking for the modem' },
    path: '/carriers',
    body: { kind: 'modem', name: 'Office', path: '/dev/ttyUSB2', pin: '0123', baudRate: 115_200 },
    reads: ['Carrier 3 "Office" (modem) is starting: looking for the modem.\n'],
  },
  {
    args: ['carrier', 'add', 'modem', '--usb', 'A1B2C3'],
    operation: 'carrierAdd',
    answer: carrier,
    path: '/carriers',
    body: { kind: 'modem', usbSerial: 'A1B2C3' },
    reads: ['Carrier 3 "Office" (modem) is ready.\n'],
  },
  {
    args: ['carrier', 'add', 'simulator'],
    operation: 'carrierAdd',
    answer: { ...carrier, kind: 'simulator' },
    path: '/carriers',
    body: { kind: 'simulator' },
    reads: ['(simulator) is ready'],
  },
  {
    args: ['carrier', 'list'],
    operation: 'carriers',
    answer: { items: [{ ...carrier, state: 'faulty', reason: 'no\u001B[2J signal\nat all' }] },
    path: '/carriers',
    reads: ['ID  NAME    KIND   STATE   REASON\n', '3   Office  modem  faulty  no [2J signal at all\n'],
  },
  { args: ['carrier', 'enable', '3'], operation: 'carrierEnable', answer: carrier, path: '/carriers/3/enable', reads: ['is ready'] },
  {
    args: ['carrier', 'disable', '3'],
    operation: 'carrierDisable',
    answer: { ...carrier, state: 'disabled' },
    path: '/carriers/3/disable',
    reads: ['is disabled'],
  },
  { args: ['carrier', 'remove', '3'], operation: 'carrierRemove', answer: done, path: '/carriers/3', reads: ['is removed'] },
  {
    args: ['webhook', 'add', '--url', 'http://10.0.0.5/sms', '--events', 'dr.success,dr.failed', '--allow-host'],
    operation: 'webhookAdd',
    answer: { ...webhook, secret: 'whsec_1' },
    path: '/webhooks',
    body: { url: 'http://10.0.0.5/sms', events: ['dr.success', 'dr.failed'], allowHost: true },
    reads: ['Secret:  whsec_1\n', 'Events:  dr.success, dr.failed\n', 'Copy the secret now'],
  },
  {
    args: ['webhook', 'add', '--url', 'https://shop.example/sms', '--events', 'all'],
    operation: 'webhookAdd',
    answer: { ...webhook, secret: 'whsec_1' },
    path: '/webhooks',
    body: { url: 'https://shop.example/sms', events: 'all', allowHost: false },
    reads: ['whsec_1'],
  },
  {
    args: ['webhook', 'list'],
    operation: 'webhooks',
    answer: { items: [{ ...webhook, state: 'disabled', reason: 'HTTP 500 for a day' }] },
    path: '/webhooks',
    reads: ['4   http://10.0.0.5/sms  Main     disabled (HTTP 500 for a day)  dr.success,dr.failed\n'],
  },
  { args: ['webhook', 'remove', '4'], operation: 'webhookRemove', answer: done, path: '/webhooks/4', reads: ['is removed'] },
  {
    args: ['user', 'create', 'nid', '--role', 'viewer', '--password', 'correct horse'],
    operation: 'userCreate',
    answer: { id: 2, name: 'nid', role: 'viewer' },
    path: '/users',
    body: { name: 'nid', role: 'viewer', password: 'correct horse' },
    reads: ['User "nid" may now sign in, as viewer.\n'],
  },
  {
    args: ['user', 'password', 'nid', '--password', 'battery staple'],
    operation: 'userPassword',
    answer: done,
    path: '/users/password',
    body: { name: 'nid', password: 'battery staple' },
    reads: ['The password of "nid" is changed.\n'],
  },
  {
    args: ['send', '--to', '66812345678,0899999999', '--text', '--json is text here', '--origin', 'SEPSMS', '--at', '2026-01-16T09:00'],
    operation: 'send',
    answer: { ...sent, blockedCount: 1, invalidCount: 1, invalid: ['12'] },
    path: '/messages',
    body: { to: ['66812345678', '0899999999'], text: '--json is text here', origin: 'SEPSMS', at: '2026-01-16T09:00' },
    reads: [`Message ${uuid} (SP260115000001) is pending: 2 numbers, 4 credits.\n`, '1 number blocked', 'Not a mobile number: 12\n'],
  },
  {
    args: ['status', uuid],
    operation: 'message',
    answer: message,
    path: `/messages/${uuid}`,
    reads: ['State:      processing\n', 'until 15:00\n', '1,200 numbers: success 1,100, pending 100\n', 'Completed:  not yet\n'],
  },
  {
    args: ['setting', 'get'],
    operation: 'settings',
    answer: { items: [limit, zone] },
    path: '/settings',
    reads: ['limits.sendPerMinute  120            Messages a minute and key\n', 'box.timeZone          Asia/Bangkok   Time zone\n'],
  },
];

let box: FakeBox;
beforeEach(async () => {
  box = await FakeBox.start();
});
afterEach(async () => {
  await box.stop();
});

describe('each command asks the box what its words say, and shows the answer', () => {
  test.each(cases)('$args', async ({ args, operation, answer, path, body, reads }) => {
    box.answer(operation, answer);
    const world = new FakeWorld();
    expect(await world.run(...args, '--data', box.folder.dir)).toBe(0);
    expect(box.calls).toEqual([{ operation, path: `/api/admin${path}`, body }]);
    let from = 0;
    for (const text of reads) {
      const found = world.stdout.indexOf(text, from);
      expect(found, `${JSON.stringify(text)} in ${world.stdout}`).toBeGreaterThanOrEqual(from);
      from = found + text.length;
    }
    expect(world.stderr).toBe('');
  });

  test.each(cases)('$args with --json prints the answer as one object', async ({ args, operation, answer }) => {
    box.answer(operation, answer);
    const world = new FakeWorld({ env: { SEPSMS_BOX_DATA: box.folder.dir } });
    expect(await world.run(...args, '--json')).toBe(0);
    expect(JSON.parse(world.stdout)).toEqual(answer);
    expect(world.stdout.trimEnd()).not.toContain('\n');
  });
});

describe('options that all commands share', () => {
  test('--data and --json may stand before the command; those after it win', async () => {
    box.answer('keys', { items: [] });
    const world = new FakeWorld({ env: { SEPSMS_BOX_DATA: '/nowhere' } });
    expect(await world.run('--json', '--data', '/elsewhere', 'key', 'list', '--data', box.folder.dir)).toBe(0);
    expect(world.stdout).toBe('{"items":[]}\n');
    expect(await world.run('--data', box.folder.dir, 'key', 'list')).toBe(0);
  });
});

describe('passwords', () => {
  test('are asked for when left out', async () => {
    box.answer('userPassword', done);
    const world = new FakeWorld({ secret: 'battery staple' });
    expect(await world.run('user', 'password', 'nid', '--data', box.folder.dir)).toBe(0);
    expect(world.prompts).toEqual(['Password (at least 10 characters): ']);
    expect(box.calls[0]?.body).toEqual({ name: 'nid', password: 'battery staple' });
  });
});

describe('settings', () => {
  test('one by name', async () => {
    box.answer('settings', { items: [limit, zone] });
    const world = new FakeWorld();
    expect(await world.run('setting', 'get', 'box.timeZone', '--data', box.folder.dir)).toBe(0);
    expect(world.stdout).toContain('box.timeZone: Asia/Bangkok\n');
    expect(world.stdout).toContain('at the next start of the box');
    expect(await world.run('setting', 'get', 'box.colour', '--data', box.folder.dir)).toBe(1);
    expect(world.stderr).toContain('There is no setting "box.colour".');
  });

  test.each([
    [limit, '0', 0, 'limits.sendPerMinute is now 0.\n'],
    [{ ...limit, value: [] }, '["10.0.0.5"]', ['10.0.0.5'], 'is now ["10.0.0.5"].\n'],
    [{ ...limit, value: null }, 'plain words', 'plain words', 'is now plain words.\n'],
    [{ ...zone, value: 'UTC' }, '7', '7', 'box.timeZone is now 7.\nRestart the box to make it take effect.\n'],
  ])('%j takes %j as the kind of value it holds', async (setting, text, value, reads) => {
    box.answer('settings', { items: [setting] });
    box.answer('settingSet', { name: setting.name, value });
    const world = new FakeWorld();
    expect(await world.run('setting', 'set', setting.name, text, '--data', box.folder.dir)).toBe(0);
    expect(box.calls[1]).toEqual({ operation: 'settingSet', path: `/api/admin/settings/${setting.name}`, body: { value } });
    expect(world.stdout).toContain(reads);
  });
});
