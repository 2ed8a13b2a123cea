import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runBox, type HttpBox } from '../fakes/box.ts';

let box: HttpBox;
let serial = 0;
/** A sender name of its own for each test. */
let name: string;

beforeAll(async () => {
  box = await runBox();
});
afterAll(() => box.close());
beforeEach(() => {
  serial += 1;
  name = `SHOP ${serial}`;
});

const request = (fields: Readonly<Record<string, unknown>> = {}) =>
  box.admin('POST', '/senders/request', { name, ...fields });
const approve = (fields: Readonly<Record<string, unknown>> = {}) => box.admin('POST', '/senders', { name, ...fields });
const reject = (fields: Readonly<Record<string, unknown>> = {}) =>
  box.admin('POST', '/senders/reject', { name, reason: 'No letter of the brand owner', ...fields });
const send = () => box.send({ origin: name });

async function listed(): Promise<unknown> {
  const { items } = (await box.admin('GET', '/senders')).body as { items: { name: string }[] };
  return items.find((item) => item.name === name);
}

async function expectRefused(words: RegExp): Promise<void> {
  const answer = await send();
  expect([answer.status, answer.error['code']]).toEqual([422, 'sender.not_approved']);
  expect(answer.error['message']).toMatch(words);
}

describe('a sender name', () => {
  test('is unknown, waits, is rejected with a reason, asked for again and approved', async () => {
    await expectRefused(/is unknown here\. Request it first/u);
    const asked = await request({ purposes: ['marketing'] });
    expect([asked.status, asked.body]).toMatchObject([
      200,
      { name, account: 'Main', state: 'requested', purposes: ['marketing'], reason: null },
    ]);
    await expectRefused(/its request waits for an administrator/u);
    expect((await reject()).body).toMatchObject({ state: 'rejected', reason: 'No letter of the brand owner' });
    await expectRefused(/was rejected \(No letter of the brand owner\)/u);
    expect((await request()).body).toMatchObject({ state: 'requested', purposes: ['marketing', 'otp'], reason: null });
    await expectRefused(/waits for an administrator/u);
    expect((await approve()).body).toMatchObject({ state: 'approved', purposes: ['marketing', 'otp'] });
    expect((await send()).status).toBe(200);
    expect(await listed()).toMatchObject({ state: 'approved', purposes: ['marketing', 'otp'], reason: null });
  });

  test('approved without a request may be used for everything', async () => {
    expect((await approve()).body).toMatchObject({ state: 'approved', purposes: ['marketing', 'otp'] });
    expect((await send()).status).toBe(200);
  });

  test('approved for what was asked for, when nothing else is said', async () => {
    await request({ purposes: ['otp'] });
    expect((await approve()).body).toMatchObject({ state: 'approved', purposes: ['otp'] });
    await expectRefused(/is approved for otp only, not for marketing/u);
    expect((await approve({ purposes: ['otp', 'marketing', 'otp'] })).body['purposes']).toEqual(['marketing', 'otp']);
    expect((await send()).status).toBe(200);
  });

  test('that was approved can be narrowed and taken back, at once', async () => {
    await approve();
    expect((await send()).status).toBe(200);
    await approve({ purposes: ['otp'] });
    await expectRefused(/for otp only/u);
    await approve();
    expect((await send()).status).toBe(200);
    await reject({ reason: 'misused' });
    await expectRefused(/rejected \(misused\)/u);
    expect(await listed()).toMatchObject({ state: 'rejected', reason: 'misused' });
  });

  test('that is approved is not asked for again', async () => {
    await approve();
    const again = await request();
    expect([again.status, again.error['code']]).toEqual([409, 'sender.already_approved']);
    expect((await send()).status).toBe(200);
  });

  test('belongs to one account', async () => {
    await box.admin('POST', '/accounts', { name: `Branch ${serial}` });
    await approve({ account: `Branch ${serial}` });
    await expectRefused(/is unknown here/u);
    expect(await listed()).toMatchObject({ account: `Branch ${serial}` });
    expect((await request({ account: 'Nobody' })).error['code']).toBe('account.not_found');
  });

  test.each(['', ' A', 'A ', 'TWELVE CHARS', 'ร้าน', 'A_B!', 'A\nB'])('cannot be %j', async (wrong) => {
    for (const path of ['/senders', '/senders/request']) {
      const answer = await box.admin('POST', path, { name: wrong });
      expect([answer.status, answer.error['code']]).toEqual([422, 'sender.invalid_name']);
    }
  });

  test('has purposes that there are, and a reason when it is rejected', async () => {
    expect((await request({ purposes: [] })).status).toBe(400);
    expect((await request({ purposes: ['spam'] })).status).toBe(400);
    expect((await reject({ reason: ' ' })).status).toBe(400);
    const unknown = await reject();
    expect([unknown.status, unknown.error['code']]).toEqual([404, 'sender.not_found']);
  });
});

test('the command line sends with a name that may be used for messages', async () => {
  await box.admin('POST', '/accounts', { name: 'Codes' });
  await box.admin('POST', '/credits', { amount: 5, account: 'Codes' });
  const sendIt = () => box.admin('POST', '/messages', { to: ['0812345678'], text: 'Hi', account: 'Codes' });
  await box.admin('POST', '/senders', { name: 'CODES', purposes: ['otp'], account: 'Codes' });
  expect((await sendIt()).error['code']).toBe('sender.not_approved');
  await box.admin('POST', '/senders', { name: 'NEWS', purposes: ['marketing'], account: 'Codes' });
  expect((await sendIt()).status).toBe(200);
});
