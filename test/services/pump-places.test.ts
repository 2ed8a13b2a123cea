import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, retry } from '../fakes/store-box.ts';
import { dispatching } from './dispatching.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, n) => phone(n));

describe('the place of a hand-over that has ended', () => {
  test('is free at once: its outcome and the next claim are one commit', async () => {
    const box = await openBox();
    const { carrier, quietDown } = await dispatching(box);
    carrier.width = 10;
    await box.accept({ to: numbers(30) });
    await carrier.arrival(10);
    await quietDown();
    const before = box.stores.stats().commits;
    for (const one of carrier.handed) one.answer(accepted('1'));
    await quietDown();
    expect(carrier.handed).toHaveLength(20);
    expect(box.stores.stats().commits - before).toBe(1);
  });

  test('is not given away while another part of the recipient is to follow', async () => {
    const box = await openBox();
    const { carrier, quietDown } = await dispatching(box);
    await box.accept({ to: numbers(2), text: 'Two parts of one text. '.repeat(10), segments: 2 });
    for (let n = 1; n <= 4; n += 1) {
      (await carrier.arrival(n)).answer(accepted(String(n)));
      await quietDown();
    }
    expect(carrier.submissions.map(({ msisdn, part }) => [msisdn, part])).toEqual([
      [phone(0), 1],
      [phone(0), 2],
      [phone(1), 1],
      [phone(1), 2],
    ]);
  });

  test('is free too when it goes back to the queue', async () => {
    const box = await openBox();
    const { carrier, quietDown } = await dispatching(box);
    await box.accept({ to: numbers(2) });
    (await carrier.arrival(1)).answer(retry({ afterMs: 60_000 }));
    await quietDown();
    expect(carrier.submissions.map(({ msisdn }) => msisdn)).toEqual([phone(0), phone(1)]);
  });
});

test('a stop waits until the last outcome is on disk', async () => {
  const box = await openBox();
  const { carrier, dispatcher } = await dispatching(box);
  const { id } = await box.accept();
  const one = await carrier.arrival(1);
  one.answer(accepted('1'));
  await dispatcher.stop();
  expect(box.message(id)).toMatchObject({ sent_count: 1, sending_count: 0 });
});
