import { expect, test } from 'vitest';
import { FakeVonage, vonageAccount, vonageReceipt } from '../../fakes/providers/fake-vonage.ts';
import { call, phone, rig, submission } from './rig.ts';

const publicUrl = 'https://sms.example.com';
const config = { provider: 'vonage', user: vonageAccount.key, key: vonageAccount.secret };

async function ready(more: Readonly<Record<string, unknown>> = {}) {
  const vonage = new FakeVonage();
  const up = await rig({ ...config, publicUrl, ...more });
  up.sink.behave = vonage.meet;
  await up.start();
  return { up, vonage, carrier: up.carrier };
}

const first = '0A00000000000010';

test('a message goes out with its alphabet, its validity and the address for its receipt', async () => {
  const { carrier, vonage } = await ready();
  const thai = submission();
  const latin = submission({ text: 'Hello', encoding: 'gsm7' });
  expect(await carrier.submit(thai)).toEqual({ kind: 'accepted', reference: first });
  expect(await carrier.submit(latin)).toMatchObject({ kind: 'accepted' });
  expect(vonage.messages).toEqual([
    {
      api_key: vonageAccount.key,
      api_secret: vonageAccount.secret,
      from: 'SHOP',
      to: phone,
      text: thai.text,
      type: 'unicode',
      ttl: '3600000',
      callback: `${publicUrl}/api/callbacks/3/secret`,
    },
    expect.objectContaining({ text: 'Hello', type: 'text' }),
  ]);
  expect(carrier.status().facts).toMatchObject({ provider: 'Vonage', balance: 10.28, balanceUnit: 'EUR' });
});

test('a long text that goes out in several messages is known by the first', async () => {
  const { carrier, vonage } = await ready();
  vonage.parts = 3;
  expect(await carrier.submit(submission())).toEqual({ kind: 'accepted', reference: first });
});

test.each([
  ['1', 'retry', 'waiting'],
  ['3', 'rejected', 'ready'],
  ['4', 'retry', 'faulty'],
  ['5', 'retry', 'ready'],
  ['7', 'rejected', 'ready'],
  ['9', 'retry', 'waiting'],
  ['15', 'retry', 'ready'],
  ['99', 'rejected', 'ready'],
])('status %s in the answer is told from all else', async (status, kind, state) => {
  const { carrier, vonage } = await ready();
  vonage.status = status;
  expect(await carrier.submit(submission())).toMatchObject({ kind, code: status });
  expect(carrier.status().state).toBe(state);
});

test('wrong credentials are seen at once', async () => {
  const { carrier } = await ready({ key: 'wrong' });
  expect(carrier.status().state).toBe('faulty');
});

const receipt = { messageId: first, msisdn: phone, status: 'delivered' };
const ways: Readonly<Record<string, (fields: Record<string, string>) => ReturnType<typeof call>>> = {
  'as JSON': (fields) => call(JSON.stringify(fields), { 'content-type': 'application/json' }),
  'as a form': (fields) =>
    call(new URLSearchParams(fields).toString(), { 'content-type': 'application/x-www-form-urlencoded' }),
  'in the query': (fields) => call('', {}, { method: 'GET', query: fields }),
};

test.each(Object.entries(ways))('a delivery receipt is read %s, signed or not', async (_name, by) => {
  const { up, carrier } = await ready();
  expect(await carrier.callback?.(by(vonageReceipt(receipt)))).toMatchObject({ status: 200 });
  expect(up.reports).toEqual([
    {
      reference: first,
      msisdn: phone,
      verdict: 'delivered',
      code: '0',
      message: 'The provider says delivered.',
      at: null,
    },
  ]);
  const signing = await ready({ webhookSecret: vonageAccount.signatureSecret });
  const signed = vonageReceipt({ ...receipt, note: 'a&b=c' }, vonageAccount.signatureSecret);
  expect(await signing.carrier.callback?.(by(signed))).toMatchObject({ status: 200 });
  expect(await signing.carrier.callback?.(by({ ...signed, status: 'failed' }))).toMatchObject({ status: 404 });
  expect(await signing.carrier.callback?.(by(vonageReceipt(receipt)))).toMatchObject({ status: 404 });
  expect(signing.up.reports).toHaveLength(1);
});

test.each([
  ['accepted', 'trying'],
  ['buffered', 'trying'],
  ['failed', 'failed'],
  ['rejected', 'failed'],
  ['expired', 'expired'],
  ['unknown', 'trying'],
])('a receipt that says %s', async (status, verdict) => {
  const { up, carrier } = await ready();
  await carrier.callback?.(call(JSON.stringify(vonageReceipt({ ...receipt, status, 'err-code': '6' }))));
  expect(up.reports).toMatchObject([{ verdict, code: '6' }]);
});
