import { afterAll, beforeAll, expect, test } from 'vitest';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const minute = 60_000;
const hour = 60 * minute;
/** 20:00 in Bangkok. */
const clock = new ManualClock(Date.UTC(2026, 0, 15, 13));
let box: HttpBox;

beforeAll(async () => {
  box = await runBox({ clock });
  await box.admin('PUT', '/settings/guards.quietHours', { value: '21:00-08:00' });
  await box.admin('PUT', '/settings/message.validityMinutes', { value: 120 });
});
afterAll(() => box.close());

const expiry = (answer: Answer) =>
  box.peek.one<{ at: number }>('SELECT expires_at AS at FROM message WHERE uuid = ?', answer.result['uuid']).at;
const until = async (fields: Readonly<Record<string, unknown>> = {}) =>
  (expiry(await box.send(fields)) - clock.now()) / minute;

test('the usual validity does not run while a message is held; one that the caller gives does', async () => {
  expect(await until()).toBe(120 + 11 * 60);
  expect(await until({ validityMinutes: 120 })).toBe(120);
  expect(await until({ priority: 'high' })).toBe(120);
  const atNight = { scheduledTime: '2026-01-16T03:00:00' };
  expect(await until(atNight)).toBe(7 * 60 + 5 * 60 + 120);
  expect(await until({ ...atNight, validityMinutes: 60 })).toBe(7 * 60 + 60);
  const { result } = await box.send({ validityMinutes: 60, scheduledTime: '2026-01-16T09:00:00' });
  expect(result['status']).toBe('scheduled');
});

test('a held message says why it waits, and goes when quiet hours end', async () => {
  const added = await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
  expect(added.status).toBe(200);
  const stateOf = async () => {
    const { items } = (await box.admin('GET', '/carriers')).body as { items: { state: string }[] };
    return items[0]?.state;
  };
  while ((await stateOf()) !== 'ready') await clock.advance(500);
  clock.jump(2 * hour);
  const sent = await box.send({ recipients: [phone(1)], message: 'Held' });
  const urgent = await box.send({ recipients: [phone(2)], message: 'Urgent', priority: 'high' });
  const look = async (answer: Answer) =>
    (await box.admin('GET', `/messages/${String(answer.result['uuid'])}`)).body as { status: string; waiting: unknown };
  while ((await look(urgent)).status !== 'completed') await clock.advance(500);
  expect(await look(sent)).toMatchObject({ status: 'pending', waiting: 'Held: quiet hours until 08:00.' });
  const { items } = (await box.admin('GET', '/messages')).body as { items: { excerpt: string; waiting: unknown }[] };
  expect(items.find((item) => item.excerpt === 'Held')?.waiting).toBe('Held: quiet hours until 08:00.');
  clock.jump(10 * hour);
  while ((await look(sent)).status !== 'completed') await clock.advance(500);
  expect(await look(sent)).toMatchObject({ waiting: null, drSummary: [{ drStatus: 'success', count: 1 }] });
});
