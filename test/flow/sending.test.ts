import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { verifiesFor, WebhookSink, type ReceivedPost } from '../fakes/webhook-sink.ts';
import { FastClock } from './fast-clock.ts';

/** Numbers whose last two digits tell the simulated network what to do. */
const good = '66812345601';
const alsoGood = '66898765402';
const fails = '66812345699';
const secondTry = '66812345697';

const clock = new FastClock();
let box: HttpBox;
let sink: WebhookSink;
let secret: string;
let endpoint: number;

beforeAll(async () => {
  box = await runBox({ clock, credits: 100 });
  const carrier = await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
  expect(carrier.status).toBe(200);
});
beforeEach(async () => {
  sink = await WebhookSink.start();
  const added = await box.admin('POST', '/webhooks', { url: sink.url, events: 'all', allowHost: true });
  secret = String(added.body['secret']);
  endpoint = Number(added.body['id']);
});
afterEach(async () => {
  await box.admin('DELETE', `/webhooks/${endpoint}`);
  await sink.close();
});
afterAll(() => box.close());

const eventOf = (post: ReceivedPost) => String(post.headers['x-webhook-event']);
const postsOf = (event: string) => sink.posts.filter((post) => eventOf(post) === event);
const statusOf = (uuid: string) => box.api('GET', `/message/${uuid}`);

/** Sends, and settles once the customer has been told that the message is complete. */
async function sendAndComplete(fields: Readonly<Record<string, unknown>>): Promise<{ uuid: string; sent: Answer }> {
  const sent = await box.send(fields);
  expect(sent.status).toBe(200);
  while (postsOf('sms.completed').length === 0) await sink.arrivals(sink.posts.length + 1);
  return { uuid: String(sent.result['uuid']), sent };
}

async function balance(): Promise<number> {
  return Number((await box.api('GET', '/message/credit/balance')).result['balance']);
}

