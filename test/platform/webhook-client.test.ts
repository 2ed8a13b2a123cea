import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboundGuard } from '../../server/platform/outbound-guard.ts';
import { WebhookClient } from '../../server/platform/webhook-client.ts';
import { ManualClock, settle } from '../fakes/manual-clock.ts';
import { WebhookSink, answer } from '../fakes/webhook-sink.ts';

let clock: ManualClock;
let sink: WebhookSink;
let client: WebhookClient;
let names: Record<string, readonly string[]>;
let listed: string[];

beforeEach(async () => {
  clock = new ManualClock();
  sink = await WebhookSink.start();
  names = { 'hook.test': ['127.0.0.1'] };
  listed = ['127.0.0.1', 'hook.test'];
  const guard = new OutboundGuard({
    clock,
    isAllowedHost: (host) => listed.includes(host),
    ownPorts: () => [],
    resolve: async (host) => names[host] ?? [],
  });
  client = new WebhookClient({ clock, guard });
});

afterEach(async () => {
  await client.close();
  await sink.close();
});

const post = (url: string): ReturnType<WebhookClient['post']> =>
  client.post({ url, headers: { 'content-type': 'application/json' }, body: '{"a":"ก"}' });

describe('the webhook client', () => {
  it('posts to the address that was vetted, under the name in the URL', async () => {
    const result = await post(`http://hook.test:${sink.port}/a?b=c`);
    expect(result).toMatchObject({ kind: 'answered', status: 200, text: 'ok', retryAfter: null });
    expect(sink.posts[0]).toMatchObject({ method: 'POST', path: '/a?b=c', body: '{"a":"ก"}' });
    expect(sink.posts[0]?.headers.host).toBe(`hook.test:${sink.port}`);
  });

  it('keeps a connection for the next post, but not once the name leads elsewhere', async () => {
    const url = `http://hook.test:${sink.port}/`;
    await post(url);
    await clock.advance(1000);
    await post(url);
    expect(sink.connections).toBe(1);
    names = { 'hook.test': ['::ffff:127.0.0.1'] };
    await clock.advance(1000);
    await post(url);
    expect([sink.posts.length, sink.connections]).toEqual([3, 2]);
    names = { 'hook.test': ['169.254.169.254'] };
    await clock.advance(1000);
    const seen = sink.posts.length;
    expect(await post(url)).toMatchObject({ kind: 'unanswered', error: expect.stringContaining('metadata') });
    expect(sink.posts).toHaveLength(seen);
  });

  it('connects to what was vetted though the name leads elsewhere by then, for the resolver and for the system', async () => {
    let asked = 0;
    const clearThenMetadata = async (): Promise<readonly string[]> => {
      asked += 1;
      return asked === 1 ? ['127.0.0.1'] : ['169.254.169.254'];
    };
    const guard = new OutboundGuard({
      clock,
      isAllowedHost: () => true,
      ownPorts: () => [],
      resolve: clearThenMetadata,
    });
    const rebound = new WebhookClient({ clock, guard });
    const send = () => rebound.post({ url: `http://rebind.test:${sink.port}/`, headers: {}, body: '{}' });
    expect(await send()).toMatchObject({ kind: 'answered', status: 200 });
    expect([asked, sink.posts.length]).toEqual([1, 1]);
    await clock.advance(1000);
    expect(await send()).toMatchObject({ kind: 'unanswered', error: expect.stringContaining('metadata') });
    await rebound.close();
    // The system would find the sink under this name; the box was told another address for it.
    names = { localhost: ['::1'] };
    listed = ['localhost'];
    expect(await post(`http://localhost:${sink.port}/`)).toMatchObject({ kind: 'unanswered', aborted: false });
    expect(sink.posts).toHaveLength(1);
  });

  it('follows no redirect and gives back what the receiver asked for', async () => {
    sink.behave = () => answer(307, { location: `${sink.url}/next`, 'retry-after': '7' });
    expect(await post(sink.url)).toMatchObject({ kind: 'answered', status: 307, retryAfter: '7' });
    await settle();
    expect(sink.posts).toHaveLength(1);
  });

  it('reads no more than it needs of a large answer and keeps 512 characters', async () => {
    sink.behave = () => answer(200, {}, 'ข'.repeat(4_000_000));
    const result = await post(sink.url);
    expect(result).toMatchObject({ kind: 'answered', status: 200, text: 'ข'.repeat(512) });
    sink.behave = () => answer(201);
    expect(await post(sink.url)).toMatchObject({ status: 201 });
    expect(sink.connections).toBe(2);
  });

  it.each(['hang', 'drip'] as const)('ends at 15 seconds when the receiver makes it %s', async (kind) => {
    sink.behave = () => ({ kind });
    const result = post(sink.url);
    await sink.arrivals(1);
    await clock.advance(15_000);
    expect(await result).toMatchObject({ kind: 'unanswered', timedOut: true, aborted: false, durationMs: 15_000 });
    expect(clock.timers).toBe(0);
  });

  it('ends an endless answer by its size', async () => {
    sink.behave = () => ({ kind: 'drip', bytes: 16 * 1024 });
    expect(await post(sink.url)).toMatchObject({ kind: 'answered', status: 200, text: '.'.repeat(512) });
  });

  it('says in words why there was no answer', async () => {
    sink.behave = () => ({ kind: 'cut' });
    expect(await post(sink.url)).toMatchObject({ kind: 'unanswered', error: expect.stringContaining('cut') });
    const { port } = sink;
    await sink.close();
    sink = await WebhookSink.start();
    const refused = await post(`http://127.0.0.1:${port}/`);
    expect(refused).toMatchObject({ kind: 'unanswered', error: expect.stringContaining('refused'), timedOut: false });
    expect(await post('https://user@hook.test/')).toMatchObject({ kind: 'unanswered' });
    listed = [];
    expect(await post(`http://hook.test:${port}/`)).toMatchObject({ error: expect.stringContaining('allowed') });
  });

  it('cuts what is in flight when it closes, and takes nothing afterwards', async () => {
    sink.behave = () => ({ kind: 'hang' });
    const result = post(sink.url);
    await sink.arrivals(1);
    await Promise.all([client.close(), client.close()]);
    expect(await result).toMatchObject({ kind: 'unanswered', aborted: true });
    expect(await post(sink.url)).toMatchObject({ kind: 'unanswered', aborted: true });
    expect(sink.posts).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });
});
