import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';

let box: HttpBox;
let office: number;
let line: number;

beforeAll(async () => {
  box = await runBox();
  const add = async (name: string) =>
    Number((await box.admin('POST', '/carriers', { kind: 'simulator', name })).body['id']);
  office = await add('Office');
  line = await add('Line');
});
afterAll(() => box.close());

const routes = async () => (await box.admin('GET', '/routes')).body['items'] as { id: number; name: string }[];

describe('routes', () => {
  test('are made, changed, put in order and removed', async () => {
    const made = await box.admin('POST', '/routes', {
      name: 'Codes',
      purpose: 'otp',
      prefixes: ['089', '+6681'],
      carriers: [{ carrierId: line }, { carrierId: office, weight: 4 }],
    });
    expect(made.body).toEqual({
      id: made.body['id'],
      name: 'Codes',
      enabled: true,
      account: null,
      sender: null,
      purpose: 'otp',
      link: null,
      prefixes: ['6689', '6681'],
      hours: '',
      mode: 'order',
      carriers: [
        { carrierId: line, weight: 1, name: 'Line' },
        { carrierId: office, weight: 4, name: 'Office' },
      ],
    });
    const all = await box.admin('POST', '/routes', { name: 'All', carriers: [{ carrierId: office }] });
    const [codesId, allId] = [Number(made.body['id']), Number(all.body['id'])];
    const changed = await box.admin('PATCH', `/routes/${codesId}`, {
      account: 'Main',
      hours: '08:00-20:00',
      prefixes: [],
    });
    expect(changed.body).toMatchObject({ name: 'Codes', account: 'Main', hours: '08:00-20:00', prefixes: [] });
    expect((await box.admin('POST', '/routes/order', { ids: [allId] })).status).toBe(200);
    expect((await routes()).map((route) => route.name)).toEqual(['All', 'Codes']);
    for (const id of [codesId, allId]) expect((await box.admin('DELETE', `/routes/${id}`)).status).toBe(200);
    expect(await routes()).toEqual([]);
    expect((await box.admin('DELETE', `/routes/${codesId}`)).error['code']).toBe('route.not_found');
  });

  test.each([
    ['no carrier', { carriers: [] }, 422, 'route.invalid'],
    ['a carrier that is not there', { carriers: [{ carrierId: 999 }] }, 404, 'carrier.not_found'],
    ['a prefix that is none', { prefixes: ['08a'] }, 422, 'route.invalid'],
    ['hours that are none', { hours: '8-20' }, 422, 'route.invalid'],
    ['an account that is not there', { account: 'Nobody' }, 404, 'account.not_found'],
  ])('are refused with %s, and nothing is kept', async (_what, fields, status, code) => {
    const answer = await box.admin('POST', '/routes', { name: 'Bad', carriers: [{ carrierId: office }], ...fields });
    expect([answer.status, answer.error['code']]).toEqual([status, code]);
    expect(await routes()).toEqual([]);
  });

  test('a name is taken once', async () => {
    const fields = { name: 'Once', carriers: [{ carrierId: office }] };
    const { id } = (await box.admin('POST', '/routes', fields)).body;
    expect((await box.admin('POST', '/routes', fields)).error['code']).toBe('route.exists');
    await box.admin('DELETE', `/routes/${String(id)}`);
  });

  test('are tried without sending anything', async () => {
    const { id } = (await box.admin('POST', '/routes', { name: 'Links', link: true, carriers: [{ carrierId: line }] }))
      .body;
    await box.admin('POST', `/carriers/${line}/pause`);
    const tried = await box.admin('POST', '/routes/try', { to: '0812345678', text: 'See https://example.com' });
    expect(tried.body).toEqual({
      route: { id, name: 'Links' },
      carriers: [
        {
          id: line,
          name: 'Line',
          can: false,
          why: 'Line is paused',
          reason: { code: 'carrier.paused', values: { carrier: 'Line' }, text: 'Line is paused' },
        },
      ],
      passed: [],
    });
    const plain = await box.admin('POST', '/routes/try', { to: '0812345678', text: 'Hi' });
    expect(plain.body).toMatchObject({ route: null, passed: [{ id, name: 'Links', mismatch: 'link' }] });
    expect((await box.admin('POST', '/routes/try', { to: 'nobody' })).error['code']).toBe('route.invalid');
    await box.admin('POST', `/carriers/${line}/resume`);
    await box.admin('DELETE', `/routes/${String(id)}`);
  });
});

test('why a message waits stands in its status, and is gone when it does not', async () => {
  for (const id of [office, line]) await box.admin('POST', `/carriers/${id}/pause`);
  const { uuid } = (await box.send({ recipients: [phone(9)] })).result;
  const status = () => box.api('GET', `/message/${String(uuid)}`);
  expect((await status()).result['waiting']).toBe('Waiting: Office is paused · Line is paused');
  const listed = (await box.api('GET', '/message')).result['items'] as { waiting?: string }[];
  expect(listed[0]?.waiting).toBe('Waiting: Office is paused · Line is paused');
  await box.admin('POST', `/carriers/${office}/resume`);
  await expect.poll(async () => (await status()).result).not.toHaveProperty('waiting');
});

test('a quota is set, shown and taken away', async () => {
  const set = await box.admin('PATCH', `/carriers/${line}/terms`, { quota: { hour: 5, day: 20 } });
  const limits = (answer: typeof set) => (answer.body['usage'] as { limit: number | null }[]).map((one) => one.limit);
  expect(limits(set)).toEqual([null, 5, 20, null]);
  expect(limits(await box.admin('PATCH', `/carriers/${line}/terms`, { quota: { minute: 1 } }))).toEqual([
    1,
    null,
    null,
    null,
  ]);
  const rest = await box.admin('PATCH', `/carriers/${line}/terms`, { uncertain: 'resend' });
  expect(limits(rest)).toEqual([1, null, null, null]);
  expect(rest.body).toMatchObject({ uncertain: 'resend', refundFailed: true });
  expect(limits(await box.admin('PATCH', `/carriers/${line}/terms`, { quota: {} }))).toEqual([null, null, null, null]);
});
