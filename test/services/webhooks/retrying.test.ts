import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptDelays } from '../../../server/domain/webhook-schedule.ts';
import { WebhookSink, answer, verifiesFor } from '../../fakes/webhook-sink.ts';
import { WebhookRig } from './webhook-rig.ts';

let rig: WebhookRig;
let sink: WebhookSink;

beforeEach(async () => {
  rig = await WebhookRig.start();
  sink = await WebhookSink.start();
});

afterEach(async () => {
  await rig.close();
  await sink.close();
});

const tried = (times: number): Promise<void> => rig.until(() => rig.delivery().tries === times);

describe('retrying', () => {
  it('attempts on schedule with one id and a fresh signature, then gives up', async () => {
    sink.behave = () => answer(500, {}, 'broken');
    const { id, secret } = await rig.endpoint(sink.url);
    await rig.emit();
    await tried(1);
    for (const [index, delay] of attemptDelays.slice(1).entries()) {
      await rig.clock.advance(delay - 1);
      expect(sink.posts).toHaveLength(index + 1);
      await rig.clock.advance(1);
      await tried(index + 2);
      const post = sink.posts.at(-1);
      expect(post !== undefined && verifiesFor(secret, post, rig.clock.now())).toBe(true);
    }
    expect(rig.delivery()).toMatchObject({ state: 'failed', tries: 11 });
    expect(new Set(sink.posts.map((post) => post.headers['x-webhook-id'])).size).toBe(1);
    expect(new Set(sink.posts.map((post) => post.headers['x-webhook-signature'])).size).toBe(11);
    const { items } = await rig.log.deliveries(id, 10);
    expect(items[0]?.attempts).toHaveLength(11);
    expect(items[0]).toMatchObject({ state: 'failed', nextAt: null });
    expect(items[0]?.attempts[0]).toMatchObject({ status: 500, answer: 'broken', error: null });
  });

  it.each([
    ['redirect', answer(302, { location: 'http://127.0.0.1/elsewhere' })],
    ['cut connection', { kind: 'cut' } as const],
    ['client error', answer(404)],
  ])('counts a %s as a failure', async (_name, behaviour) => {
    sink.behave = (_post, index) => (index === 0 ? behaviour : answer(200));
    await rig.endpoint(sink.url);
    await rig.emit();
    await tried(1);
    expect(rig.delivery().state).toBe('pending');
    await rig.clock.advance(5000);
    await tried(2);
    expect(rig.delivery().state).toBe('delivered');
    expect(sink.posts.map((post) => post.path)).toEqual(['/hook', '/hook']);
  });

  it('gives a receiver that hangs 15 seconds', async () => {
    sink.behave = (_post, index) => (index === 0 ? { kind: 'hang' } : answer(204));
    const { id } = await rig.endpoint(sink.url);
    await rig.emit();
    await sink.arrivals(1);
    await rig.clock.advance(14_999);
    expect(rig.delivery().tries).toBe(0);
    await rig.clock.advance(1);
    await tried(1);
    const { items } = await rig.log.deliveries(id, 1);
    expect(items[0]?.attempts[0]).toMatchObject({ status: null, durationMs: 15_000 });
    expect(items[0]?.attempts[0]?.error).toContain('15000 ms');
    await rig.clock.advance(5000);
    await tried(2);
    expect(rig.delivery().state).toBe('delivered');
  });

  it.each([
    ['120', 120_000],
    ['999999', 24 * 3_600_000],
    ['1', 5000],
    ['Thu, 15 Jan 2026 03:10:00 GMT', 600_000],
  ])('honours Retry-After: %s', async (header, wait) => {
    sink.behave = (_post, index) => (index === 0 ? answer(503, { 'retry-after': header }) : answer(200));
    await rig.endpoint(sink.url);
    await rig.emit();
    await tried(1);
    await rig.clock.advance(wait - 1);
    expect(sink.posts).toHaveLength(1);
    await rig.clock.advance(1);
    await tried(2);
    expect(rig.delivery().state).toBe('delivered');
  });

  it('leaves a receiver that asked for time alone with every event, not only the one it answered', async () => {
    sink.behave = (_post, index) => (index === 0 ? answer(429, { 'retry-after': '60' }) : answer(200));
    await rig.endpoint(sink.url);
    await rig.emit();
    await tried(1);
    await rig.emit(3);
    await rig.clock.advance(59_000);
    expect(sink.posts).toHaveLength(1);
    await rig.clock.advance(1000);
    await rig.until(() => rig.deliveries().every((one) => one.state === 'delivered'));
    expect(sink.posts).toHaveLength(5);
  });

  it('notices within a minute that the wall clock was set forward', async () => {
    sink.behave = (_post, index) => (index < 5 ? answer(500) : answer(200));
    await rig.endpoint(sink.url);
    await rig.emit();
    await tried(1);
    for (const [index, delay] of attemptDelays.slice(1, 5).entries()) {
      await rig.clock.advance(delay);
      await tried(index + 2);
    }
    rig.clock.jump(3_600_000);
    await rig.clock.advance(60_000);
    await tried(6);
    expect(rig.delivery().state).toBe('delivered');
  });
});