describe('from the API to the phone and back', () => {
  test('a message is sent, delivered, reported and told', async () => {
    const before = await balance();
    const { uuid } = await sendAndComplete({
      message: 'สวัสดีคุณลูกค้า รับส่วนลด 10% วันนี้',
      recipients: [good, alsoGood],
      clientRef: 'order 7',
    });
    const status = await statusOf(uuid);
    expect(status.result).toMatchObject({
      status: 'completed',
      drSummary: [{ drStatus: 'success', count: 2 }],
      refundedCount: 0,
      completedAt: expect.stringMatching(/Z$/u),
    });
    expect(await balance()).toBe(before - 2);
    const page = await box.api('GET', `/message/${uuid}/recipients`);
    const items = page.result['items'] as Record<string, unknown>[];
    for (const item of items) {
      expect(item).toMatchObject({ drStatus: 'success', carrier: 'Office', attempts: 1, refunded: false });
      expect(Date.parse(String(item['deliveredAt']))).toBeGreaterThanOrEqual(Date.parse(String(item['sentAt'])));
    }
    const told = postsOf('dr.success').map((post) => JSON.parse(post.body) as Record<string, unknown>);
    expect(told.toSorted((a, b) => String(a['msisdn']).localeCompare(String(b['msisdn'])))).toEqual(
      items.map((item) => ({
        smsUuid: uuid,
        msisdn: item['msisdn'],
        txId: item['txId'],
        status: 'success',
        clientRef: 'order 7',
      })),
    );
  });

  test('webhooks come signed, each event under its name, in the documented form', async () => {
    const { uuid } = await sendAndComplete({ recipients: [good] });
    await sink.arrivals(3);
    expect(sink.posts.map(eventOf).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'dr.success',
      'sms.completed',
      'sms.sent',
    ]);
    for (const post of sink.posts) {
      expect(post.method).toBe('POST');
      expect(post.headers['content-type']).toMatch(/^application\/json/u);
      expect(post.headers['x-webhook-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/u);
      expect(String(post.headers['x-webhook-signature'])).toContain(
        `t=${String(post.headers['x-webhook-timestamp'])},`,
      );
      expect(verifiesFor(secret, post, clock.now())).toBe(true);
      expect(verifiesFor(`${secret}x`, post, clock.now())).toBe(false);
    }
    const [delivered] = postsOf('dr.success');
    expect(Object.keys(JSON.parse(delivered?.body ?? '{}') as object)).toEqual(['smsUuid', 'msisdn', 'txId', 'status']);
    expect(JSON.parse(postsOf('sms.completed')[0]?.body ?? '{}')).toMatchObject({
      smsUuid: uuid,
      status: 'completed',
      totalMsisdn: 1,
      drSummary: [{ drStatus: 'success', count: 1 }],
      refundedCount: 0,
    });
  });

  test('a number that cannot be reached fails, is refunded and told as failed', async () => {
    const before = await balance();
    const { uuid } = await sendAndComplete({ recipients: [good, fails] });
    const status = await statusOf(uuid);
    expect(status.result).toMatchObject({
      status: 'completed',
      drSummary: [
        { drStatus: 'success', count: 1 },
        { drStatus: 'failed', count: 1 },
      ],
      refundedCount: 1,
    });
    expect(await balance()).toBe(before - 1);
    const failed = await box.api('GET', `/message/${uuid}/recipients?drStatus=failed`);
    expect(failed.result['items']).toMatchObject([{ msisdn: fails, refunded: true, deliveredAt: null }]);
    expect(postsOf('dr.failed').map((post) => JSON.parse(post.body) as unknown)).toMatchObject([
      { smsUuid: uuid, msisdn: fails, status: 'failed' },
    ]);
  });

  test('what the network refuses at first is tried again, and the timeline tells it all', async () => {
    const { uuid } = await sendAndComplete({ recipients: [secondTry] });
    const page = await box.api('GET', `/message/${uuid}/recipients`);
    const [item] = page.result['items'] as Record<string, unknown>[];
    // The network was out of order: that try is not counted against the message.
    expect(item).toMatchObject({ drStatus: 'success', attempts: 1, errorCode: null });
    const timeline = await box.admin('GET', `/messages/${uuid}/recipients/${String(item?.['txId'])}/timeline`);
    const steps = timeline.body['items'] as { kind: string; text: string; at: string }[];
    expect(steps.map((step) => step.kind).filter((kind) => kind !== 'webhook')).toEqual([
      'accepted',
      'handing',
      'retry',
      'handing',
      'handed',
      'report',
      'final',
    ]);
    expect(steps.map((step) => step.at)).toEqual(steps.map((step) => step.at).toSorted((a, b) => a.localeCompare(b)));
    expect(steps.find((step) => step.kind === 'handed')?.text).toMatch(/^Handed to Office with reference \d+\.$/u);
  });

  test('a long Thai text goes in parts and is delivered as one', async () => {
    const message = 'ข้อความภาษาไทยที่ยาวมากจนต้องแบ่งเป็นหลายส่วน '.repeat(4);
    const { uuid, sent } = await sendAndComplete({ recipients: [good], message });
    expect(sent.result['totalCredit']).toBe(3);
    expect((await statusOf(uuid)).result).toMatchObject({
      segments: 3,
      drSummary: [{ drStatus: 'success', count: 1 }],
    });
    const parts = box.peek.all<{ part: number; state: string }>(
      'SELECT s.part, s.state FROM submission s JOIN message m ON m.id = s.message_id WHERE m.uuid = ? ORDER BY s.id',
      uuid,
    );
    expect(parts).toEqual([1, 2, 3].map((part) => ({ part, state: 'reported' })));
  });

  test('a scheduled message goes out when its time has come, not before', async () => {
    const at = clock.now() + 20_000;
    const { uuid, sent } = await sendAndComplete({ recipients: [good], scheduledTime: new Date(at).toISOString() });
    expect(sent.result['status']).toBe('scheduled');
    const { handed } = box.peek.one<{ handed: number }>(
      'SELECT MIN(s.handed_at) AS handed FROM submission s JOIN message m ON m.id = s.message_id WHERE m.uuid = ?',
      uuid,
    );
    expect(handed).toBeGreaterThanOrEqual(at);
    expect(handed).toBeLessThan(at + 10_000);
  });

  test('a carrier taken out of work leaves messages waiting, with the reason; put back, they go', async () => {
    const carriers = await box.admin('GET', '/carriers');
    const [{ id } = { id: 0 }] = carriers.body['items'] as { id: number }[];
    expect((await box.admin('POST', `/carriers/${id}/disable`)).body).toMatchObject({ enabled: false });
    const sent = await box.send({ recipients: [good] });
    const uuid = String(sent.result['uuid']);
    const waiting = await box.admin('GET', `/messages/${uuid}`);
    expect(waiting.body).toMatchObject({
      status: 'pending',
      waiting: expect.stringMatching(/^Waiting: every carrier/u),
    });
    await box.admin('POST', `/carriers/${id}/enable`);
    while (postsOf('sms.completed').length === 0) await sink.arrivals(sink.posts.length + 1);
    expect((await statusOf(uuid)).result).toMatchObject({ drSummary: [{ drStatus: 'success', count: 1 }] });
  });

  test('the books add up in the end', () => {
    const { sum } = box.peek.one<{ sum: number }>('SELECT SUM(change) AS sum FROM ledger');
    expect(box.peek.one('SELECT balance FROM account WHERE id = 1')).toEqual({ balance: sum });
    expect(box.peek.one('SELECT COUNT(*) AS n FROM message WHERE open_count > 0')).toEqual({ n: 0 });
  });
});
