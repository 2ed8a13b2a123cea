import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const clock = new ManualClock();
const minute = 60_000;
let box: HttpBox;
let serial = 0;
/** A text of its own for each test. */
let message: string;

beforeAll(async () => {
  box = await runBox({ clock, credits: 100_000 });
});
afterAll(() => box.close());
beforeEach(async () => {
  serial += 1;
  message = `Text ${serial}`;
  await within(10);
});

const within = (minutes: number) => box.admin('PUT', '/settings/guards.duplicateMinutes', { value: minutes });
const send = (fields: Readonly<Record<string, unknown>> = {}) => box.send({ message, ...fields });
const outcome = ({ result }: Answer) => [result['totalMsisdn'], result['totalCredit'], result['blockedCount']];
const balance = async () => Number((await box.api('GET', '/message/credit/balance')).result['balance']);

async function recipientsOf(answer: Answer): Promise<Record<string, unknown>[]> {
  const page = await box.api('GET', `/message/${String(answer.result['uuid'])}/recipients?limit=1000`);
  return page.result['items'] as Record<string, unknown>[];
}

describe('the same text to the same number', () => {
  test('is blocked within the time and costs nothing; the others of the request go', async () => {
    expect(outcome(await send({ recipients: [phone(1), phone(2)] }))).toEqual([2, 2, 0]);
    const before = await balance();
    const again = await send({ recipients: [`0${phone(1).slice(2)}`, phone(3)] });
    expect(outcome(again)).toEqual([2, 1, 1]);
    expect(await balance()).toBe(before - 1);
    expect((await recipientsOf(again))[0]).toMatchObject({
      msisdn: phone(1),
      drStatus: 'blocked',
      errorCode: 'duplicate_content',
      errorMessage: 'The same text goes to this number within 10 minutes already.',
      credit: 0,
    });
    const status = await box.api('GET', `/message/${String(again.result['uuid'])}`);
    expect(status.result).toMatchObject({ blockedCount: 1, totalCredit: 1 });
  });

  test('is a message that failed at once when it has no other recipient, whatever it would have cost', async () => {
    await box.admin('POST', '/accounts', { name: 'Poor' });
    await box.admin('POST', '/senders', { name: 'SEPSMS', account: 'Poor' });
    await box.admin('POST', '/credits', { amount: 1, account: 'Poor' });
    const headers = { 'x-api-key': await box.newKey({ account: 'Poor' }) };
    const body = { origin: 'SEPSMS', message, recipients: [phone(1)] };
    const poor = () => box.api('POST', '/message/send', body, headers);
    expect((await poor()).result).toMatchObject({ totalCredit: 1, status: 'pending' });
    expect((await poor()).result).toMatchObject({ totalCredit: 0, blockedCount: 1, status: 'failed' });
  });

  test('goes again when the time is over, or when nobody minds', async () => {
    await send();
    clock.jump(10 * minute - 1);
    expect(outcome(await send())).toEqual([1, 0, 1]);
    clock.jump(1);
    expect(outcome(await send())).toEqual([1, 1, 0]);
    await within(0);
    expect(outcome(await send())).toEqual([1, 1, 0]);
  });

  test('is another text after personalisation', async () => {
    const to = (name: string, n: number) => ({
      message: `${message} {name}`,
      recipients: [phone(n)],
      variables: { [phone(n)]: { name } },
    });
    expect(outcome(await send(to('Ann', 1)))).toEqual([1, 1, 0]);
    expect(outcome(await send(to('Ben', 1)))).toEqual([1, 1, 0]);
    expect(outcome(await send(to('Ann', 1)))).toEqual([1, 0, 1]);
    expect(outcome(await send({ message: `${message} Ann`, recipients: [phone(1)] }))).toEqual([1, 0, 1]);
    expect(outcome(await send(to('Ann', 2)))).toEqual([1, 1, 0]);
  });

  test('of another account does not count', async () => {
    await box.admin('POST', '/accounts', { name: 'Other' });
    await box.admin('POST', '/senders', { name: 'SEPSMS', account: 'Other' });
    await box.admin('POST', '/credits', { amount: 10, account: 'Other' });
    await send();
    const headers = { 'x-api-key': await box.newKey({ account: 'Other' }) };
    const body = { origin: 'SEPSMS', message, recipients: [phone(1)] };
    expect(outcome(await box.api('POST', '/message/send', body, headers))).toEqual([1, 1, 0]);
  });

  test.each([1, 2_500])('goes once of many requests at the same moment, with %i recipients each', async (count) => {
    const recipients = Array.from({ length: count }, (_, n) => phone(n));
    const answers = await Promise.all(Array.from({ length: 4 }, () => send({ recipients })));
    const sum = (index: number) => answers.reduce((total, answer) => total + Number(outcome(answer)[index]), 0);
    expect([sum(0), sum(1), sum(2)]).toEqual([4 * count, count, 3 * count]);
    const rows = box.peek.all<{ msisdn: string }>(
      "SELECT r.msisdn FROM recipient r JOIN message m ON m.id = r.message_id WHERE m.text = ? AND r.state = 'queued'",
      message,
    );
    expect(new Set(rows.map((row) => row.msisdn)).size).toBe(count);
    expect(rows).toHaveLength(count);
  });

  test('may be sent again after it was cancelled', async () => {
    const first = await send();
    await box.api('POST', `/message/${String(first.result['uuid'])}/cancel`);
    expect(outcome(await send())).toEqual([1, 1, 0]);
    expect(outcome(await send())).toEqual([1, 0, 1]);
  });

  test('may be scheduled for many days at once, but not twice for the same time', async () => {
    const at = (hours: number) => ({ scheduledTime: new Date(clock.now() + hours * 60 * minute).toISOString() });
    for (const hours of [24, 48, 72]) expect(outcome(await send(at(hours)))).toEqual([1, 1, 0]);
    expect(outcome(await send(at(48)))).toEqual([1, 0, 1]);
    expect(outcome(await send(at(48.1)))).toEqual([1, 0, 1]);
    expect(outcome(await send())).toEqual([1, 1, 0]);
  });

  test('is told by a preview, which changes nothing', async () => {
    const look = () =>
      box.api('POST', '/message/preview', { origin: 'SEPSMS', message, recipients: [phone(1), phone(2)] });
    const before = box.peek.counts();
    expect((await look()).result).toMatchObject({ totalMsisdn: 2, totalCredit: 2, blockedCount: 0 });
    expect((await look()).result).toMatchObject({ blockedCount: 0 });
    expect(box.peek.counts()).toEqual(before);
    await send();
    expect((await look()).result).toMatchObject({ totalMsisdn: 2, totalCredit: 1, blockedCount: 1, segments: 1 });
    expect(outcome(await send({ recipients: [phone(1), phone(2)] }))).toEqual([2, 1, 1]);
    expect((await look()).result).toMatchObject({ totalCredit: 0, blockedCount: 2, parts: [message] });
  });
});

test('the same request again with its Idempotency-Key is answered as before', async () => {
  const body = { origin: 'SEPSMS', message, recipients: [phone(1), phone(2)] };
  await send();
  const ask = (name: string) => box.api('POST', '/message/send', body, { 'idempotency-key': name });
  const first = await ask('a');
  const again = await ask('a');
  expect(outcome(first)).toEqual([2, 1, 1]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(outcome(await ask('b'))).toEqual([2, 0, 2]);
});

test('nothing is remembered while it is off, and old texts are forgotten', async () => {
  const kept = () => box.peek.one<{ n: number }>('SELECT COUNT(*) AS n FROM recent_text').n;
  await send();
  expect(kept()).toBeGreaterThan(0);
  clock.jump(3_650 * 24 * 60 * minute);
  await clock.advance(16_000);
  while (kept() > 0) await clock.advance(1_000);
  await within(0);
  await send();
  expect(kept()).toBe(0);
});
