import { describe, expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { ModemPark } from './modem-park.ts';

describe('a modem that is pulled out while it sends', () => {
  test('and plugged in again: nothing is lost, nothing goes out twice, and the box says why it waits', async () => {
    const made = await ModemPark.start([{ name: 'Office' }]);
    const { box } = made;
    const modem = made.modem(0);
    const numbers = Array.from({ length: 12 }, (_, n) => phone(n));
    const pulled = Promise.withResolvers<void>();
    made.onSubmitted = () => {
      if (modem.sentCount === 5) setImmediate(() => pulled.resolve(modem.unplug()));
    };
    const { id } = await box.accept({ to: numbers });
    await pulled.promise;
    await made.until(() => made.views.get('Office')?.state !== 'ready');
    expect(made.why(id)).toMatch(/^Waiting: Office: .+/u);
    expect(box.message(id).queued_count).toBeGreaterThan(0);
    modem.plug();
    await made.until(() => box.message(id).open_count === 0);

    const taken = made.taken();
    const rows = box.recipients(id);
    expect(rows.map((row) => [row.msisdn, taken.get(row.msisdn)])).toEqual(numbers.map((number) => [number, 1]));
    // The one whose answer was cut off is settled by its report.
    expect(rows.map((row) => row.state)).toEqual(numbers.map(() => 'success'));
    expect(made.why(id)).toBeNull();
    expect(box.message(id)).toMatchObject({ state: 'completed', success_count: 12, unknown_count: 0 });
    expect(box.journal().filter((entry) => entry.state === 'handing')).toEqual([]);
  });

  test('before the network has the part: it is not claimed to be sent', async () => {
    const made = await ModemPark.start([{ name: 'Office' }]);
    const { box } = made;
    const modem = made.modem(0);
    await made.until(() => made.views.get('Office')?.state === 'ready');
    modem.faults.promptMs = 60_000;
    const { id } = await box.accept();
    await made.until(() => box.recipient(id).state === 'sending');
    modem.unplug();
    await made.until(() => box.recipient(id).state !== 'sending');
    expect(modem.sentCount).toBe(0);
    expect(box.recipient(id)).toMatchObject({ state: 'queued', tries: 0 });
    modem.faults.promptMs = 0;
    modem.plug();
    await made.until(() => box.message(id).open_count === 0);
    expect(box.recipient(id)).toMatchObject({ state: 'success' });
    expect(modem.sentCount).toBe(1);
  });

  test('that hangs after it took a part leaves it unknown, and it is not sent again by itself', async () => {
    const made = await ModemPark.start([{ name: 'Office' }]);
    const { box } = made;
    const modem = made.modem(0);
    await made.until(() => made.views.get('Office')?.state === 'ready');
    modem.faults.noReports = true;
    modem.faults.noAnswerAfterPdu = 'sent';
    const { id } = await box.accept();
    await made.until(() => box.recipient(id).state === 'unknown');
    modem.faults.noAnswerAfterPdu = null;
    modem.faults.noReports = false;
    const { id: next } = await box.accept({ to: [phone(2)] });
    await made.until(() => box.message(next).open_count === 0);
    expect(made.taken()).toEqual(
      new Map([
        [phone(1), 1],
        [phone(2), 1],
      ]),
    );
    expect(box.recipient(id).state).toBe('unknown');
  }, 15_000);
});
