import { expect, onTestFinished, test } from 'vitest';
import { createModemCarrier } from '../../server/carriers/modem/modem-carrier.ts';
import { SimulatedModem } from '../../server/carriers/simulator/simulated-modem.ts';
import { segmentText } from '../../server/domain/segments.ts';
import { Dispatcher } from '../../server/services/dispatcher.ts';
import { seededRandom } from '../carriers/simulator/terminal.ts';
import { quiet } from '../fakes/box.ts';
import { openBox } from '../fakes/store-box.ts';

const longThai = 'สวัสดีครับ ยินดีต้อนรับ '.repeat(8);
/** The simulated network refuses each part of a text to this number once. */
const refusesOnce = '66812345697';

test('a part that is refused is sent again by itself; the parts go out in order, each once', async () => {
  const box = await openBox();
  const { clock, stores } = box;
  const random = seededRandom();
  const modem = new SimulatedModem({ clock, random });
  const dispatcher = new Dispatcher({ claims: stores.claims, settles: stores.settles, clock, random, log: quiet });
  stores.onCommit((touched) => {
    if (touched.size > 0) dispatcher.wake();
  });
  await dispatcher.start();
  const carrier = createModemCarrier({
    kind: 'simulator',
    name: 'simulated',
    openStream: () => Promise.resolve(modem.connect()),
    host: { report: () => Promise.resolve(), inbound: () => Promise.resolve(), changed: () => dispatcher.wake() },
    clock,
    random,
    log: quiet,
  });
  dispatcher.attach(carrier, box.policy);
  await carrier.start();
  onTestFinished(async () => {
    const stopped = Promise.all([carrier.stop(), dispatcher.stop()]);
    await clock.advance(10_000);
    await stopped;
  });
  await clock.advance(5_000);
  const { parts } = segmentText(longThai);
  const { id } = await box.accept({ to: [refusesOnce], text: longThai, segments: parts.length });
  for (let turn = 0; turn < 60; turn += 1) await clock.advance(1_000);

  expect(modem.sent.map(({ part, text }) => [part, text])).toEqual(parts.map((text, at) => [at + 1, text]));
  expect(new Set(modem.sent.map((sms) => sms.concatReference)).size).toBe(1);
  expect(box.journal().map(({ part, state }) => `${part} ${state}`)).toEqual([
    '1 retry',
    '1 accepted',
    '2 retry',
    '2 accepted',
    '3 retry',
    '3 accepted',
  ]);
  expect(box.recipient(id).state).toBe('sent');
});
