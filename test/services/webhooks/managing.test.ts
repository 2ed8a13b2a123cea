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
const day = 24 * 3_600_000;

const add = (url: string, allowHost = false): Promise<unknown> =>
  rig.registry.add({ accountId: 1, url, events: 'all', allowHost });

describe('registering', () => {
  it.each([
    'ftp://example.com/',
    'nonsense',
    'https://user:pass@example.com/',
    'http://example.com/hook',
    'https://169.254.169.254/latest',
    'https://192.168.1.5/hook',
    'https://hook.example/inside',
  ])('refuses %s', async (url) => {
    rig.allowed.clear();
    await expect(add(url)).rejects.toMatchObject({ code: 'webhook.url_refused' });
    expect(rig.registry.list()).toEqual([]);
  });

  it('lists the host when the administrator says so, but never for a metadata address', async () => {
    rig.allowed.clear();
    await add('http://erp.lan/hook', true);
    expect([...rig.allowed]).toEqual(['erp.lan']);
    await expect(add('http://169.254.169.254/hook', true)).rejects.toMatchObject({ code: 'webhook.url_refused' });
    expect([...rig.allowed]).toEqual(['erp.lan']);
  });

  it('keeps the secret sealed at rest and out of every view', async () => {
    const { id, secret } = await rig.endpoint(sink.url);
    const row = rig.db.prepare<[], { secret: string }>('SELECT secret FROM webhook_endpoint').get();
    expect(row?.secret).not.toContain(secret.slice(6));
    expect(JSON.stringify([rig.registry.list(), rig.registry.get(id)])).not.toContain(secret);
  });

  it('hides the endpoints of other accounts', async () => {
    const { id } = await rig.endpoint(sink.url);
    expect(rig.registry.list(2)).toEqual([]);
    expect(() => rig.registry.get(id, 2)).toThrow(expect.objectContaining({ code: 'webhook.not_found' }));
    await expect(rig.registry.remove(id, 2)).rejects.toMatchObject({ code: 'webhook.not_found' });
    await expect(rig.log.deliveries(id, 10, undefined, 2)).rejects.toMatchObject({ code: 'webhook.not_found' });
  });

  it('brings endpoints back after a restart as they were', async () => {
    const { id, secret } = await rig.endpoint(sink.url, ['sms.sent', 'dr.success']);
    await rig.registry.pause(id);
    const before = rig.registry.get(id);
    rig = await rig.restart();
    expect(rig.registry.get(id)).toEqual(before);
    await rig.registry.resume(id);
    await rig.emit();
    await sink.arrivals(1);
    const [post] = sink.posts;
    expect(post !== undefined && verifiesFor(secret, post, rig.clock.now())).toBe(true);
    await rig.until(allDelivered);
  });
});

describe('rotating the secret', () => {
  it('signs with both for 24 hours, over a restart too, then with the new one alone', async () => {
    const { id, secret: old } = await rig.endpoint(sink.url);
    const { secret: fresh } = await rig.registry.rotate(id);
    rig = await rig.restart();
    const rotatedAt = rig.clock.now();
    const verified = async (): Promise<readonly boolean[]> => {
      const before = sink.posts.length;
      await rig.emit();
      await sink.arrivals(before + 1);
      await rig.until(allDelivered);
      const post = sink.posts.at(-1);
      if (post === undefined) throw new Error('no post');
      return [fresh, old].map((secret) => verifiesFor(secret, post, rig.clock.now()));
    };
    expect(await verified()).toEqual([true, true]);
    expect(String(sink.posts[0]?.headers['x-webhook-signature'])).toMatch(/^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/);
    rig.clock.jump(day - 60_000 - (rig.clock.now() - rotatedAt));
    expect(await verified()).toEqual([true, true]);
    rig.clock.jump(60_000);
    expect(await verified()).toEqual([true, false]);
  });
});

describe('the log', () => {
  it('pages newest first and shows attempts', async () => {
    const { id } = await rig.endpoint(sink.url);
    await rig.emit(25);
    await rig.until(allDelivered);
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const { items, cursor: next } = await rig.log.deliveries(id, 10, cursor);
      seen.push(...items.map((item) => item.id));
      expect(items.every((item) => item.attempts.length === 1 && item.attempts[0]?.status === 200)).toBe(true);
      expect(next === null).toBe(page === 2);
      cursor = next ?? undefined;
    }
    expect(new Set(seen)).toEqual(new Set(sink.posts.map((post) => post.headers['x-webhook-id'])));
    expect(seen).toHaveLength(25);
    await expect(rig.log.deliveries(id, 10, 'bogus')).rejects.toMatchObject({ code: 'validation.failed' });
  });

  it('replays one delivery with the same id, keeping its earlier attempts', async () => {
    const { id } = await rig.endpoint(sink.url);
    await rig.emit(2);
    await rig.until(allDelivered);
    const { items } = await rig.log.deliveries(id, 1);
    const chosen = items[0]?.id ?? '';
    await rig.log.replay(id, chosen);
    await sink.arrivals(3);
    await rig.until(allDelivered);
    expect(sink.posts[2]?.headers['x-webhook-id']).toBe(chosen);
    const after = await rig.log.deliveries(id, 1);
    expect(after.items[0]?.attempts).toHaveLength(2);
  });

  it('refuses to replay what is not there or belongs to another endpoint', async () => {
    const { id } = await rig.endpoint(sink.url);
    const other = await rig.endpoint(`${sink.url}/other`, ['otp.verified']);
    await rig.emit();
    await rig.until(allDelivered);
    const { items } = await rig.log.deliveries(id, 1);
    const there = items[0]?.id ?? '';
    for (const [endpoint, delivery] of [
      [other.id, there],
      [id, 'evt_0000000000000000'],
      [id, 'what'],
    ] as const) {
      await expect(rig.log.replay(endpoint, delivery)).rejects.toMatchObject({ code: 'delivery.not_found' });
    }
    expect(sink.posts).toHaveLength(1);
  });

  it('replays a time range, failed ones alone or all', async () => {
    const { id } = await rig.endpoint(sink.url);
    const start = rig.clock.now();
    for (let hour = 0; hour < 8; hour += 1) {
      sink.behave = () => answer(hour % 2 === 0 ? 200 : 410);
      await rig.emit(3);
      await rig.until(() => rig.deliveries().every((one) => one.state !== 'pending'));
      await rig.clock.advance(0);
      await rig.registry.resume(id);
      rig.clock.jump(3_600_000);
    }
    sink.behave = () => answer(200);
    const hours = (from: number, to: number): { from: number; to: number } => ({
      from: start + from * 3_600_000,
      to: start + to * 3_600_000,
    });
    const failed = rig.deliveries().filter((one) => one.state === 'failed').length;
    expect(failed).toBeGreaterThanOrEqual(4);
    const before = sink.posts.length;
    expect(await rig.log.replayRange(id, { ...hours(2, 5), only: 'finished' })).toBe(9);
    await sink.arrivals(before + 9);
    await rig.until(() => rig.deliveries().every((one) => one.state !== 'pending'));
    const left = rig.deliveries().filter((one) => one.state === 'failed').length;
    expect(await rig.log.replayRange(id, { ...hours(0, 9), only: 'failed' })).toBe(left);
    await rig.until(allDelivered);
    expect(await rig.log.replayRange(id, { ...hours(9, 20), only: 'finished' })).toBe(0);
  });
});
