import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const allDelivered = (): boolean => rig.deliveries().every((one) => one.state === 'delivered');

describe('delivering an event', () => {
  it('posts the exact body, signed so that the customer can verify it', async () => {
    const { secret } = await rig.endpoint(`${sink.url}?tenant=7`);
    await rig.emit();
    await sink.arrivals(1);
    const [post] = sink.posts;
    if (post === undefined) throw new Error('no post');
    expect(post).toMatchObject({ method: 'POST', path: '/hook?tenant=7', body: '{"txId":"ไทย-0","status":"sent"}' });
    expect(post.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'SEPSMS-Box/test',
      'x-webhook-event': 'sms.sent',
      'x-webhook-timestamp': String(Math.floor(rig.clock.now() / 1000)),
    });
    expect(post.headers['x-webhook-id']).toMatch(/^evt_[0-9a-f]{16}$/);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9_-]{43}$/);
    expect(verifiesFor(secret, post, rig.clock.now())).toBe(true);
    expect(verifiesFor(`${secret}x`, post, rig.clock.now())).toBe(false);
    expect(verifiesFor(secret, { ...post, body: post.body.replace('sent', 'failed') }, rig.clock.now())).toBe(false);
    await rig.until(allDelivered);
    expect(rig.delivery()).toMatchObject({ state: 'delivered', tries: 1 });
  });

  it('tells only the events that the endpoint chose, and only its own account', async () => {
    const chosen = await rig.endpoint(sink.url, ['dr.failed']);
    await rig.emit(1, 'sms.sent');
    await rig.emit(1, 'dr.failed');
    await sink.arrivals(1);
    expect(sink.posts.map((post) => post.headers['x-webhook-event'])).toEqual(['dr.failed']);
    expect(rig.deliveries()).toHaveLength(1);
    expect(rig.registry.subscribers(1, 'dr.failed')).toEqual([chosen.id]);
    expect(rig.registry.subscribers(2, 'dr.failed')).toEqual([]);
  });

  it('delivers a backlog larger than its window once each, with a bounded number in flight', async () => {
    await rig.endpoint(sink.url);
    await rig.emit(700);
    await rig.until(allDelivered);
    expect(sink.posts).toHaveLength(700);
    expect(new Set(sink.posts.map((post) => post.headers['x-webhook-id'])).size).toBe(700);
    expect(sink.mostOpen).toBeLessThanOrEqual(8);
    expect(sink.connections).toBeLessThanOrEqual(16);
  });

  it('collects for a paused endpoint and posts when it is resumed', async () => {
    const { id } = await rig.endpoint(sink.url);
    await rig.registry.pause(id);
    await rig.emit(3);
    expect(rig.deliveries().map((one) => one.state)).toEqual(['pending', 'pending', 'pending']);
    expect(sink.posts).toHaveLength(0);
    await rig.registry.resume(id);
    await rig.until(allDelivered);
    expect(sink.posts).toHaveLength(3);
  });

  it('gives up what waits for an endpoint that is removed', async () => {
    sink.behave = () => answer(500);
    const { id } = await rig.endpoint(sink.url);
    await rig.emit(2);
    await rig.until(() => rig.deliveries().every((one) => one.tries === 1));
    await rig.registry.remove(id);
    expect(rig.deliveries().map((one) => one.state)).toEqual(['failed', 'failed']);
    expect(rig.registry.list()).toEqual([]);
    await rig.emit();
    expect(rig.deliveries()).toHaveLength(2);
    await rig.clock.advance(60_000);
    expect(sink.posts).toHaveLength(2);
  });

  it('posts a test message at once, without an entry in the log', async () => {
    const { id, secret } = await rig.endpoint(sink.url);
    sink.behave = () => answer(418, {}, 'teapot');
    const result = await rig.registry.test(id);
    expect(result).toMatchObject({ kind: 'answered', status: 418, text: 'teapot' });
    const [post] = sink.posts;
    expect(post?.headers['x-webhook-event']).toBe('webhook.test');
    expect(post !== undefined && verifiesFor(secret, post, rig.clock.now())).toBe(true);
    expect(rig.deliveries()).toEqual([]);
  });
});
