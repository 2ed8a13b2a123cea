import { afterAll, beforeAll, expect, test } from 'vitest';
import { runBox, type Answer, type HttpBox } from '../fakes/box.ts';

let box: HttpBox;
beforeAll(async () => {
  box = await runBox();
  await box.admin('POST', '/accounts', { name: 'Branch' });
});
afterAll(() => box.close());

const codeOf = (answer: Answer) => [answer.status, answer.error['code'] ?? null];
const add = (fields: object) => box.admin('POST', '/templates', fields);
const names = async (query = '') =>
  ((await box.admin('GET', `/templates${query}`)).body['items'] as { name: string }[]).map((item) => item.name);

test('a template is a named text of an account, with the names it asks for and its segments', async () => {
  const { body } = await add({ name: 'Appointment', text: 'สวัสดี {name} นัด {วันที่} {name}' });
  expect(body).toMatchObject({
    account: 'Main',
    name: 'Appointment',
    purposes: ['marketing'],
    variables: ['name', 'วันที่'],
    segments: 1,
  });
  expect((await box.admin('GET', `/templates/${String(body['id'])}`)).body).toEqual(body);
  expect(codeOf(await add({ name: 'Appointment', text: 'x' }))).toEqual([409, 'template.exists']);
  expect((await add({ name: 'Appointment', text: 'x', account: 'Branch' })).status).toBe(200);
  expect([await names(), await names('?account=Branch')]).toEqual([['Appointment'], ['Appointment']]);
});

test('the text of a code has the code', async () => {
  expect(codeOf(await add({ name: 'Code', text: 'no', purposes: ['otp'] }))).toEqual([400, 'validation.failed']);
  const { body } = await add({ name: 'Code', text: 'Your code: {code}', purposes: ['otp'] });
  expect([await names('?purpose=otp'), (await names('?purpose=marketing')).includes('Code')]).toEqual([
    ['Code'],
    false,
  ]);
  const set = (change: object) => box.admin('PATCH', `/templates/${String(body['id'])}`, change);
  expect(codeOf(await set({ text: 'no' }))).toEqual([400, 'validation.failed']);
  expect((await set({ text: 'no', purposes: ['marketing'] })).body).toMatchObject({ text: 'no', name: 'Code' });
  expect((await set({ name: 'Plain' })).body).toMatchObject({ text: 'no', name: 'Plain' });
  expect(codeOf(await set({ name: 'Appointment' }))).toEqual([409, 'template.exists']);
  expect((await box.admin('DELETE', `/templates/${String(body['id'])}`)).body).toEqual({ ok: true });
  expect(codeOf(await set({ name: 'x' }))).toEqual([404, 'template.not_found']);
});

test('a preview fills in what it is given and counts what would be sent', async () => {
  const { body } = await box.admin('POST', '/texts/preview', {
    text: 'Hi {name}, {day}',
    values: { name: 'Ann {day}', __proto__: 'x' },
  });
  expect(body).toEqual({
    text: 'Hi Ann {day}, {day}',
    variables: ['name', 'day'],
    missing: ['day'],
    encoding: 'gsm7',
    characters: 19,
    segments: 1,
    parts: ['Hi Ann {day}, {day}'],
  });
  const long = await box.admin('POST', '/texts/preview', { text: 'ส'.repeat(71) });
  expect(long.body).toMatchObject({ encoding: 'ucs2', segments: 2, characters: 71 });
});
