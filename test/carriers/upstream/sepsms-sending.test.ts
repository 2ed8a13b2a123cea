import { describe, expect, test } from 'vitest';
import { answer, type Behaviour } from '../../fakes/webhook-sink.ts';
import { boxId, phone, rig, submission, type UpstreamRig } from './rig.ts';
import { json, refusal, sepsms, takenAnswer, uuid } from './sepsms-answers.ts';

/** A carrier that is ready, at a SEPSMS that meets every message like this. */
async function ready(send: Behaviour, config: Readonly<Record<string, unknown>> = {}, path = ''): Promise<UpstreamRig> {
  const up = await rig(config, path);
  up.sink.behave = sepsms(send);
  await up.start();
  expect(up.carrier.status().state).toBe('ready');
  return up;
}

const bodyOf = (text: string | undefined) => JSON.parse(text ?? '') as Record<string, unknown>;

describe('a message to another SEPSMS', () => {
  test('goes out whole, with a reference and a key of this box, and is known by the uuid of the answer', async () => {
    const { sink, carrier } = await ready(takenAnswer);
    const sent = submission({ id: 41, lane: 'otp' });
    expect(await carrier.submit(sent)).toEqual({ kind: 'accepted', reference: uuid });
    const [, post] = sink.posts;
    expect(post?.path).toBe('/api/v2/message/send');
    expect(post?.headers).toMatchObject({ 'x-api-key': 'sk_sep_1', 'user-agent': 'SEPSMS-Box/test' });
    const body = bodyOf(post?.body);
    expect(body).toEqual({
      origin: 'SHOP',
      message: sent.text,
      recipients: [phone],
      scheduledTime: null,
      clientRef: expect.stringMatching(new RegExp(`^${boxId}-41-[0-9a-f]{12}$`, 'u')),
      validityMinutes: 60,
      priority: 'high',
    });
    expect(post?.headers['idempotency-key']).toBe(body['clientRef']);
  });

  test('has the carrier’s own sender name where there is one; the address may name the API or not', async () => {
    const { carrier, sink } = await ready(takenAnswer, { origin: 'BOX' }, '/api/v2/');
    await carrier.submit(submission());
    expect(sink.posts[1]?.path).toBe('/api/v2/message/send');
    expect(bodyOf(sink.posts[1]?.body)).toMatchObject({ origin: 'BOX', priority: 'normal' });
  });

  test('goes again under another key when a restored backup gives its number to another text', async () => {
    const { sink, carrier } = await ready(takenAnswer);
    for (const text of ['one', 'two', 'one']) await carrier.submit(submission({ id: 5, text }));
    const [first, second, third] = sink.posts.slice(1).map((post) => post.headers['idempotency-key']);
    expect(second).not.toBe(first);
    expect(third).toBe(first);
  });

  test('takes no more at once than its window', async () => {
    const held = Promise.withResolvers<void>();
    const body = takenAnswer.kind === 'answer' ? takenAnswer : { kind: 'answer' as const, status: 200 };
    const { carrier, sink } = await ready({ ...body, after: held.promise }, { window: 3 });
    const handed = [1, 2, 3].map(() => carrier.submit(submission()));
    await sink.arrivals(4);
    expect(carrier.room()).toBe(0);
    expect(await carrier.submit(submission())).toMatchObject({ kind: 'retry', code: 'upstream.busy' });
    held.resolve();
    expect(await Promise.all(handed)).toHaveLength(3);
    expect([carrier.room(), sink.mostOpen]).toEqual([3, 3]);
  });
});

interface Case {
  readonly answers: Behaviour;
  readonly outcome: Readonly<Record<string, unknown>>;
  readonly state: string;
  readonly reason?: string;
  readonly code?: string;
}