describe('giving an endpoint up', () => {
  it('disables it on 410 and tells why; resuming brings it back', async () => {
    sink.behave = (_post, index) => (index === 0 ? answer(410) : answer(200));
    const { id } = await rig.endpoint(sink.url);
    await rig.emit();
    await rig.until(() => rig.delivery().state === 'failed');
    await rig.clock.advance(0);
    expect(rig.registry.get(id)).toMatchObject({ state: 'disabled' });
    expect(rig.registry.get(id).reason).toContain('410');
    expect(rig.registry.subscribers(1, 'sms.sent')).toEqual([]);
    await rig.emit();
    expect(rig.deliveries()).toHaveLength(1);
    await rig.registry.resume(id);
    expect(rig.registry.get(id)).toMatchObject({ state: 'active', reason: null });
    await rig.emit();
    await rig.until(() => rig.delivery(2).state === 'delivered');
  });

  it('disables it after five days without a success, and keeps that over a restart', async () => {
    sink.behave = () => answer(500);
    const { id } = await rig.endpoint(sink.url);
    await rig.emit();
    await tried(1);
    await rig.registry.pause(id);
    await rig.registry.resume(id);
    await rig.emit();
    await rig.until(() => rig.delivery(2).tries === 1);
    const failingSince = rig.registry.get(id).failingSince ?? 0;
    expect(failingSince).toBe(rig.clock.now());
    rig.clock.jump(5 * 24 * 3_600_000 - 1);
    await rig.emit();
    await rig.until(() => rig.delivery(3).tries === 1);
    await rig.clock.advance(0);
    expect(rig.registry.get(id)).toMatchObject({ state: 'active', failingSince });
    rig.clock.jump(1);
    await rig.emit();
    await rig.until(() => rig.delivery(4).tries === 1);
    await rig.clock.advance(0);
    expect(rig.registry.get(id)).toMatchObject({ state: 'disabled' });
    expect(rig.registry.get(id).reason).toContain('five days');
    rig = await rig.restart();
    expect(rig.registry.get(id)).toMatchObject({ state: 'disabled' });
  });

  it('counts the five days anew after a success', async () => {
    sink.behave = (_post, index) => answer(index === 1 ? 200 : 500);
    const { id } = await rig.endpoint(sink.url);
    await rig.emit();
    await tried(1);
    await rig.clock.advance(5000);
    await tried(2);
    await rig.clock.advance(0);
    expect(rig.registry.get(id).failingSince).toBeNull();
    rig.clock.jump(6 * 24 * 3_600_000);
    await rig.emit();
    await rig.until(() => rig.delivery(2).tries === 1);
    await rig.clock.advance(0);
    expect(rig.registry.get(id)).toMatchObject({ state: 'active', failingSince: rig.clock.now() });
  });
});
