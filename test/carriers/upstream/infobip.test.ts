import { expect, test } from 'vitest';
import { FakeInfobip, infobipKey, infobipReport, type InfobipStatus } from '../../fakes/providers/fake-infobip.ts';
import { call, phone, rig, submission } from './rig.ts';

async function ready(more: Readonly<Record<string, unknown>> = {}) {
  const infobip = new FakeInfobip();
  const up = await rig({ provider: 'infobip', key: infobipKey, ...more });
  up.sink.behave = infobip.meet;
  await up.start();
  return { up, infobip, carrier: up.carrier };
}

test('a message goes out as JSON with its validity and the address for its report', async () => {
  const { carrier, infobip } = await ready({ publicUrl: 'https://sms.example.com' });
  const sent = submission();
  expect(await carrier.submit(sent)).toEqual({ kind: 'accepted', reference: '2250be2d-1' });
  expect(infobip.messages).toEqual([
    {
      sender: 'SHOP',
      destinations: [{ to: phone }],
      content: { text: sent.text },
      options: { validityPeriod: { amount: 60, timeUnit: 'MINUTES' } },
      webhooks: {
        delivery: { url: 'https://sms.example.com/api/callbacks/3/secret' },
        contentType: 'application/json',
      },
    },
  ]);
  expect(carrier.status().facts).toMatchObject({ provider: 'Infobip', balance: 47.79, balanceUnit: 'EUR' });
  expect(carrier.asking).toEqual({ afterMs: 900_000, everyMs: 900_000 });
});

test('without a public address it is asked for reports', async () => {
  const { carrier, infobip } = await ready();
  await carrier.submit(submission());
  expect(infobip.messages[0]?.webhooks).toEqual({ contentType: 'application/json' });
  const ask = async (status: InfobipStatus) => {
    infobip.status = status;
    return await carrier.ask?.({ reference: '2250be2d-1', msisdn: phone, origin: 'SHOP', handedAt: 0 });
  };
  expect(await ask('DELIVERED_TO_OPERATOR')).toMatchObject({ verdict: 'trying' });
  expect(await ask('DELIVERED_TO_HANDSET')).toEqual({
    reference: '2250be2d-1',
    msisdn: phone,
    verdict: 'delivered',
    code: 'DELIVERED_TO_HANDSET',
    message: 'No Error',
    at: Date.UTC(2026, 0, 15, 3, 35),
  });
});

test.each([
  ['REJECTED_SENDER', 'retry', 'ready'],
  ['REJECTED_DESTINATION', 'rejected', 'ready'],
  ['REJECTED_NOT_ENOUGH_CREDITS', 'retry', 'waiting'],
] as const)('a message with the status %s is told from all else', async (status, kind, state) => {
  const { carrier, infobip } = await ready();
  infobip.status = status;
  expect(await carrier.submit(submission())).toMatchObject({ kind, code: status });
  expect(carrier.status().state).toBe(state);
});

test('a wrong key is seen at once', async () => {
  const { carrier } = await ready({ key: 'wrong' });
  expect(carrier.status().state).toBe('faulty');
});

test('reports come several at a time', async () => {
  const { up, carrier } = await ready();
  const results = [
    infobipReport('a', 'DELIVERED_TO_HANDSET', '66811111111'),
    infobipReport('b', 'UNDELIVERABLE_NOT_DELIVERED', '66822222222'),
    infobipReport('c', 'EXPIRED_EXPIRED'),
    { ...infobipReport('d', 'PENDING_ACCEPTED'), messageId: undefined },
  ];
  const request = call(JSON.stringify({ results }), { 'content-type': 'application/json' });
  expect(await carrier.callback?.(request)).toMatchObject({ status: 200 });
  expect(up.reports.map(({ reference, msisdn, verdict }) => [reference, msisdn, verdict])).toEqual([
    ['a', '66811111111', 'delivered'],
    ['b', '66822222222', 'failed'],
    ['c', phone, 'expired'],
  ]);
});
