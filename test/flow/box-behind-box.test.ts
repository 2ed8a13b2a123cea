import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runBox, type HttpBox } from '../fakes/box.ts';
import { FastClock } from './fast-clock.ts';

/** One box is another's upstream; the one behind has a simulated modem. */

/** Numbers whose last two digits tell the simulated network what to do. */
const good = '66812345601';
const fails = '66812345699';
const thai = 'สวัสดีคุณลูกค้า รับส่วนลด 10% วันนี้ ที่ร้านของเราทุกสาขา {name} ตั้งแต่วันนี้จนถึงสิ้นเดือน ขอบคุณค่ะ';

const clock = new FastClock();
let front: HttpBox;
let back: HttpBox;

beforeAll(async () => {
  [front, back] = await Promise.all([runBox({ clock, credits: 100 }), runBox({ clock, credits: 100 })]);
  await back.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
});
afterAll(() => Promise.all([front.close(), back.close()]));

interface Carrier {
  readonly id: number;
  readonly state: string;
  readonly reason: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

async function carrierOf(box: HttpBox, id: number): Promise<Carrier> {
  return (await box.admin('GET', `/carriers/${id}`)).body as unknown as Carrier;
}

/** Makes the box behind an upstream of the one in front; it is ready, and goes with the test. */
async function addUpstream(fields: Readonly<Record<string, unknown>> = {}): Promise<Carrier> {
  const form = { kind: 'upstream', url: back.url, key: back.key, idempotent: true, allowHost: true };
  const added = await front.admin('POST', '/carriers', { ...form, ...fields });
  const { id } = added.body as unknown as Carrier;
  onTestFinished(async () => {
    await front.admin('DELETE', `/carriers/${id}`);
  });
  await expect.poll(async () => (await carrierOf(front, id)).state).toBe('ready');
  return await carrierOf(front, id);
}

/** Registers the carrier's callback address at the box behind, and gives the carrier the secret. */
async function tellWhatHappens({ id, facts }: Carrier): Promise<void> {
  const url = `${front.url}${String(facts['callback'])}`;
  const events = ['dr.success', 'dr.failed', 'sms.failed', 'sms.received'];
  const hook = await back.admin('POST', '/webhooks', { url, events, allowHost: true });
  onTestFinished(async () => {
    await back.admin('DELETE', `/webhooks/${String(hook.body['id'])}`);
  });
  const change = { kind: 'upstream', webhookSecret: hook.body['secret'] };
  expect((await front.admin('PATCH', `/carriers/${id}`, change)).status).toBe(200);
  await expect.poll(async () => (await carrierOf(front, id)).state).toBe('ready');
}

const summaryOf = async (uuid: string) => (await front.api('GET', `/message/${uuid}`)).result['drSummary'];
const recipientsOf = async (uuid: string) =>
  (await front.api('GET', `/message/${uuid}/recipients`)).result['items'] as Record<string, unknown>[];
const oneOfEach = [
  { drStatus: 'success', count: 1 },
  { drStatus: 'failed', count: 1 },
];
const waiting = { timeout: 20_000 };

describe('a message, its delivery and a failure travel through both boxes', () => {
  test('with reports that are asked for', async () => {
    await addUpstream();
    const uuid = String((await front.send({ message: thai, recipients: [good, fails] })).result['uuid']);
    await expect.poll(() => summaryOf(uuid), waiting).toEqual(oneOfEach);
    expect(back.peek.all('SELECT text, origin, lane FROM message')).toEqual([
      { text: thai, origin: 'SEPSMS', lane: 2 },
      { text: thai, origin: 'SEPSMS', lane: 2 },
    ]);
    expect(await recipientsOf(uuid)).toEqual([
      expect.objectContaining({
        msisdn: good,
        drStatus: 'success',
        carrier: expect.stringMatching(/^Upstream/u),
        refunded: false,
      }),
      expect.objectContaining({ msisdn: fails, drStatus: 'failed', refunded: true }),
    ]);
  });

  test('with reports that are told', async () => {
    await tellWhatHappens(await addUpstream());
    const uuid = String((await front.send({ message: thai, recipients: [good, fails] })).result['uuid']);
    await expect.poll(() => summaryOf(uuid), waiting).toEqual(oneOfEach);
    const [, failed] = await recipientsOf(uuid);
    expect(failed).toMatchObject({ errorCode: expect.stringMatching(/\S/u), attempts: 1 });
    expect(front.peek.one('SELECT COUNT(*) AS n FROM orphan_report')).toEqual({ n: 0 });
  });

  test('a one-time code goes ahead of all else in both', async () => {
    await addUpstream();
    const sent = await front.sendOtp({ destination: good });
    const uuid = String(sent.result['uuid']);
    await expect.poll(() => summaryOf(uuid), waiting).toEqual([{ drStatus: 'success', count: 1 }]);
    const behind = back.peek.one<{ text: string; lane: number }>('SELECT text, lane FROM message ORDER BY id DESC');
    expect([behind.lane, /\d{6}/u.test(behind.text)]).toEqual([1, true]);
  });
});

test('a sender name that the box behind does not know says so where the message waits', async () => {
  await front.admin('POST', '/senders', { name: 'SHOP' });
  await addUpstream();
  const uuid = String((await front.send({ origin: 'SHOP', recipients: [good] })).result['uuid']);
  const message = async () => (await recipientsOf(uuid))[0];
  await expect.poll(message, waiting).toMatchObject({
    drStatus: 'pending',
    errorCode: 'sender.not_approved',
    errorMessage: expect.stringContaining('SHOP'),
  });
  await front.api('POST', `/message/${uuid}/cancel`);
});

test('credits that run out behind hold the message until there are some', async () => {
  const carrier = await addUpstream();
  const left = Number((await back.api('GET', '/message/credit/balance')).result['balance']);
  await back.admin('POST', '/credits', { amount: 1 - left });
  const uuid = String((await front.send({ message: thai, recipients: [good] })).result['uuid']);
  await expect
    .poll(() => carrierOf(front, carrier.id), waiting)
    .toMatchObject({ state: 'waiting', reason: expect.stringContaining('too few credits') });
  await back.admin('POST', '/credits', { amount: 100 });
  await expect.poll(() => summaryOf(uuid), waiting).toEqual([{ drStatus: 'success', count: 1 }]);
});

test('a text that comes in at the far end comes in here', async () => {
  await tellWhatHappens(await addUpstream());
  // What comes in behind comes from a third SEPSMS, by its own webhook.
  const secret = 'whsec_third';
  const third = await back.admin('POST', '/carriers', {
    kind: 'upstream',
    url: 'https://127.0.0.1:9',
    key: 'k',
    webhookSecret: secret,
  });
  onTestFinished(async () => {
    await back.admin('DELETE', `/carriers/${String(third.body['id'])}`);
  });
  const callback = String((third.body['facts'] as Record<string, unknown>)['callback']);
  const at = new Date(clock.now()).toISOString();
  const body = JSON.stringify({ uuid: 'x', from: '66899999999', to: '66800000000', text: 'ขอบคุณ', receivedAt: at });
  const seconds = Math.floor(clock.now() / 1000);
  const v1 = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  const headers = { 'x-webhook-event': 'sms.received', 'x-webhook-signature': `t=${seconds},v1=${v1}` };
  const told = async () => (await fetch(`${back.url}${callback}`, { method: 'POST', body, headers })).status;
  expect([await told(), await told()]).toEqual([200, 200]);
  const inbox = async () => (await front.api('GET', '/inbound')).result['items'];
  await expect.poll(inbox, waiting).toEqual([
    expect.objectContaining({
      from: '66899999999',
      to: '66800000000',
      text: 'ขอบคุณ',
      carrier: expect.stringMatching(/^Upstream/u),
    }),
  ]);
});
