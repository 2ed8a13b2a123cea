import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Peek, phone, runBox, tempFolder } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { answer, WebhookSink, type Behaviour, type ReceivedPost } from '../fakes/webhook-sink.ts';
import { BoxProcess } from '../torture/box-process.ts';

const events = 5_000;
const orders = 100;
const recipients = events - orders;
const day = 86_400_000;
const slowMs = 100;

const idOf = (post: ReceivedPost) => String(post.headers['x-webhook-id']);

/** Takes its time over each post. */
function slowly(): Behaviour {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, slowMs);
  return { kind: 'answer', status: 200, body: 'ok', after: promise };
}

/** Ids that came, each with the one body that it always had. */
function bodiesById(sink: WebhookSink): Map<string, string> {
  const bodies = new Map<string, string>();
  for (const post of sink.posts) {
    expect(bodies.get(idOf(post)) ?? post.body, 'one id, one body').toBe(post.body);
    bodies.set(idOf(post), post.body);
  }
  return bodies;
}

/** Resolves once so many different events have come. */
async function allOf(sink: WebhookSink, count: number): Promise<void> {
  const ids = new Set<string>();
  let seen = 0;
  for (;;) {
    for (const post of sink.posts.slice(seen)) ids.add(idOf(post));
    seen = sink.posts.length;
    if (ids.size >= count) return;
    await sink.arrivals(seen + 1);
  }
}

/** The longest that nothing came, in milliseconds. */
function longestGap(times: readonly number[]): number {
  return Math.round(Math.max(...times.map((at, index) => at - (times[index - 1] ?? at))));
}

