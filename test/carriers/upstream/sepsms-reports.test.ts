import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CarrierCall } from '../../../server/domain/carrier.ts';
import { answer } from '../../fakes/webhook-sink.ts';
import { boxId, call, phone, rig, submission, type UpstreamRig } from './rig.ts';
import { balance, json, refusal, sepsms, takenAnswer, uuid } from './sepsms-answers.ts';

const secret = 'whsec_abc';
const handed = { reference: uuid, msisdn: phone, origin: 'SHOP', handedAt: 0 };

describe('a report that is asked for', () => {
  const status = (drStatus: string, completedAt: string | null = '2026-01-15T10:35:00.000Z') =>
    json(200, { result: { uuid, status: 'completed', drSummary: [{ drStatus, count: 1 }], completedAt } });
  const recipients = json(200, {
    result: { items: [{ msisdn: phone, errorCode: 'absent', errorMessage: 'The phone is off.' }] },
  });

  async function asked(...answers: ReturnType<typeof json>[]): Promise<{ up: UpstreamRig; report: unknown }> {
    const up = await rig();
    up.sink.behave = sepsms(takenAnswer);
    await up.start();
    up.sink.behave = (_post, index) => answers[index - 1] ?? answer(500);
    return { up, report: await up.carrier.ask?.(handed) };
  }

  test('says that a message arrived, and when', async () => {
    const { up, report } = await asked(status('success'));
    expect(report).toEqual({
      reference: uuid,
      msisdn: phone,
      verdict: 'delivered',
      code: 'success',
      message: 'The upstream says success.',
      at: Date.UTC(2026, 0, 15, 10, 35),
    });
    expect(up.sink.posts.slice(1).map((post) => post.path)).toEqual([`/api/v2/message/${uuid}`]);
  });

  test.each([
    ['failed', 'failed'],
    ['expired', 'expired'],
    ['blocked', 'failed'],
    ['cancelled', 'failed'],
  ])('says that it did not: %s, and why', async (state, verdict) => {
    const { report } = await asked(status(state), recipients);
    expect(report).toMatchObject({ verdict, code: 'absent', message: 'The phone is off.' });
  });

  test('says so without a reason where none can be read', async () => {
    const { report } = await asked(status('failed', null), refusal(404, 'request.not_found'));
    expect(report).toMatchObject({ verdict: 'failed', code: 'failed', at: null });
  });

  test.each(['pending', 'sent', 'unknown', 'something new'])('is not there while it is %s', async (state) => {
    const { up, report } = await asked(status(state));
    expect(report).toBeNull();
    expect(up.carrier.status().state).toBe('ready');
  });

  test.each([
    ['a message that is not there', refusal(404, 'message.not_found'), 'ready'],
    ['a key that may not read', refusal(403, 'auth.insufficient_scope'), 'ready'],
    ['an answer that cannot be read', answer(200, {}, '{"result":'), 'ready'],
    ['a key that is not good', refusal(401, 'auth.invalid_credentials'), 'faulty'],
    ['a fault', refusal(500, 'internal.fault'), 'waiting'],
  ])('is not there for %s', async (_name, behaviour, state) => {
    const { up, report } = await asked(behaviour);
    expect(report).toBeNull();
    expect(up.carrier.status().state).toBe(state);
  });

  test('waits when they are asked for too often, and messages go on', async () => {
    const up = await rig();
    up.sink.behave = sepsms(takenAnswer);
    await up.start();
    up.sink.behave = (post) =>
      post.method === 'GET' ? refusal(429, 'rate_limit.exceeded', { 'retry-after': '30' }) : takenAnswer;
    for (let n = 0; n < 3; n += 1) expect(await up.carrier.ask?.(handed)).toBeNull();
    expect(up.sink.posts).toHaveLength(2);
    expect(await up.carrier.submit(submission())).toMatchObject({ kind: 'accepted' });
    await up.clock.advance(30_000);
    await up.carrier.ask?.(handed);
    expect(up.sink.posts).toHaveLength(4);
  });

  test('is asked for soon where nobody calls, late where the other side does', async () => {
    expect((await rig()).carrier.asking).toEqual({ afterMs: 10_000, everyMs: 15_000 });
    expect((await rig({ webhookSecret: secret })).carrier.asking).toEqual({ afterMs: 900_000, everyMs: 900_000 });
  });
});

