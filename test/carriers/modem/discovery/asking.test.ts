import { describe, expect, it } from 'vitest';
import { ModemFinder } from '../../../../server/carriers/modem/discovery/modem-finder.ts';
import { placeModem } from '../../../../server/carriers/modem/discovery/place-modem.ts';
import { AppError } from '../../../../server/domain/errors.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { FakeMachine, quectelStick } from '../../../fakes/modem-machine.ts';
import { ok, ScriptedModem } from '../../../fakes/scripted-modem.ts';
import type { Answer } from '../../../fakes/scripted-modem.ts';
import { silentLog, steadyRandom } from '../rig.ts';

const imei = '867000000000001';
const quectel: Readonly<Record<string, Answer>> = {
  'AT+CGMI': ok('Quectel'),
  'AT+CGMM': ok('EC25'),
  'AT+CNMI?': ok('+CNMI: 2,1,0,1,0'),
};

function lab() {
  const machine = new FakeMachine();
  const clock = new ManualClock();
  const finder = new ModemFinder({ machine, clock, random: steadyRandom, log: silentLog, mayCyclePower: () => true });
  /** Waits for what was begun as the clock turns. */
  const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
    await clock.advance(ms);
    return work;
  };
  return { machine, clock, finder, within };
}

describe('what cannot be used is told in words', () => {
  it('a port that another program holds', async () => {
    const { machine, finder, within } = lab();
    machine.plug(quectelStick('1-2', 0, new ScriptedModem()));
    for (const path of ['/dev/ttyUSB2', '/dev/ttyUSB3']) {
      machine.refused.set(path, new AppError('port.in_use', `Another program holds ${path}.`));
    }
    expect((await within(10_000, finder.scan()))[0]).toMatchObject({ problem: 'Another program holds /dev/ttyUSB3.' });
  });

  it('silence', async () => {
    const { machine, finder, within } = lab();
    machine.plug(quectelStick('1-2', 0, new ScriptedModem({ AT: null })));
    expect((await within(20_000, finder.scan()))[0]).toMatchObject({
      port: null,
      problem: expect.stringContaining('does not answer'),
    });
  });

  it('a stick of which only the diagnostic port has come up', async () => {
    const { machine, finder, within } = lab();
    machine.plug({
      usb: '2c7c:0125',
      location: '1-2',
      ports: [{ path: '/dev/ttyUSB0', interfaceNumber: 0, end: null }],
    });
    expect((await within(1_000, finder.scan()))[0]).toMatchObject({
      problem: expect.stringContaining('/dev/ttyUSB0 (diagnostic)'),
    });
    expect(machine.opened).toEqual([]);
  });

  it('a stick in HiLink mode', async () => {
    const { machine, finder } = lab();
    machine.portless = [{ vendorId: '12d1', productId: '14db', location: '1-4', interfaces: ['02/06/00'] }];
    expect(await finder.present()).toMatchObject([
      { usb: '12d1:14db', ports: [], problem: expect.stringContaining('HiLink') },
    ]);
  });
});

describe('asking', () => {
  it('is shared by those who want it at the same time', async () => {
    const { machine, clock, finder } = lab();
    const modem = new ScriptedModem(quectel);
    machine.plug(quectelStick('1-2', 0, modem));
    const answers = Promise.all([finder.scan(), finder.scan()]);
    void finder.present();
    await clock.advance(5_000);
    const [first, second] = await answers;
    expect(first).toEqual(second);
    expect(modem.opened).toBe(1);
  });

  it('leaves a modem alone that a carrier holds, and tells whose it is', async () => {
    const { machine, finder, within } = lab();
    const modem = new ScriptedModem(quectel);
    machine.plug(quectelStick('1-2', 0, modem));
    const lock = finder.locks.take('/dev/ttyUSB3', 'usb:1-2', { carrierId: 7, name: 'Shop' });
    expect(await within(5_000, finder.scan())).toMatchObject([{ carrierId: 7, problem: null }]);
    expect(machine.opened).toEqual([]);
    lock.release();
    expect((await within(5_000, finder.scan()))[0]).toMatchObject({ imei, carrierId: null });
  });

  it('grows rarer while nobody answers, and never stops', async () => {
    const { machine, clock, finder } = lab();
    const modem = new ScriptedModem({ AT: null });
    machine.plug({
      usb: '2c7c:0125',
      location: '1-2',
      ports: [{ path: '/dev/ttyUSB2', interfaceNumber: 2, end: modem }],
    });
    const times: number[] = [];
    for (let second = 0; second < 600; second += 1) {
      const before = modem.opened;
      const { devices } = await finder.look();
      void finder.askDue(devices);
      await clock.advance(1_000);
      if (modem.opened > before) times.push(second);
    }
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps[0]).toBeLessThan(10);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(66);
    expect(gaps.at(-1)).toBeGreaterThan(40);
  });

  it('goes on, rarer and rarer, with a modem that was still starting when it was seen first', async () => {
    const { machine, clock, finder } = lab();
    const modem = new ScriptedModem({ AT: null });
    machine.plug(quectelStick('1-2', 0, modem));
    await finder.start();
    await clock.advance(10_000);
    expect(await finder.present()).toMatchObject([{ imei: null, problem: expect.stringContaining('does not answer') }]);
    modem.answers.delete('AT');
    await clock.advance(3_000);
    await finder.present();
    await clock.advance(3_000);
    expect(await finder.present()).toMatchObject([{ imei, problem: null }]);
  });

  it('is waited for by a carrier that names the port', async () => {
    const { machine, clock, finder } = lab();
    machine.plug(quectelStick('1-2', 0, new ScriptedModem(quectel)));
    void finder.scan();
    await clock.advance(100);
    expect(finder.locks.holderOf('usb:1-2')).toMatchObject({ carrierId: null });
    const wanted = {
      imei: null,
      path: '/dev/ttyUSB2',
      usbSerial: null,
      baudRate: null,
      usb: null,
      interfaceNumber: null,
    };
    const placed = placeModem(finder, wanted, new Map());
    await clock.advance(5_000);
    await expect(placed).resolves.toMatchObject({ path: '/dev/ttyUSB2' });
    expect(finder.locks.holderOf('usb:1-2')).toBeNull();
  });

  it('ends with the search: its port is closed, and no timer is left', async () => {
    const { machine, clock, finder } = lab();
    const modem = new ScriptedModem({ ATI: null });
    machine.plug(quectelStick('1-2', 0, modem));
    const scan = finder.scan();
    await clock.advance(1_000);
    expect(modem.opened).toBe(1);
    const stopped = finder.stop();
    await clock.advance(0);
    await stopped;
    await scan;
    expect(modem.closed).toBe(1);
    expect(machine.opened).toEqual(['/dev/ttyUSB2']);
    expect(clock.timers).toBe(0);
    await finder.stop();
  });
});
