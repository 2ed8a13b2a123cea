import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { phone, runBox, tempFolder, type HttpBox, type RunBoxOptions } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { openBox } from '../fakes/store-box.ts';

const hour = 3_600_000;
const boxes: HttpBox[] = [];

afterEach(async () => {
  for (const box of boxes.splice(0)) await box.close();
});

async function openShop(options: RunBoxOptions = {}): Promise<HttpBox> {
  const started = await runBox(options);
  boxes.push(started);
  return started;
}

function order(fields: Readonly<Record<string, unknown>> = {}) {
  return { origin: 'SEPSMS', message: 'Hello', recipients: [phone(1), 'no number'], ...fields };
}

function send(to: HttpBox, name: string, fields: Readonly<Record<string, unknown>> = {}, key = to.key) {
  return to.api('POST', '/message/send', order(fields), { 'idempotency-key': name, 'x-api-key': key });
}

function messages(of: HttpBox): number {
  return of.peek.one<{ n: number }>('SELECT COUNT(*) AS n FROM message').n;
}

describe('a request sent again with its Idempotency-Key', () => {
  test('gets the first answer again, and there is one message', async () => {
    const shop = await openShop();
    const first = await send(shop, 'order-1');
    const again = await send(shop, 'order-1');
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(messages(shop)).toBe(1);
    const balance = await shop.api('GET', '/message/credit/balance');
    expect(balance.result).toEqual({ balance: 999 });
  });

  test('is the same request whatever the order of its fields and whatever else it carries', async () => {
    const shop = await openShop();
    const first = await send(shop, 'order-1');
    const { origin, message, recipients } = order();
    const turned = { unknown: 1, recipients, message, origin };
    const again = await shop.api('POST', '/message/send', turned, { 'idempotency-key': 'order-1' });
    expect(again.body).toEqual(first.body);
  });

  test('is refused when it asks for something else', async () => {
    const shop = await openShop();
    await send(shop, 'order-1');
    const other = await send(shop, 'order-1', { message: 'Something else' });
    expect(other.status).toBe(422);
    expect(other.error).toMatchObject({ code: 'idempotency.key_reused' });
    expect(messages(shop)).toBe(1);
  });

  test('at the same moment is either told to wait or answered alike: one message', async () => {
    const shop = await openShop();
    const many = Array.from({ length: 3_000 }, (_, index) => phone(index));
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => send(shop, 'campaign', { recipients: many.slice(0, 900) })),
    );
    const uuids = new Set(answers.filter((one) => one.status === 200).map((one) => one.result['uuid']));
    expect(uuids.size).toBe(1);
    for (const refused of answers.filter((one) => one.status !== 200)) {
      expect(refused.status).toBe(409);
      expect(refused.error).toMatchObject({ code: 'idempotency.in_progress' });
    }
    expect(messages(shop)).toBe(1);
  });

  test('gets the first answer after a restart too', async () => {
    const dir = tempFolder();
    const before = await runBox({ dir: tempFolderOf(dir) });
    await before.admin('POST', '/credits', { amount: 10 });
    await before.admin('POST', '/senders', { name: 'SEPSMS' });
    const first = await send(before, 'order-1');
    expect(first.status).toBe(200);
    const { key } = before;
    await before.stop();
    const after = await runBox({ dir });
    const again = await send(after, 'order-1', {}, key);
    expect(again.body).toEqual(first.body);
    expect(messages(after)).toBe(1);
    await after.stop();
    rmSync(dir, { recursive: true });
  });

  test('is a new request after 24 hours', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 15));
    const shop = await openShop({ clock });
    const first = await send(shop, 'order-1');
    clock.jump(23 * hour);
    expect((await send(shop, 'order-1')).body).toEqual(first.body);
    clock.jump(2 * hour);
    const later = await send(shop, 'order-1', { message: 'Something else' });
    expect(later.status).toBe(200);
    expect(later.result['uuid']).not.toBe(first.result['uuid']);
    expect(messages(shop)).toBe(2);
  });

  test('knows only the requests of its own API key', async () => {
    const shop = await openShop();
    const otherKey = await shop.newKey();
    await send(shop, 'order-1');
    const other = await send(shop, 'order-1', { message: 'Something else' }, otherKey);
    expect(other.status).toBe(200);
    expect(messages(shop)).toBe(2);
  });

  test('is tried anew when the first was refused', async () => {
    const shop = await openShop({ credits: 1 });
    const refused = await send(shop, 'order-1', { recipients: [phone(1), phone(2)] });
    expect(refused.status).toBe(402);
    await shop.admin('POST', '/credits', { amount: 5 });
    expect((await send(shop, 'order-1', { recipients: [phone(1), phone(2)] })).status).toBe(200);
    expect(messages(shop)).toBe(1);
  });

  test('is refused when its key is too long', async () => {
    const shop = await openShop();
    expect((await send(shop, 'x'.repeat(255))).status).toBe(200);
    const long = await send(shop, 'x'.repeat(256));
    expect(long.status).toBe(400);
    expect(long.error).toMatchObject({ code: 'validation.failed', details: [{ path: 'Idempotency-Key' }] });
  });
});

/** A folder that does not exist yet: the box makes it. */
function tempFolderOf(dir: string): string {
  rmSync(dir, { recursive: true });
  return dir;
}

describe('the answer and its message', () => {
  test.each([1, 5_000])('are stored together or not at all, with %i recipients', async (count) => {
    const store = await openBox();
    const to = Array.from({ length: count }, (_, index) => phone(index));
    const remember = () => {
      store.stores.idempotency.remember({ keyId: 1, name: 'a', bodyHash: 'h', answer: '{}', at: 1 });
      throw new Error('the plug was pulled');
    };
    await expect(store.stores.writer.accept({ ...store.draft({ to }), alongside: remember })).rejects.toThrow(
      'the plug',
    );
    expect(store.peek.counts()).toMatchObject({ message: 0, recipient: 0, idempotency: 0, staging: 0 });
    expect(store.stores.idempotency.find(1, 'a', 0)).toBeUndefined();
  });
});
