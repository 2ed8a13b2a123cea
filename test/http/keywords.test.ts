import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { webhookEvents } from '../../server/contract/webhook-events.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { FarEnd } from '../fakes/far-end.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { WebhookSink } from '../fakes/webhook-sink.ts';

interface Rule {
  readonly id: number;
  readonly name: string;
}

const clock = new ManualClock();
let box: HttpBox;
let far: FarEnd;

beforeAll(async () => {
  box = await runBox({ clock });
  await box.admin('POST', '/accounts', { name: 'Sales' });
  far = await FarEnd.of(box, clock);
});
afterEach(async () => {
  for (const { id } of await rules()) await box.admin('DELETE', `/keywords/${id}`);
});
afterAll(() => box.close());

const rules = async () => (await box.admin('GET', '/keywords')).body['items'] as Rule[];
const names = async () => (await rules()).map((rule) => rule.name);
const add = (rule: Readonly<Record<string, unknown>>): Promise<Answer> => box.admin('POST', '/keywords', rule);
const tried = async (text: string, more: Readonly<Record<string, unknown>> = {}) =>
  (await box.admin('POST', '/keywords/try', { text, from: phone(1), ...more })).body;

describe('keyword rules', () => {
  test('are made with what they say, and nothing else', async () => {
    const made = await add({ name: 'Info', keywords: [' INFO', 'info', 'ราคา'], reply: 'Open 9-17' });
    expect(made.body).toEqual({
      id: expect.any(Number),
      name: 'Info',
      enabled: true,
      match: 'exact',
      keywords: ['info', 'ราคา'],
      carriers: [],
      answers: null,
      hours: '',
      account: null,
      reply: 'Open 9-17',
      origin: null,
      forwardTo: null,
      webhook: null,
    });
    expect((await box.admin('GET', '/keywords')).body).toEqual({
      items: [made.body],
      builtIn: [
        { name: 'opt-out', keywords: ['STOP', 'ยกเลิก', '停止'], setting: 'guards.optOutKeywords' },
        { name: 'opt-in', keywords: ['START', 'สมัคร'], setting: 'guards.optInKeywords' },
      ],
    });
  });

  test('are changed in part, switched off, put in order, removed', async () => {
    const made = [];
    for (const name of ['A', 'B', 'C']) made.push((await add({ name, match: 'any', reply: name })).body['id']);
    const [a = 0, , c = 0] = made;
    const changed = await box.admin('PATCH', `/keywords/${String(a)}`, {
      name: 'D',
      enabled: false,
      account: 'Sales',
      reply: null,
      forwardTo: phone(77),
    });
    expect(changed.body).toMatchObject({ name: 'D', enabled: false, match: 'any', account: 'Sales', reply: null });
    expect((await box.admin('POST', '/keywords/order', { ids: [c, a] })).body['items']).toMatchObject([
      { name: 'C' },
      { name: 'D' },
      { name: 'B' },
    ]);
    await box.admin('DELETE', `/keywords/${String(c)}`);
    expect(await names()).toEqual(['D', 'B']);
    for (const [method, path, body] of [
      ['PATCH', '/keywords/99', {}],
      ['DELETE', '/keywords/99', undefined],
      ['POST', '/keywords/order', { ids: [99] }],
    ] as const)
      expect((await box.admin(method, path, body)).error['code']).toBe('keyword.not_found');
    expect(await names()).toEqual(['D', 'B']);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a name that is taken', { name: 'Taken', match: 'any', reply: 'x' }, 'keyword.exists'],
    ['the name of a built-in rule', { name: 'Opt-Out', match: 'any', reply: 'x' }, 'keyword.invalid'],
    ['no keyword', { match: 'first', keywords: [], reply: 'x' }, 'keyword.invalid'],
    ['a keyword that says nothing', { keywords: ['\u200B'], reply: 'x' }, 'keyword.invalid'],
    ['nothing to do', { match: 'any' }, 'keyword.invalid'],
    ['an empty answer', { match: 'any', reply: ' ' }, 'keyword.invalid'],
    ['an answer of eleven segments', { match: 'any', reply: 'ก'.repeat(700) }, 'keyword.invalid'],
    ['an answer with what cannot be filled in', { match: 'any', reply: 'Hi {name}' }, 'keyword.invalid'],
    ['an answer that looks sent on', { match: 'any', reply: 'From us: hello' }, 'keyword.invalid'],
    ['hours that are none', { match: 'any', reply: 'x', hours: '9-17' }, 'keyword.invalid'],
    ['a number that is none', { match: 'any', forwardTo: '1175' }, 'keyword.invalid'],
    ['a carrier that is none', { match: 'any', reply: 'x', carriers: [99] }, 'carrier.not_found'],
    ['a webhook that is none', { match: 'any', webhook: 99 }, 'webhook.not_found'],
    ['an account that is none', { match: 'any', account: 'Nobody' }, 'account.not_found'],
    ['a sender name that is not approved', { match: 'any', reply: 'x', origin: 'OTHER' }, 'sender.not_approved'],
    ['one of another account', { match: 'any', reply: 'x', account: 'Sales', origin: 'SEPSMS' }, 'sender.not_approved'],
  ])('are refused with %s', async (_what, rule, code) => {
    await add({ name: 'Taken', match: 'any', reply: 'x' });
    expect((await add({ name: 'New', ...rule })).error['code']).toBe(code);
    expect(await names()).toEqual(['Taken']);
  });

  test('do not send on to a number of the box itself', async () => {
    await box.admin('PUT', '/settings/inbound.ownNumbers', { value: [phone(50)] });
    expect((await add({ name: 'Ring', match: 'any', forwardTo: phone(50) })).error['code']).toBe('keyword.invalid');
    await box.admin('PUT', '/settings/inbound.ownNumbers', { value: [] });
  });

  test('stand in the audit log with their keywords, not with their texts', async () => {
    await add({ name: 'Info', keywords: ['INFO'], reply: 'The secret recipe', forwardTo: phone(77) });
    const { detail } = box.peek.one<{ detail: string }>(
      "SELECT detail FROM audit WHERE operation = 'keywordAdd' ORDER BY id DESC LIMIT 1",
    );
    expect(detail).toContain('keywords=INFO');
    expect(detail).not.toContain('recipe');
    expect(detail).not.toContain(phone(77));
  });
});