describe('a webhook', () => {
  const event = (name: string, body: unknown, options: { key?: string; at?: number; extra?: string } = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const seconds = Math.floor((options.at ?? Date.UTC(2026, 0, 15, 3)) / 1000);
    const hmac = createHmac('sha256', options.key ?? secret)
      .update(`${seconds}.${text}`)
      .digest('hex');
    const signature = `t=${seconds},${options.extra ?? ''}v1=${hmac}`;
    return call(text, { 'x-webhook-event': name, 'x-webhook-signature': signature });
  };
  const delivered = { smsUuid: uuid, msisdn: phone, txId: 'x', status: 'success', clientRef: `${boxId}-1-abc` };

  async function told(request: CarrierCall, config: Readonly<Record<string, unknown>> = { webhookSecret: secret }) {
    const up = await rig(config);
    const given = await up.carrier.callback?.(request);
    return { up, status: given?.status, problem: up.carrier.status().facts['callbackProblem'] };
  }

  test('tells a delivery', async () => {
    const { up, status, problem } = await told(event('dr.success', delivered));
    expect([status, problem]).toEqual([200, null]);
    expect(up.reports).toEqual([
      {
        reference: uuid,
        msisdn: phone,
        verdict: 'delivered',
        code: 'success',
        message: 'The upstream says success.',
        at: null,
      },
    ]);
  });

  test.each([
    ['dr.failed', 'failed', 'absent', 'failed', 'absent'],
    ['dr.failed', 'expired', undefined, 'expired', 'expired'],
    ['sms.failed', 'failed', 'modem.refused', 'failed', 'modem.refused'],
    ['sms.failed', 'expired', undefined, 'expired', 'expired'],
    ['sms.failed', 'blocked', undefined, 'failed', 'blocked'],
  ])('tells a failure: %s, %s', async (name, status, errorCode, verdict, code) => {
    const { up } = await told(event(name, { ...delivered, status, errorCode }));
    expect(up.reports).toMatchObject([{ reference: uuid, verdict, code }]);
  });

  test('without a clientRef, as the cloud may send it, is taken too', async () => {
    const { clientRef: _none, ...cloud } = delivered;
    expect((await told(event('dr.success', cloud))).up.reports).toHaveLength(1);
  });

  test('tells a received text', async () => {
    const text = {
      uuid,
      from: '66899999999',
      to: '66800000000',
      text: 'ขอบคุณ',
      receivedAt: '2026-01-15T03:00:00.000Z',
    };
    const { up } = await told(event('sms.received', text));
    expect(up.inbound).toEqual([
      {
        from: '66899999999',
        to: '66800000000',
        text: 'ขอบคุณ',
        sentAt: Date.UTC(2026, 0, 15, 3),
        concat: null,
        raw: uuid,
      },
    ]);
  });

  test.each([
    ['of another sender’s message', event('dr.success', { ...delivered, clientRef: 'order 7' })],
    ['of no interest', event('sms.completed', { smsUuid: uuid })],
    ['of another form', event('dr.success', '[]')],
    ['that is no JSON', event('dr.success', 'hello')],
  ])('%s is taken and changes nothing', async (_name, request) => {
    const { up, status } = await told(request);
    expect([status, up.reports, up.inbound]).toEqual([200, [], []]);
  });

  test('may be signed by one of two secrets, as it is while they change', async () => {
    const { status } = await told(event('dr.success', delivered, { extra: `v1=${'0'.repeat(64)},` }));
    expect(status).toBe(200);
  });

  const unsigned = call(JSON.stringify(delivered), { 'x-webhook-event': 'dr.success' });
  test.each([
    ['signed by another', event('dr.success', delivered, { key: 'whsec_abd' }), 'wrong signature'],
    ['of an hour ago', event('dr.success', delivered, { at: Date.UTC(2026, 0, 15, 2) }), 'Set the clocks'],
    ['without a signature', unsigned, 'without a signature'],
  ])('%s is not found, and the carrier says why', async (_name, request, words) => {
    const { up, status, problem } = await told(request);
    expect([status, up.reports]).toEqual([404, []]);
    expect(problem).toContain(words);
  });

  test('is not taken by a carrier without the secret', async () => {
    const { status, problem } = await told(event('dr.success', delivered), {});
    expect([status, problem]).toEqual([404, expect.stringContaining('Set the secret')]);
  });

  test('is answered well only when what it tells is stored', async () => {
    const up = await rig({ webhookSecret: secret });
    up.onReport = () => Promise.reject(new Error('the disk is full'));
    expect(await up.carrier.callback?.(event('dr.success', delivered))).toMatchObject({ status: 503 });
  });
});

