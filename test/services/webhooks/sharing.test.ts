import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebhookSink, answer } from '../../fakes/webhook-sink.ts';
import { WebhookRig } from './webhook-rig.ts';

let rig: WebhookRig;
let fast: WebhookSink;
let slow: WebhookSink;

beforeEach(async () => {
  rig = await WebhookRig.start();
  fast = await WebhookSink.start();
  slow = await WebhookSink.start();
});

afterEach(async () => {
  await rig.close();
  await fast.close();
  await slow.close();
});

const deliveredTo = (id: number): number =>
  rig.deliveries().filter((one) => one.endpoint_id === id && one.state === 'delivered').length;

describe('sharing the dispatcher', () => {
  it('is not held up by an endpoint that hangs, which itself gets one post at a time', async () => {
    slow.behave = () => ({ kind: 'hang' });
    const hanging = await rig.endpoint(slow.url);
    const working = await rig.endpoint(fast.url);
    await rig.emit(300);
    await fast.arrivals(300);
    await rig.passing(() => deliveredTo(working.id) === 300);
    expect(deliveredTo(hanging.id)).toBe(0);
    await rig.clock.advance(15_000);
    await rig.until(() => rig.deliveries().some((one) => one.endpoint_id === hanging.id && one.tries === 1));
    await slow.arrivals(3);
    await rig.clock.advance(0);
    expect(slow.posts.length).toBe(3);
  });

  it('serves a fast endpoint while more slow ones than there are shared slots hold theirs', async () => {
    const gate = Promise.withResolvers<void>();
    slow.behave = () => ({ kind: 'answer', status: 200, after: gate.promise });
    const slowOnes = [];
    for (let index = 0; index < 40; index += 1) slowOnes.push(await rig.endpoint(`${slow.url}/${index}`));
    await rig.emit(4);
    await slow.arrivals(64);
    const working = await rig.endpoint(fast.url);
    await rig.emit(20);
    await fast.arrivals(20);
    await rig.passing(() => deliveredTo(working.id) === 20);
    expect(slowOnes.reduce((sum, one) => sum + deliveredTo(one.id), 0)).toBe(0);
    gate.resolve();
    await rig.until(() => rig.deliveries().every((one) => one.state === 'delivered'));
  });

  it('paces a receiver that is down, and catches up once it is back', async () => {
    slow.behave = () => answer(500);
    const down = await rig.endpoint(slow.url);
    await rig.emit(200);
    await slow.arrivals(8);
    await rig.clock.advance(1000);
    expect(slow.posts.length).toBeLessThanOrEqual(8 + 11);
    slow.behave = () => answer(200);
    await rig.passing(() => deliveredTo(down.id) === 200);
    expect(rig.registry.get(down.id)).toMatchObject({ state: 'active', failingSince: null });
  });

  it('gives a receiver that answers well more at a time', async () => {
    const gate = Promise.withResolvers<void>();
    fast.behave = (_post, index) => (index < 40 ? answer(200) : { kind: 'answer', status: 200, after: gate.promise });
    await rig.endpoint(fast.url);
    await rig.emit(60);
    await fast.arrivals(48);
    await rig.clock.advance(0);
    expect(fast.open).toBe(8);
    gate.resolve();
    await rig.until(() => rig.deliveries().every((one) => one.state === 'delivered'));
  });
});
