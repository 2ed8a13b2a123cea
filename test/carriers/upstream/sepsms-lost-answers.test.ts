import { describe, expect, test } from 'vitest';
import { rig, submission, type UpstreamRig } from './rig.ts';
import { json, refusal, sepsms, takenAnswer, uuid } from './sepsms-answers.ts';

const accepted = { kind: 'accepted', reference: uuid };

/** A carrier whose first message was answered by silence. */
async function inDoubt(): Promise<{ up: UpstreamRig; sent: ReturnType<typeof submission> }> {
  const up = await rig({ idempotent: true });
  up.sink.behave = sepsms({ kind: 'hang' });
  await up.start();
  const sent = submission();
  const handed = up.carrier.submit(sent);
  await up.sink.arrivals(2);
  await up.clock.advance(30_000);
  expect(await handed).toMatchObject({ kind: 'uncertain', code: 'upstream.no_answer' });
  expect(up.carrier.status()).toMatchObject({ state: 'waiting', reason: expect.stringContaining('30 s') });
  await up.pass(5_000, 1);
  await up.state((state) => state === 'ready');
  return { up, sent };
}

describe('an answer that was lost', () => {
  test('is asked for by sending the same to the letter under the same key', async () => {
    const { up, sent } = await inDoubt();
    up.sink.behave = sepsms(takenAnswer);
    expect(await up.carrier.query?.(sent)).toEqual(accepted);
    const posts = up.sink.posts.filter((post) => post.method === 'POST');
    expect(posts.map(({ body, headers }) => [body, headers['idempotency-key']])).toEqual([
      [posts[0]?.body, posts[0]?.headers['idempotency-key']],
      [posts[0]?.body, posts[0]?.headers['idempotency-key']],
    ]);
  });

  test.each([
    ['while the first is still at work', refusal(409, 'idempotency.in_progress')],
    ['at a fault', refusal(500, 'internal.fault')],
    ['at a limit', refusal(429, 'rate_limit.exceeded')],
    ['without the right key', refusal(401, 'auth.invalid_credentials')],
    ['by silence', { kind: 'cut' as const }],
  ])('stays lost %s', async (_name, behaviour) => {
    const { up, sent } = await inDoubt();
    up.sink.behave = sepsms(behaviour);
    expect(await up.carrier.query?.(sent)).toMatchObject({ kind: 'uncertain' });
  });

  test.each([
    ['message.too_long', 422, 'rejected'],
    ['credit.insufficient', 402, 'retry'],
    ['sender.not_approved', 422, 'retry'],
  ])('is known not to have been a success when the same is refused: %s', async (code, status, kind) => {
    const { up, sent } = await inDoubt();
    up.sink.behave = sepsms(refusal(status, code));
    expect(await up.carrier.query?.(sent)).toMatchObject({ kind, code });
  });

  test('is only looked for when the message is not worth sending any more', async () => {
    const { up, sent } = await inDoubt();
    await up.clock.advance(sent.expiresAt - up.clock.now());
    const found = (items: unknown[]) => json(200, { result: { items, nextCursor: null } });
    const reference = String(JSON.parse(up.sink.posts[1]?.body ?? '{}').clientRef);
    const asked = async (items: unknown[]) => {
      up.sink.behave = sepsms((post) => (post.method === 'GET' ? found(items) : takenAnswer));
      return await up.carrier.query?.(sent);
    };
    expect(await asked([{ uuid, clientRef: reference }])).toEqual(accepted);
    expect(await asked([])).toMatchObject({ kind: 'retry', code: 'upstream.not_taken', carrierFault: true });
    // A list that does not know the filter proves nothing.
    expect(await asked([{ uuid, clientRef: 'another' }])).toMatchObject({ kind: 'uncertain' });
    await up.clock.advance(24 * 3_600_000);
    await up.state((state) => state === 'ready');
    expect(await asked([])).toMatchObject({ kind: 'uncertain' });
    expect(up.sink.posts.filter((post) => post.method === 'POST')).toHaveLength(1);
    expect(up.sink.posts.some((post) => post.path === `/api/v2/message?clientRef=${reference}`)).toBe(true);
  });

  test('is not asked for where the other side does not know keys', async () => {
    const up = await rig({ idempotent: false });
    expect(typeof up.carrier.query).toBe('undefined');
  });
});

test('a connection that is refused leaves no doubt', async () => {
  const up = await rig();
  up.sink.behave = sepsms(takenAnswer);
  await up.start();
  await up.sink.close();
  expect(await up.carrier.submit(submission())).toMatchObject({ kind: 'retry', carrierFault: true });
  expect(up.carrier.status()).toMatchObject({ state: 'waiting', reason: expect.stringContaining('refused') });
});

test('stopping breaks off what does not end, and does not claim to know what became of it', async () => {
  const up = await rig({ idempotent: true });
  up.sink.behave = sepsms({ kind: 'hang' });
  await up.start();
  const handed = up.carrier.submit(submission());
  await up.sink.arrivals(2);
  const stopped = up.carrier.stop();
  await up.clock.advance(4_000);
  await stopped;
  expect(await handed).toMatchObject({ kind: 'uncertain' });
  expect(up.carrier.status().state).toBe('stopped');
  expect(await up.carrier.submit(submission())).toMatchObject({ kind: 'retry', carrierFault: true });
});
