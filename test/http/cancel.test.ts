import { afterEach, describe, expect, test, vi } from 'vitest';
import { cancelResult } from '../../server/contract/v2-message-shapes.ts';
import { phone, runBox, type HttpBox, type RunBoxOptions } from '../fakes/box.ts';
import { openBox } from '../fakes/store-box.ts';

const boxes: HttpBox[] = [];

afterEach(async () => {
  for (const one of boxes.splice(0)) await one.close();
});

async function box(options: RunBoxOptions = {}): Promise<HttpBox> {
  const started = await runBox(options);
  boxes.push(started);
  return started;
}

async function balance(of: HttpBox): Promise<unknown> {
  return (await of.api('GET', '/message/credit/balance')).result['balance'];
}

async function sent(by: HttpBox, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const answer = await by.send(fields);
  expect(answer.status).toBe(200);
  return String(answer.result['uuid']);
}

describe('POST /message/{uuid}/cancel', () => {
  test('cancels what waits, gives it back, and says the same when asked again', async () => {
    const shop = await box({ credits: 10 });
    const uuid = await sent(shop, { recipients: [phone(1), phone(2), 'no number'] });
    expect(await balance(shop)).toBe(8);
    const first = await shop.api('POST', `/message/${uuid}/cancel`);
    expect(first.status).toBe(200);
    expect(first.body).toEqual({ result: { uuid, status: 'cancelled', cancelledCount: 2, refundedCredit: 2 } });
    expect(cancelResult.parse(first.result)).toEqual(first.result);
    expect(await balance(shop)).toBe(10);
    expect((await shop.api('POST', `/message/${uuid}/cancel`, {})).body).toEqual(first.body);
    expect((await shop.api('DELETE', `/message/${uuid}`)).body).toEqual(first.body);
    expect(await balance(shop)).toBe(10);
    const status = (await shop.api('GET', `/message/${uuid}`)).result;
    expect(status).toMatchObject({
      status: 'cancelled',
      refundedCount: 2,
      drSummary: [
        { drStatus: 'failed', count: 1 },
        { drStatus: 'cancelled', count: 2 },
      ],
    });
    expect(status['completedAt']).not.toBeNull();
    const rows = (await shop.api('GET', `/message/${uuid}/recipients?drStatus=cancelled`)).result;
    expect(rows).toMatchObject({ total: 2, items: [{ errorCode: 'cancelled', refunded: true, attempts: 0 }, {}] });
  });

  test('DELETE cancels a scheduled message', async () => {
    const shop = await box();
    const uuid = await sent(shop, { scheduledTime: new Date(Date.now() + 3_600_000).toISOString() });
    expect((await shop.api('GET', `/message/${uuid}`)).result).toMatchObject({ status: 'scheduled' });
    const answer = await shop.api('DELETE', `/message/${uuid}`);
    expect(answer.body).toEqual({ result: { uuid, status: 'cancelled', cancelledCount: 1, refundedCredit: 1 } });
  });

  test('is refused with 409 when nothing waits any more', async () => {
    const shop = await box();
    await shop.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
    const uuid = await sent(shop);
    await vi.waitFor(async () => {
      expect((await shop.api('GET', `/message/${uuid}`)).result['status']).toBe('completed');
    }, 10_000);
    for (const [method, path] of [
      ['POST', `/message/${uuid}/cancel`],
      ['DELETE', `/message/${uuid}`],
    ] as const) {
      const answer = await shop.api(method, path);
      expect([answer.status, answer.error['code']]).toEqual([409, 'message.not_cancellable']);
    }
    expect(await balance(shop)).toBe(999);
  });

  test("knows no message of another account, and none that isn't", async () => {
    const shop = await box();
    const uuid = await sent(shop);
    await shop.admin('POST', '/accounts', { name: 'Sales' });
    const key = await shop.newKey({ account: 'Sales' });
    for (const answer of [
      await shop.api('POST', `/message/${uuid}/cancel`, undefined, { 'x-api-key': key }),
      await shop.api('DELETE', `/message/${uuid}`, undefined, { 'x-api-key': key }),
      await shop.api('POST', '/message/00000000-0000-7000-8000-000000000000/cancel'),
    ]) {
      expect([answer.status, answer.error['code']]).toEqual([404, 'message.not_found']);
    }
    expect((await shop.api('GET', `/message/${uuid}`)).result['status']).toBe('pending');
  });

  test('takes a key that may send', async () => {
    const shop = await box();
    const uuid = await sent(shop);
    const key = await shop.newKey({ scopes: ['sms:read'] });
    const answer = await shop.api('POST', `/message/${uuid}/cancel`, undefined, { 'x-api-key': key });
    expect([answer.status, answer.error['code']]).toEqual([403, 'auth.insufficient_scope']);
  });

  test('a cancellation that a crash cut short is finished at the next start', async () => {
    const stores = await openBox();
    const { id } = await stores.accept({ to: Array.from({ length: 2_200 }, (_, n) => phone(n)) });
    const cancelling = stores.stores.cancels.cancel(id, stores.clock.now());
    await stores.accept({ to: [phone(9_000)] });
    const crashed = stores.afterCrash();
    await cancelling;
    expect(crashed.message(id).queued_count).toBeGreaterThan(0);
    const { uuid } = crashed.message(id);
    crashed.stop();
    const shop = await box({ dir: crashed.dir });
    await vi.waitFor(() => {
      expect(shop.peek.one('SELECT queued_count, cancelled_count FROM message WHERE id = ?', id)).toEqual({
        queued_count: 0,
        cancelled_count: 2_200,
      });
    }, 5_000);
    const answer = await shop.api('POST', `/message/${uuid}/cancel`);
    expect(answer.result).toMatchObject({ cancelledCount: 2_200, refundedCredit: 2_200 });
  });
});
