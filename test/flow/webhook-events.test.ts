import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemMachine } from '../../server/carriers/modem/serial/system-machine.ts';
import { SimulatedModem } from '../../server/carriers/simulator/simulated-modem.ts';
import { webhookEvents } from '../../server/contract/webhook-events.ts';
import { eventNames, type EventName } from '../../server/domain/events.ts';
import { systemRandom } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { runBox, type HttpBox } from '../fakes/box.ts';
import { bridge, openPtyPair, whyNoPty, type PtyPair } from '../fakes/pty.ts';
import { verifiesFor, WebhookSink, type ReceivedPost } from '../fakes/webhook-sink.ts';

const good = '66812345601';
const unreachable = '66812345699';
const noPty = whyNoPty();
if (noPty !== null) console.info(`skipped: every event from the outside: ${noPty}`);

type Body = Readonly<Record<string, unknown>>;
const eventOf = (post: ReceivedPost) => String(post.headers['x-webhook-event']);
const bodyOf = (post: ReceivedPost) => JSON.parse(post.body) as Body;

describe.skipIf(noPty !== null)('every event, seen by the customer', { timeout: 20_000 }, () => {
  const modem = new SimulatedModem({
    clock: systemClock,
    random: systemRandom,
    profile: { partMs: 4, reportAfterMs: 15, bootMs: 20 },
  });
  let pair: PtyPair;
  let box: HttpBox;
  let sink: WebhookSink;
  let secret: string;

  beforeAll(async () => {
    pair = openPtyPair();
    modem.plug();
    bridge(modem, pair.master);
    sink = await WebhookSink.start();
    box = await runBox({ credits: 100, machine: systemMachine(systemClock) });
    const added = await box.admin('POST', '/webhooks', { url: sink.url, events: 'all', allowHost: true });
    secret = String(added.body['secret']);
    await box.admin('POST', '/carriers', { kind: 'modem', name: 'Stick', path: pair.slavePath });
  });
  afterAll(async () => {
    await box.close();
    modem.stop();
    pair.close();
    await sink.close();
  });

  /** Bodies told of one event since the `from`th post, once there is one. */
  async function told(name: EventName, from: number): Promise<readonly Body[]> {
    for (;;) {
      const bodies = sink.posts
        .slice(from)
        .filter((post) => eventOf(post) === name)
        .map(bodyOf);
      if (bodies.length > 0) return bodies;
      await sink.arrivals(sink.posts.length + 1);
    }
  }

  /** Sends to numbers and waits until the message is complete. */
  async function sendTo(...recipients: readonly string[]): Promise<{ uuid: string; from: number }> {
    const from = sink.posts.length;
    const sent = await box.send({ recipients, clientRef: 'order 7' });
    await told('sms.completed', from);
    return { uuid: String(sent.result['uuid']), from };
  }

  async function recipientFact(uuid: string): Promise<Body> {
    const page = await box.api('GET', `/message/${uuid}/recipients`);
    const [item] = page.result['items'] as Body[];
    return { smsUuid: uuid, msisdn: item?.['msisdn'], txId: item?.['txId'], clientRef: 'order 7' };
  }

  test('sms.sent, dr.success and sms.completed: taken by the modem, on the phone, over', async () => {
    const { uuid, from } = await sendTo(good);
    const fact = await recipientFact(uuid);
    expect(await told('sms.sent', from)).toEqual([{ ...fact, status: 'sent' }]);
    expect(await told('dr.success', from)).toEqual([{ ...fact, status: 'success' }]);
    const summary = [{ drStatus: 'success', count: 1 }];
    expect(await told('sms.completed', from)).toEqual([
      {
        smsUuid: uuid,
        status: 'completed',
        totalMsisdn: 1,
        drSummary: summary,
        refundedCount: 0,
        clientRef: 'order 7',
      },
    ]);
  });

  test('dr.failed: the network reports that the phone cannot be reached', async () => {
    const { uuid, from } = await sendTo(unreachable);
    const fact = await recipientFact(uuid);
    expect(await told('dr.failed', from)).toEqual([
      { ...fact, status: 'failed', errorCode: expect.stringContaining('0x43') },
    ]);
    expect(await told('sms.completed', from)).toMatchObject([{ status: 'completed', refundedCount: 1 }]);
  });

  test('sms.failed: the network does not take it', async () => {
    modem.faults.cmsError = { code: 1, count: 1 };
    const { uuid, from } = await sendTo(good);
    const fact = await recipientFact(uuid);
    expect(await told('sms.failed', from)).toEqual([{ ...fact, status: 'failed', errorCode: expect.any(String) }]);
    expect(await told('sms.completed', from)).toMatchObject([{ smsUuid: uuid, status: 'failed', refundedCount: 1 }]);
  });

  test('sms.received: a text came in', async () => {
    const from = sink.posts.length;
    modem.receive({ from: good, text: 'ขอบคุณครับ 😀' });
    expect(await told('sms.received', from)).toMatchObject([{ from: good, text: 'ขอบคุณครับ 😀' }]);
  });

  test('credit.low: sending took the balance below the threshold; not told a second time', async () => {
    const { balance } = (await box.api('GET', '/message/credit/balance')).result;
    const threshold = Number(balance);
    await box.admin('PATCH', '/accounts/Main', { lowCreditThreshold: threshold });
    const { from } = await sendTo(good);
    await sendTo(good);
    expect(await told('credit.low', from)).toEqual([{ account: 'Main', balance: threshold - 1, threshold }]);
  });

  test('order.completed: ordered credits were added', async () => {
    const from = sink.posts.length;
    const order = await box.admin('POST', '/orders', { credits: 500, note: 'invoice 7' });
    const done = await box.admin('POST', `/orders/${String(order.body['id'])}/complete`);
    expect(await told('order.completed', from)).toEqual([
      {
        orderId: order.body['id'],
        account: 'Main',
        credits: 500,
        balance: done.body['balance'],
        completedAt: done.body['decidedAt'],
      },
    ]);
    expect((await box.api('GET', '/message/credit/balance')).result['balance']).toBe(done.body['balance']);
  });

  test('otp.verified: the code was entered rightly; the code itself is not told', async () => {
    const from = sink.posts.length;
    const before = modem.sentCount;
    const sent = await box.api('POST', '/otp/send', { destination: good, origin: 'SEPSMS', template: 'Code {code}' });
    expect(sent.status).toBe(200);
    await told('dr.success', from);
    const [, pin = ''] = /^Code (\d{6})$/u.exec(modem.sent.slice(before)[0]?.text ?? '') ?? [];
    const { reference, uuid } = sent.result;
    expect((await box.api('POST', '/otp/verify', { reference, pin })).status).toBe(200);
    const [body] = await told('otp.verified', from);
    expect(body).toMatchObject({ smsUuid: uuid, msisdn: good, reference, status: 'verified' });
    expect(pin).toMatch(/^\d{6}$/u);
    expect(sink.posts.slice(from).some((post) => post.body.includes(`"${pin}"`))).toBe(false);
  });

  test('each body that was posted is as documented, nothing more and nothing less, and signed', () => {
    const names = new Set<string>();
    for (const post of sink.posts) {
      const name = eventNames.find((each) => each === eventOf(post));
      if (name === undefined) throw new Error(`${eventOf(post)} is no event`);
      names.add(name);
      expect(webhookEvents[name].body.strict().safeParse(bodyOf(post)), post.body).toMatchObject({ success: true });
      expect(verifiesFor(secret, post, Date.now())).toBe(true);
    }
    expect(names).toEqual(new Set(eventNames));
  });
});
