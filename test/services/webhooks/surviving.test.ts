import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../server/domain/errors.ts';
import { WebhookSink, answer } from '../../fakes/webhook-sink.ts';
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

describe('surviving', () => {
  it('posts after a restart what was cut off, with the same id and no try counted for the cut', async () => {
    sink.behave = () => ({ kind: 'hang' });
    await rig.endpoint(sink.url);
    await rig.emit();
    await sink.arrivals(1);
    sink.behave = () => answer(200);
    rig = await rig.restart();
    await rig.until(allDelivered);
    expect(rig.delivery().tries).toBe(1);
    expect(new Set(sink.posts.map((post) => post.headers['x-webhook-id'])).size).toBe(1);
  });

  it('keeps the schedule over a restart', async () => {
    sink.behave = (_post, index) => answer(index === 0 ? 500 : 200);
    await rig.endpoint(sink.url);
    await rig.emit();
    await rig.until(() => rig.delivery().tries === 1);
    const { next_at: due } = rig.delivery();
    rig = await rig.restart();
    await rig.clock.advance(Math.max(0, due - rig.clock.now()));
    await rig.until(allDelivered);
    expect(sink.posts).toHaveLength(2);
  });

  it('writes no event when the transaction of its fact fails', async () => {
    await rig.endpoint(sink.url);
    const failing = rig.commits.run((db) => {
      rig.events.write(db, { accountId: 1, name: 'sms.sent', body: '{}', recipientId: null, messageId: null, at: 0 });
      throw new AppError('internal.fault', 'the fact did not happen');
    });
    await expect(failing).rejects.toMatchObject({ code: 'internal.fault' });
    await rig.emit();
    await rig.until(allDelivered);
    expect(sink.posts).toHaveLength(1);
  });

  it('keeps outcomes while the store cannot write, posts nothing meanwhile, and goes on afterwards', async () => {
    await rig.endpoint(sink.url);
    rig.db.exec("CREATE TRIGGER full BEFORE INSERT ON delivery_attempt BEGIN SELECT RAISE(ABORT, 'no room'); END");
    await rig.emit();
    await sink.arrivals(1);
    await rig.clock.advance(500);
    await rig.emit(5);
    await rig.clock.advance(0);
    expect(sink.posts).toHaveLength(1);
    rig.db.exec('DROP TRIGGER full');
    await rig.clock.advance(1000);
    await rig.until(allDelivered);
    expect(sink.posts).toHaveLength(6);
  });

  it('shows an endpoint whose secret cannot be opened as disabled, and rotating mends it', async () => {
    const { id } = await rig.endpoint(sink.url);
    rig = await rig.restart({ masterKey: new Uint8Array(32).fill(9) });
    expect(rig.registry.get(id)).toMatchObject({ state: 'disabled' });
    await expect(rig.registry.resume(id)).rejects.toMatchObject({ code: 'webhook.url_refused' });
    await rig.registry.rotate(id);
    await rig.registry.resume(id);
    await rig.emit();
    await rig.until(allDelivered);
  });

  it('stops twice, and once stopped posts nothing more', async () => {
    await rig.endpoint(sink.url);
    await Promise.all([rig.dispatcher.stop(), rig.dispatcher.stop()]);
    await rig.emit();
    await rig.clock.advance(60_000);
    expect(sink.posts).toHaveLength(0);
    expect(rig.clock.timers).toBe(0);
  });
});
