import { describe, expect, it, onTestFinished } from 'vitest';
import { modemKind } from '../../../../server/carrier-kinds/modem-kind.ts';
import { ModemFinder } from '../../../../server/carriers/modem/discovery/modem-finder.ts';
import { systemMachine } from '../../../../server/carriers/modem/serial/system-machine.ts';
import { SimulatedModem } from '../../../../server/carriers/simulator/simulated-modem.ts';
import type { Carrier } from '../../../../server/domain/carrier.ts';
import { systemClock } from '../../../../server/platform/system-clock.ts';
import { noProviders } from '../../../fakes/no-providers.ts';
import { openBox } from '../../../fakes/store-box.ts';
import { bridge, openPtyPair, whyNoPty } from '../../../fakes/pty.ts';
import { RecordingHost, silentLog, steadyRandom } from '../rig.ts';

/** Resolves when the carrier is as wanted; told by its host, not by looking again and again. */
function becomes(host: RecordingHost, carrier: () => Carrier, state: string): Promise<void> {
  return new Promise((resolve) => {
    host.onChange = () => {
      if (carrier().status().state === state) resolve();
    };
  });
}

describe.skipIf(whyNoPty() !== null)('the balance of a modem at a serial port', () => {
  it('rests with its configuration and is shown after a restart', async () => {
    const box = await openBox();
    const pair = openPtyPair();
    const modem = new SimulatedModem({ clock: systemClock, random: steadyRandom, profile: { ussdMs: 5 } });
    bridge(modem, pair.master);
    onTestFinished(() => {
      modem.stop();
      pair.close();
    });
    const wanted = { path: pair.slavePath, balanceCode: '*121#', balancePattern: '{n} บาท', balanceLow: 500 };
    const { id } = await box.stores.carriers.add('SIM 1', 'modem', JSON.stringify(wanted), 0);
    const hardware = { machine: systemMachine(systemClock), clock: systemClock, random: steadyRandom, log: silentLog };
    const modems = new ModemFinder({ ...hardware, mayCyclePower: () => false });
    const world = { ...hardware, modems, store: box.stores.carriers, sealer: box.keys, ...noProviders };
    const host = new RecordingHost();
    const made = (): Carrier => {
      const record = box.stores.carriers.byId(id);
      const config: unknown = JSON.parse(record.config);
      return modemKind.create(record, modemKind.resting.parse(config), host, world);
    };

    const carrier = made();
    expect(carrier.status().facts['balance']).toBeNull();
    const ready = becomes(host, () => carrier, 'ready');
    await carrier.start();
    await ready;
    const answer = await carrier.operate?.({ kind: 'balance' });
    expect(answer).toMatchObject({ ok: true, text: expect.stringContaining('100.00 บาท') });
    await carrier.stop();

    const { facts } = made().status();
    expect(facts['balance']).toBe(100);
    expect(facts['warning']).toContain('below 500');
  });
});
