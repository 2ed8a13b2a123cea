import { expect, test } from 'vitest';
import { FakeTwilio, twilioAccount, twilioCallback } from '../../fakes/providers/fake-twilio.ts';
import { call, phone, rig, submission } from './rig.ts';

const publicUrl = 'https://sms.example.com';
const callback = `${publicUrl}/api/callbacks/3/secret`;
const config = { provider: 'twilio', user: twilioAccount.sid, key: twilioAccount.token, origin: '+15005550006' };

async function ready(more: Readonly<Record<string, unknown>> = {}) {
  const twilio = new FakeTwilio();
  const up = await rig({ ...config, ...more });
  up.sink.behave = twilio.meet;
  await up.start();
  return { up, twilio, carrier: up.carrier };
}

test('a message goes out as a form with Basic authentication, whole, with its validity and the callback', async () => {
  const { carrier, twilio } = await ready({ publicUrl });
  const sent = submission();
  expect(await carrier.submit(sent)).toEqual({ kind: 'accepted', reference: 'SM00000000000000000000000000000001' });
  expect([...twilio.messages.values()]).toEqual([
    { To: `+${phone}`, From: '+15005550006', Body: sent.text, ValidityPeriod: '3600', StatusCallback: callback },
  ]);
  expect(carrier.status()).toMatchObject({
    state: 'ready',
    facts: { provider: 'Twilio', balance: 12.34, balanceUnit: 'USD', callback },
  });
});

test('without a public address there is no callback, and it is asked for reports', async () => {
  const { carrier, twilio } = await ready();
  await carrier.submit(submission({ expiresAt: Date.UTC(2026, 0, 20) }));
  const [message] = twilio.messages.values();
  expect(message).not.toHaveProperty('StatusCallback');
  expect(message?.['ValidityPeriod']).toBe('36000');
  expect([carrier.reports, carrier.asking]).toEqual([true, { afterMs: 15_000, everyMs: 15_000 }]);
  const reference = 'SM00000000000000000000000000000001';
  const ask = () => carrier.ask?.({ reference, msisdn: phone, origin: 'SHOP', handedAt: 0 });
  expect(await ask()).toMatchObject({ verdict: 'trying', code: 'queued' });
  twilio.status = 'undelivered';
  twilio.errorCode = 30_003;
  expect(await ask()).toMatchObject({ reference, msisdn: phone, verdict: 'failed', code: '30003' });
  twilio.status = 'delivered';
  twilio.errorCode = null;
  expect(await ask()).toMatchObject({ verdict: 'delivered', code: 'delivered' });
  expect(await carrier.ask?.({ reference: 'SM9', msisdn: phone, origin: 'SHOP', handedAt: 0 })).toBeNull();
});

test.each([
  [400, 21211, "Invalid 'To' Phone Number", 'rejected', 'ready'],
  [400, 21610, 'Attempt to send to unsubscribed recipient', 'rejected', 'ready'],
  [400, 21606, 'The From phone number is not valid', 'retry', 'faulty'],
  [401, 20003, 'Authenticate', 'retry', 'faulty'],
  [429, 20429, 'Too Many Requests', 'retry', 'waiting'],
  [400, 29999, 'Something new', 'rejected', 'ready'],
  [503, 20503, 'Service Unavailable', 'retry', 'waiting'],
  [500, 20500, 'Internal Server Error', 'uncertain', 'waiting'],
])('HTTP %i with code %i is told from all else: %s', async (status, code, message, kind, state) => {
  const { carrier, twilio } = await ready();
  twilio.refusal = { status, code, message };
  expect(await carrier.submit(submission())).toMatchObject({ kind, code: String(code) });
  expect(carrier.status().state).toBe(state);
});

test('a wrong Auth Token is seen at once', async () => {
  const { carrier } = await ready({ key: 'wrong' });
  expect(carrier.status()).toMatchObject({
    state: 'faulty',
    reason: expect.stringContaining('does not let this box in'),
  });
});

test('status callbacks are taken when they are signed, and only then', async () => {
  const { up, carrier } = await ready({ publicUrl });
  const fields = {
    MessageSid: 'SM1',
    MessageStatus: 'delivered',
    To: `+${phone}`,
    From: '+15005550006',
    ApiVersion: '2010-04-01',
  };
  const good = twilioCallback(callback, fields);
  expect(await carrier.callback?.(call(good.body, good.headers))).toMatchObject({ status: 204, body: '' });
  expect(up.reports).toMatchObject([{ reference: 'SM1', msisdn: phone, verdict: 'delivered', code: 'delivered' }]);
  const failed = twilioCallback(callback, { ...fields, MessageStatus: 'undelivered', ErrorCode: '30005' });
  await carrier.callback?.(call(failed.body, failed.headers));
  expect(up.reports[1]).toMatchObject({ verdict: 'failed', code: '30005' });
  const forged = [
    twilioCallback(callback, fields, 'another token'),
    twilioCallback('https://other.example/', fields),
    { ...good, body: good.body.replace('delivered', 'failed') },
    { ...good, headers: {} },
  ];
  for (const { body, headers } of forged) {
    expect(await carrier.callback?.(call(body, headers))).toMatchObject({ status: 404 });
  }
  expect(up.reports).toHaveLength(2);
  expect(carrier.status().facts['callbackProblem']).toContain('signature');
});