describe('the account over there', () => {
  test('shows its balance, and is looked at every five minutes', async () => {
    const up = await rig({ publicUrl: 'https://sms.example/' });
    up.sink.behave = sepsms(takenAnswer);
    await up.start();
    expect(up.carrier.status().facts).toMatchObject({
      provider: 'SEPSMS',
      balance: 18_420,
      callback: 'https://sms.example/api/callbacks/3/secret',
    });
    up.sink.behave = () => json(200, { result: { balance: 7 } });
    await up.pass(5 * 60_000, 1);
    await up.carrier.operate?.({ kind: 'probe' });
    expect(up.carrier.status().facts['balance']).toBe(7);
  });

  test('without credits may be one that needs none; refused for want of them, it waits until there are some', async () => {
    const up = await rig();
    const empty = json(200, { result: { balance: 0 } });
    up.sink.behave = (post) => (post.method === 'GET' ? empty : refusal(402, 'credit.insufficient'));
    await up.start();
    expect(up.carrier.status()).toMatchObject({ state: 'ready', facts: { balance: 0 } });
    await up.carrier.submit(submission());
    expect(up.carrier.status()).toMatchObject({ state: 'waiting', reason: expect.stringContaining('too few credits') });
    expect(await up.carrier.operate?.({ kind: 'probe' })).toMatchObject({
      ok: false,
      text: expect.stringContaining('no credits'),
    });
    up.sink.behave = () => balance;
    await up.pass(60_000, 1);
    await up.state((state) => state === 'ready');
  });

  test('may be used with a key that may not see the balance', async () => {
    const up = await rig();
    up.sink.behave = () => refusal(403, 'auth.insufficient_scope');
    await up.start();
    expect(up.carrier.status()).toMatchObject({ state: 'ready', facts: { balance: null } });
    expect(await up.carrier.operate?.({ kind: 'probe' })).toMatchObject({ ok: true, text: 'The provider answers.' });
    expect(await up.carrier.operate?.({ kind: 'balance' })).toMatchObject({ ok: false });
  });

  test('is looked at on a person’s word', async () => {
    const up = await rig();
    up.sink.behave = sepsms(takenAnswer);
    await up.start();
    expect(await up.carrier.operate?.({ kind: 'balance' })).toMatchObject({
      ok: true,
      text: 'The provider answers. Balance: 18420 credits.',
    });
    up.sink.behave = () => refusal(401, 'auth.invalid_credentials');
    expect(await up.carrier.operate?.({ kind: 'probe' })).toMatchObject({
      ok: false,
      text: expect.stringContaining('does not accept the key'),
    });
    await expect(up.carrier.operate?.({ kind: 'at', line: 'AT' })).rejects.toMatchObject({
      code: 'carrier.command_unsupported',
    });
  });
});