const cases: Readonly<Record<string, Case>> = {
  'a key that is not good': {
    answers: refusal(401, 'auth.invalid_credentials'),
    outcome: { kind: 'retry', carrierFault: true, code: 'auth.invalid_credentials' },
    state: 'faulty',
    reason: 'does not accept the key',
    code: 'upstream.unauthorised',
  },
  'a key without the scope': {
    answers: refusal(403, 'auth.insufficient_scope'),
    outcome: { kind: 'retry', carrierFault: true },
    state: 'faulty',
    reason: 'lacks a scope',
    code: 'upstream.scope',
  },
  'an address that is not let in': {
    answers: refusal(403, 'auth.ip_not_allowed'),
    outcome: { kind: 'retry', carrierFault: true },
    state: 'faulty',
    reason: 'from its address',
    code: 'upstream.not_let_in',
  },
  'no credits': {
    answers: refusal(402, 'credit.insufficient'),
    outcome: { kind: 'retry', carrierFault: true, code: 'credit.insufficient' },
    state: 'waiting',
    reason: 'too few credits',
    code: 'upstream.no_credit',
  },
  'too many requests': {
    answers: refusal(429, 'rate_limit.exceeded', { 'retry-after': '7' }),
    outcome: { kind: 'retry', carrierFault: true, afterMs: 7_000 },
    state: 'waiting',
    reason: 'going on in 7 s',
    code: 'upstream.limit',
  },
  'a text that will never be taken': {
    answers: refusal(422, 'message.too_long'),
    outcome: { kind: 'rejected', code: 'message.too_long', message: 'because of message.too_long' },
    state: 'ready',
  },
  'a request of the wrong form': {
    answers: refusal(400, 'validation.failed'),
    outcome: { kind: 'rejected', code: 'validation.failed' },
    state: 'ready',
  },
  'a number on the blocklist there': {
    answers: json(200, { result: { uuid, totalMsisdn: 1, totalCredit: 0, blockedCount: 1, status: 'pending' } }),
    outcome: { kind: 'rejected', code: 'upstream.blocked' },
    state: 'ready',
  },
  'a sender name that is not approved there': {
    answers: refusal(422, 'sender.not_approved'),
    outcome: { kind: 'retry', carrierFault: false, code: 'sender.not_approved' },
    state: 'ready',
  },
  'a fault that it owns up to': {
    answers: refusal(503, 'store.unavailable'),
    outcome: { kind: 'retry', carrierFault: true, code: 'store.unavailable' },
    state: 'waiting',
    reason: 'HTTP 503',
    code: 'upstream.fault',
  },
  'a gateway that has nobody behind it': {
    answers: answer(503, {}, '<html>no healthy upstream'),
    outcome: { kind: 'retry', carrierFault: true, code: 'http.503' },
    state: 'waiting',
  },
  'a gateway that gave up waiting': {
    answers: answer(504, {}, '<html>Gateway Time-out'),
    outcome: { kind: 'uncertain', code: 'http.504' },
    state: 'waiting',
  },
  'a path that is not there': {
    answers: refusal(404, 'request.not_found'),
    outcome: { kind: 'retry', carrierFault: true },
    state: 'faulty',
    reason: 'not as SEPSMS v2 does',
  },
  'a page of something else': {
    answers: answer(404, {}, 'not here'),
    outcome: { kind: 'retry', carrierFault: true },
    state: 'faulty',
    reason: 'not as SEPSMS v2 does',
  },
  'a redirect': {
    answers: answer(308, { location: 'https://elsewhere.example/' }),
    outcome: { kind: 'retry', carrierFault: true },
    state: 'faulty',
    reason: 'redirect',
  },
  'a success that cannot be read': {
    answers: answer(200, {}, '<html>Welcome to the hotel'),
    outcome: { kind: 'uncertain', code: 'upstream.unreadable' },
    state: 'ready',
  },
  'a cut connection': {
    answers: { kind: 'cut' },
    outcome: { kind: 'uncertain', code: 'upstream.no_answer' },
    state: 'waiting',
    reason: 'cannot be reached',
  },
};

test.each(Object.entries(cases))(
  '%s is told from all else',
  async (_name, { answers, outcome, state, reason = '', code }) => {
    const { carrier } = await ready(answers);
    expect(await carrier.submit(submission())).toMatchObject(outcome);
    expect(carrier.status()).toMatchObject({ state, reason: expect.stringContaining(reason) });
    if (code !== undefined) expect(carrier.status().cause?.code).toBe(code);
    expect(carrier.room() > 0).toBe(state === 'ready');
  },
);

test('a limit that is used up holds the next message before it is refused', async () => {
  const last = { ...takenAnswer, headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' } } as Behaviour;
  const { carrier, clock } = await ready(last);
  expect(await carrier.submit(submission())).toMatchObject({ kind: 'accepted' });
  expect([carrier.status().state, carrier.room()]).toEqual(['waiting', 0]);
  await clock.advance(29_000);
  expect(carrier.room()).toBe(0);
  await clock.advance(1_000);
  expect([carrier.status().state, carrier.room()]).toEqual(['ready', 8]);
});

describe('a sender name that is not approved there', () => {
  test('is asked about again after five minutes; other names go on', async () => {
    const { carrier, sink, clock } = await ready(refusal(422, 'sender.not_approved'));
    expect(await carrier.submit(submission())).toMatchObject({ message: expect.stringContaining('sender name SHOP') });
    expect(await carrier.submit(submission())).toMatchObject({ kind: 'retry', code: 'sender.not_approved' });
    expect(sink.posts).toHaveLength(2);
    sink.behave = sepsms(takenAnswer);
    expect(await carrier.submit(submission({ origin: 'OTHER' }))).toMatchObject({ kind: 'accepted' });
    await clock.advance(5 * 60_000);
    expect(await carrier.submit(submission())).toMatchObject({ kind: 'accepted' });
  });

  test('puts the carrier out of service when it is the carrier’s own', async () => {
    const { carrier } = await ready(refusal(422, 'sender.not_approved'), { origin: 'BOX' });
    expect(await carrier.submit(submission())).toMatchObject({ kind: 'retry', carrierFault: true });
    expect(carrier.status()).toMatchObject({ state: 'faulty', reason: expect.stringContaining('sender name BOX') });
  });
});
