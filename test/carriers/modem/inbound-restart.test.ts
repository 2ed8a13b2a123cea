import { describe, expect, it } from 'vitest';
import { createModemCarrier } from '../../../server/carriers/modem/modem-carrier.ts';
import { SimulatedModem } from '../../../server/carriers/simulator/simulated-modem.ts';
import type { Carrier, CarrierHost } from '../../../server/domain/carrier.ts';
import { InboundDesk } from '../../../server/services/inbound-desk.ts';
import { openBox } from '../../fakes/store-box.ts';
import type { StoreBox } from '../../fakes/store-box.ts';
import { seededRandom } from '../simulator/terminal.ts';
import { silentLog } from './rig.ts';

const day = 86_400_000;
const longThai = 'สวัสดีครับ ยินดีต้อนรับ '.repeat(8);

interface Kept {
  readonly text: string;
  readonly complete: number;
}

/** The driver on a modem, over the stores of a box. */
function driverOn(box: StoreBox, modem: SimulatedModem) {
  const { clock, stores } = box;
  const newUuid = (): string => crypto.randomUUID();
  const desk = new InboundDesk({ store: stores.inbound, clock, newUuid, accountId: () => 1 });
  const host: CarrierHost = {
    report: () => Promise.resolve(),
    inbound: (part) => desk.receive(1, part),
    changed: () => {},
  };
  const carrier: Carrier = createModemCarrier({
    kind: 'simulator',
    name: 'simulated',
    openStream: () => Promise.resolve(modem.connect()),
    host,
    clock,
    random: seededRandom(),
    log: silentLog,
  });
  const stop = async (): Promise<void> => {
    const stopped = carrier.stop();
    await clock.advance(10_000);
    await stopped;
  };
  return { desk, carrier, stop };
}

function kept(box: StoreBox): Kept[] {
  return box.peek.all<Kept>('SELECT text, complete FROM inbound ORDER BY id');
}

/** A long text, and whatever else comes: the network holds what the modem has no room for. */
async function withOneSlot(box: StoreBox): Promise<SimulatedModem> {
  const modem = new SimulatedModem({
    clock: box.clock,
    random: seededRandom(),
    profile: { slots: { SM: 1, ME: 0, SR: 5 } },
  });
  expect(modem.receive({ from: '66898765432', text: longThai })).toBe(3);
  return modem;
}

describe('a long text whose parts come before and after a restart of the box', () => {
  it('is put together', async () => {
    const before = await openBox();
    const modem = await withOneSlot(before);
    const first = driverOn(before, modem);
    modem.faults.noSignal = true;
    await first.carrier.start();
    await before.clock.advance(10_000);
    // What lay on the SIM has been taken; the other parts are still with the network.
    expect(modem.stored('SM')).toEqual([]);
    expect(modem.heldByNetwork).toBe(2);
    await first.stop();
    const after = before.reopen();
    expect(kept(after)).toEqual([]);

    modem.faults.noSignal = false;
    const second = driverOn(after, modem);
    await second.carrier.start();
    await after.clock.advance(60_000);
    expect(kept(after)).toEqual([{ text: longThai, complete: 1 }]);
    expect(modem.heldByNetwork).toBe(0);
    await second.stop();
  });

  it('is put together after a power cut between storing and deleting, with no part twice', async () => {
    const before = await openBox();
    const modem = await withOneSlot(before);
    const first = driverOn(before, modem);
    await first.carrier.start();
    // The driver dies with its port as soon as the first part is on disk; the modem still has it.
    while (before.peek.one<{ n: number }>('SELECT COUNT(*) AS n FROM inbound_part').n === 0) {
      await before.clock.advance(10);
    }
    modem.unplug();
    modem.plug();
    const after = before.afterCrash();
    await first.stop();
    const second = driverOn(after, modem);
    await second.carrier.start();
    await after.clock.advance(60_000);
    expect(kept(after)).toEqual([{ text: longThai, complete: 1 }]);
    await second.stop();
  });

  it('is kept as far as it came when the rest does not come within a day', async () => {
    const before = await openBox();
    const modem = await withOneSlot(before);
    modem.faults.noSignal = true;
    const first = driverOn(before, modem);
    await first.carrier.start();
    await before.clock.advance(10_000);
    await first.stop();
    const after = before.reopen();
    const { desk } = driverOn(after, modem);
    await after.clock.advance(day - 30_000);
    expect(await desk.releaseIncomplete()).toBe(0);
    await after.clock.advance(30_001);
    expect(await desk.releaseIncomplete()).toBe(1);
    const [text] = kept(after);
    expect(text?.complete).toBe(0);
    expect(longThai.startsWith(text?.text ?? '-')).toBe(true);
  });
});