describe('trying a text', () => {
  test('says what would happen, and does nothing', async () => {
    await add({ name: 'Info', keywords: ['info'], reply: 'You are {from}', forwardTo: phone(77), account: 'Sales' });
    const before = box.peek.counts();
    expect(await tried('INFO')).toEqual({
      rule: 'Info',
      builtIn: false,
      account: 'Sales',
      webhook: null,
      answers: [
        { kind: 'reply', to: phone(1), text: `You are ${phone(1)}`, sent: true, reason: null, code: null },
        { kind: 'forward', to: phone(77), text: `From ${phone(1)}: INFO`, sent: true, reason: null, code: null },
      ],
    });
    expect(await tried('hello')).toMatchObject({ rule: null, account: 'Main', answers: [] });
    expect(await tried('stop')).toMatchObject({ rule: 'opt-out', builtIn: true, answers: [] });
    expect(await tried('info', { from: 'BANK' })).toMatchObject({
      answers: [{ sent: false, reason: expect.stringContaining('no number'), code: 'no_number' }, { sent: true }],
    });
    expect(box.peek.counts()).toEqual(before);
  });

  test('knows carriers, times and what is answered', async () => {
    await add({ name: 'Far', match: 'any', reply: 'far', carriers: [far.carrierId] });
    await add({ name: 'Night', match: 'any', reply: 'night', hours: '22:00-06:00' });
    await add({ name: 'Back', match: 'any', reply: 'back', answers: 'Main' });
    await add({ name: 'Rest', match: 'any', reply: 'rest' });
    const which = async (more: Readonly<Record<string, unknown>> = {}) => (await tried('x', more))['rule'];
    expect([await which({ carrierId: far.carrierId }), await which()]).toEqual(['Far', 'Rest']);
    clock.jump(14 * 3_600_000);
    expect(await which()).toBe('Night');
    clock.jump(-14 * 3_600_000);
  });
});

describe('a text that comes in', () => {
  test('is told with the rule, also to a webhook that listens to something else', async () => {
    const sink = await WebhookSink.start();
    try {
      const events = ['otp.verified'];
      const hook = await box.admin('POST', '/webhooks', { url: sink.url, events, account: 'Sales', allowHost: true });
      await add({ name: 'Orders', match: 'first', keywords: ['order'], webhook: hook.body['id'] });
      expect(await far.text(phone(1), 'hello')).toBe(200);
      expect(await far.text(phone(1), 'Order 5')).toBe(200);
      await sink.arrivals(1);
      const [post] = sink.posts;
      const body = JSON.parse(post?.body ?? '') as Record<string, unknown>;
      expect([post?.headers['x-webhook-event'], sink.posts.length]).toEqual(['sms.received', 1]);
      expect(body).toMatchObject({ from: phone(1), text: 'Order 5', rule: 'Orders' });
      expect(webhookEvents['sms.received'].body.parse(body)).toEqual(body);
      await box.admin('DELETE', `/webhooks/${String(hook.body['id'])}`);
      expect(await far.text(phone(1), 'Order 6')).toBe(200);
    } finally {
      await sink.close();
    }
  });

  test('answers a message of an account when it comes from whom that one went to', async () => {
    await add({ name: 'Back', match: 'any', answers: 'Main', account: 'Sales' });
    const simulator = await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
    const sent = await box.send({ recipients: [phone(31)] });
    const uuid = String(sent.result['uuid']);
    for (let turn = 0; turn < 200; turn += 1) {
      await clock.advance(500);
      if ((await box.api('GET', `/message/${uuid}`)).result['status'] === 'completed') break;
    }
    await far.text(phone(31), 'yes');
    await far.text(phone(32), 'yes');
    expect(box.peek.all('SELECT sender, rule FROM inbound ORDER BY id DESC LIMIT 2')).toEqual([
      { sender: phone(32), rule: null },
      { sender: phone(31), rule: 'Back' },
    ]);
    await box.admin('DELETE', `/carriers/${String(simulator.body['id'])}`);
  });
});