/** Numbers of the orders that a sink was told of. */
function ordersTold(sink: WebhookSink): number[] {
  const told = sink.posts.filter((post) => post.headers['x-webhook-event'] === 'order.completed');
  const numbers = told.map((post) => (JSON.parse(post.body) as { orderId: number }).orderId);
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

describe('5,000 events to a good, a slow and a dead endpoint', { timeout: 60_000 }, () => {
  const dir = tempFolder();
  const ids: number[] = [];
  /** When posts to the good one came. */
  const arrivals: number[] = [];
  let good: WebhookSink;
  let slow: WebhookSink;
  let dead: WebhookSink;
  let box: BoxProcess;

  /** A box that lives through the making of the events while its endpoints are paused, then stops. */
  beforeAll(async () => {
    [good, slow, dead] = [await WebhookSink.start(), await WebhookSink.start(), await WebhookSink.start()];
    good.behave = () => {
      arrivals.push(performance.now());
      return answer(200);
    };
    slow.behave = slowly;
    dead.behave = () => ({ kind: 'cut' });
    const clock = new ManualClock(Date.now() - 200_000);
    const before = await runBox({ dir, clock });
    await before.admin('POST', '/credits', { amount: 10_000 });
    await before.admin('POST', '/senders', { name: 'SEPSMS' });
    for (const sink of [good, slow, dead]) {
      const wanted = { url: sink.url, events: ['sms.failed', 'order.completed'], allowHost: true };
      const { body } = await before.admin('POST', '/webhooks', wanted);
      ids.push(Number(body['id']));
      await before.admin('POST', `/webhooks/${String(body['id'])}/pause`);
    }
    const to = Array.from({ length: recipients }, (_, n) => phone(n));
    expect((await before.send({ recipients: to, validityMinutes: 1 })).status).toBe(200);
    const told = () => before.peek.one<{ n: number }>('SELECT COUNT(*) AS n FROM event').n;
    while (told() < recipients) await clock.advance(1_000);
    await Promise.all(Array.from({ length: orders }, () => before.admin('POST', '/orders', { credits: 1 })));
    expect(good.posts.length + slow.posts.length + dead.posts.length).toBe(0);
    await before.stop();
  }, 30_000);

  afterAll(async () => {
    await box.stop();
    for (const sink of [good, slow, dead]) await sink.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const all = Array.from({ length: orders }, (_, n) => n + 1);
  const complete = (order: number) => box.admin(`/orders/${order}/complete`, {});

  /** Completes orders, eight at a time, and kills the box with the 40th answer; returns those that were answered. */
  async function completeUntilKilled(): Promise<number[]> {
    const answered: number[] = [];
    const waiting = [...all];
    const work = async (): Promise<void> => {
      for (let order = waiting.shift(); order !== undefined; order = waiting.shift()) {
        await complete(order);
        answered.push(order);
        if (answered.length === 40) await box.kill();
      }
    };
    await Promise.allSettled(Array.from({ length: 8 }, work));
    return answered;
  }

  const completed = () => {
    const peek = new Peek(dir);
    const rows = peek.all<{ id: number }>("SELECT id FROM credit_order WHERE state = 'completed' ORDER BY id");
    peek.db.close();
    return rows.map((row) => row.id);
  };

  test('the good one gets all at once, over a kill -9 in the middle; the slow one later; none is lost', async () => {
    box = new BoxProcess(dir);
    await box.ready();
    for (const id of ids) await box.admin(`/webhooks/${id}/resume`, {});
    await good.arrivals(2_000);
    const answered = await completeUntilKilled();
    const atTheKill = { good: good.posts.length, slow: slow.posts.length, dead: dead.posts.length };
    expect(atTheKill.good).toBeLessThan(events);
    // What was answered happened; what was not may have, and is told if it has.
    const happened = completed();
    expect(happened).toEqual(expect.arrayContaining(answered));

    box = new BoxProcess(dir);
    await box.ready();
    const restarted = performance.now();
    await allOf(good, recipients + happened.length);
    expect(ordersTold(good)).toEqual(happened);
    await Promise.all(all.filter((order) => !happened.includes(order)).map(complete));
    await allOf(good, events);
    const goodHasAll = { good: good.posts.length, slow: slow.posts.length, dead: dead.posts.length };
    expect(goodHasAll.slow).toBeLessThan(events / 2);
    const held = longestGap(arrivals.filter((at) => at > restarted));
    expect(held).toBeLessThan(1_000);
    console.info({ atTheKill, answered: answered.length, happened: happened.length, goodHasAll, held });

    slow.behave = () => answer(200);
    await allOf(slow, events);
    for (const sink of [good, slow]) {
      const bodies = bodiesById(sink);
      expect(bodies.size).toBe(events);
      expect(new Set(bodies.values()).size).toBe(events);
      expect(ordersTold(sink)).toEqual(all);
      // Only what was under way at the kill, or not written down yet, comes a second time.
      expect(sink.posts.length - events).toBeLessThan(200);
    }
    expect(dead.posts.length).toBeGreaterThan(0);
    expect(await box.stop()).toBe(0);
  });

  test('the dead one is disabled after five failing days, the others go on, and it gets all of it once it is back', async () => {
    const seen = { good: good.posts.length, slow: slow.posts.length };
    const early = new Set(dead.posts.map(idOf));
    const clock = new ManualClock(Date.now() + 5 * day);
    const later = await runBox({ dir, clock });
    const endpoint = async (id: number | undefined) => (await later.api('GET', `/webhooks/${id}`)).result;
    const [goodId, slowId, deadId] = ids;
    while ((await endpoint(deadId))['state'] === 'active') await clock.advance(20);
    expect(await endpoint(deadId)).toMatchObject({ state: 'disabled', reason: expect.stringContaining('five days') });
    for (const id of [goodId, slowId]) expect(await endpoint(id)).toMatchObject({ state: 'active', reason: null });
    const states = later.peek.all(
      'SELECT state, COUNT(*) AS n FROM delivery WHERE endpoint_id = ? GROUP BY state',
      deadId,
    );
    expect(states).toEqual([{ state: 'pending', n: events }]);
    dead.behave = () => answer(200);
    await later.api('POST', `/webhooks/${deadId}/resume`);
    const left = () => later.peek.one<{ n: number }>("SELECT COUNT(*) AS n FROM delivery WHERE state = 'pending'").n;
    while (left() > 0) await clock.advance(20);
    const bodies = bodiesById(dead);
    expect(bodies.size).toBe(events);
    expect([...early].every((id) => bodies.has(id))).toBe(true);
    expect({ good: good.posts.length, slow: slow.posts.length }).toEqual(seen);
    await later.stop();
  });
});
