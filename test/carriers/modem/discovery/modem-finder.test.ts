import { describe, expect, it } from 'vitest';
import { ModemFinder } from '../../../../server/carriers/modem/discovery/modem-finder.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { FakeMachine, quectelStick } from '../../../fakes/modem-machine.ts';
import type { StickShape } from '../../../fakes/modem-machine.ts';
import { ok, ScriptedModem } from '../../../fakes/scripted-modem.ts';
import type { Answer } from '../../../fakes/scripted-modem.ts';
import { silentLog, steadyRandom } from '../rig.ts';

const imei = '867000000000001';
const error = '\r\nERROR\r\n';
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

function huawei(interfaces: Readonly<Record<number, [string, ScriptedModem | null]>>): StickShape {
  return {
    usb: '12d1:1506',
    location: '1-4',
    driver: 'option',
    ports: Object.entries(interfaces).map(([number, [interfaceClass, end]]) => ({
      path: `/dev/ttyUSB${number}`,
      interfaceNumber: Number(number),
      interfaceClass,
      end,
    })),
  };
}

describe('looking for modems', () => {
  it('at the start: asks a modem at its port for commands, touches no other, and tells what it found', async () => {
    const { machine, clock, finder } = lab();
    const modem = new ScriptedModem(quectel);
    machine.plug(quectelStick('1-2', 0, modem));
    await finder.start();
    await clock.advance(5_000);
    expect(machine.opened).toEqual(['/dev/ttyUSB2']);
    expect(modem.closed).toBe(1);
    expect(await finder.present()).toEqual([
      {
        imei,
        manufacturer: 'Quectel',
        model: 'EC25',
        sim: 'ready',
        operator: 'AIS',
        signalDbm: -73,
        device: 'Quectel EC25/EG25',
        usb: '2c7c:0125',
        ports: [
          { path: '/dev/ttyUSB0', stable: null, role: 'diagnostic' },
          { path: '/dev/ttyUSB1', stable: null, role: 'position' },
          { path: '/dev/ttyUSB2', stable: null, role: 'commands' },
          { path: '/dev/ttyUSB3', stable: null, role: 'dial' },
        ],
        port: '/dev/ttyUSB2',
        baudRate: null,
        carrierId: null,
        problem: null,
      },
    ]);
  });

  it('changes nothing in what it asks: only questions are heard', async () => {
    const { machine, finder, within } = lab();
    const modem = new ScriptedModem(quectel);
    machine.plug(quectelStick('1-2', 0, modem));
    await within(5_000, finder.scan());
    expect(modem.heard.length).toBeGreaterThan(3);
    for (const command of modem.heard) expect(command).toMatch(/^(?:AT|ATI|AT[+^][A-Z]+\??|AT\+QURCCFG="urcport")$/u);
  });

  it('does not ask again what it knows, but what came back to its socket', async () => {
    const { machine, clock, finder, within } = lab();
    const modem = new ScriptedModem(quectel);
    machine.plug(quectelStick('1-2', 0, modem));
    await within(5_000, finder.start());
    await within(5_000, finder.present());
    expect(modem.opened).toBe(1);
    machine.plug(quectelStick('1-2', 4, modem));
    const [now] = await finder.present();
    expect(now).toMatchObject({ imei: null, problem: expect.stringContaining('Scan') });
    await clock.advance(5_000);
    expect((await finder.present())[0]).toMatchObject({ imei, port: '/dev/ttyUSB6' });
    machine.unplug('1-2');
    expect(await finder.present()).toEqual([]);
  });

  it('goes on to the next port where the first is silent', async () => {
    const { machine, finder, within } = lab();
    const silent = new ScriptedModem({ AT: null });
    machine.plug(quectelStick('1-2', 0, silent, new ScriptedModem(quectel)));
    const [found] = await within(20_000, finder.scan());
    expect(machine.opened).toEqual(['/dev/ttyUSB2', '/dev/ttyUSB3']);
    expect(found).toMatchObject({ imei, port: '/dev/ttyUSB3' });
  });

  it('takes one answer for life, even ERROR, after two silences', async () => {
    const { machine, finder, within } = lab();
    let knocks = 0;
    const modem = new ScriptedModem({
      ...quectel,
      AT: () => {
        knocks += 1;
        return knocks < 3 ? null : error;
      },
    });
    machine.plug(quectelStick('1-2', 0, modem));
    expect((await within(20_000, finder.scan()))[0]).toMatchObject({ imei });
  });

  it('reads a card where the single questions are refused', async () => {
    const { machine, finder, within } = lab();
    const modem = new ScriptedModem({
      'AT+CGMI': error,
      'AT+CGMM': error,
      'AT+CGSN': error,
      ATI: ok('Manufacturer: huawei', 'Model: E3372', 'Revision: 21.180', 'IMEI: 861821030000001', '+GCAP: +CGSM'),
    });
    machine.plug(huawei({ 1: ['ff/02/12', modem] }));
    expect((await within(10_000, finder.scan()))[0]).toMatchObject({
      imei: '861821030000001',
      manufacturer: 'huawei',
      model: 'E3372',
    });
  });
});

describe('the chosen port', () => {
  const portsel = (setting: string) =>
    new ScriptedModem({
      'AT+CGMI': ok('huawei'),
      'AT+CNMI?': ok('+CNMI: 0,0,0,0,0'),
      'AT^PORTSEL?': ok(`^PORTSEL: ${setting}`),
    });

  it.each([
    ['0', '/dev/ttyUSB1'],
    ['1', '/dev/ttyUSB0'],
  ])('of a Huawei with ^PORTSEL: %s is %s, where it tells what happens', async (setting, chosen) => {
    const { machine, finder, within } = lab();
    machine.plug(
      huawei({ 0: ['ff/02/01', portsel(setting)], 1: ['ff/02/12', portsel(setting)], 2: ['ff/02/13', null] }),
    );
    expect((await within(10_000, finder.scan()))[0]).toMatchObject({ port: chosen });
  });

  it.each([
    ['usbat', '/dev/ttyUSB2'],
    ['usbmodem', '/dev/ttyUSB3'],
    ['uart1', '/dev/ttyUSB2'],
  ])('of a Quectel with its indications at %s is %s', async (setting, chosen) => {
    const { machine, finder, within } = lab();
    const modem = () =>
      new ScriptedModem({ ...quectel, 'AT+QURCCFG="urcport"': ok(`+QURCCFG: "urcport","${setting}"`) });
    machine.plug(quectelStick('1-2', 0, modem(), modem()));
    expect((await within(10_000, finder.scan()))[0]).toMatchObject({ port: chosen });
  });

  it('is not one that cannot announce messages, where another can', async () => {
    const { machine, finder, within } = lab();
    const mute = new ScriptedModem({ 'AT+CNMI?': error });
    machine.plug({
      usb: '2cb7:0104',
      location: '1-5',
      ports: [
        { path: '/dev/ttyUSB0', interfaceNumber: 0, end: mute },
        { path: '/dev/ttyUSB1', interfaceNumber: 1, end: new ScriptedModem({ 'AT+CNMI?': ok('+CNMI: 0,0') }) },
      ],
    });
    expect((await within(10_000, finder.scan()))[0]).toMatchObject({ imei, port: '/dev/ttyUSB1' });
  });
});

describe('what may be something else', () => {
  const adapter = (modem: ScriptedModem): StickShape => ({
    usb: '1a86:7523',
    location: '1-6',
    driver: 'ch341',
    ports: [{ path: '/dev/ttyUSB9', interfaceNumber: 0, end: modem }],
  });

  it('is asked at a scan only, at the speeds of modems', async () => {
    const { machine, clock, finder, within } = lab();
    const modem = new ScriptedModem();
    machine.plug(adapter(modem));
    await finder.start();
    await clock.advance(60_000);
    expect((await finder.present())[0]).toMatchObject({ port: null, problem: expect.stringContaining('adapter') });
    expect(machine.opened).toEqual([]);
    const [found] = await within(10_000, finder.scan());
    expect(found).toMatchObject({ imei, port: '/dev/ttyUSB9', baudRate: 115_200 });
  });

  it('is asked more slowly when it does not answer fast', async () => {
    const { machine, finder, within } = lab();
    const fast = new ScriptedModem({ AT: null });
    const slow = new ScriptedModem();
    const shape = adapter(fast);
    machine.plug({
      ...shape,
      ports: shape.ports.map((port) => ({
        ...port,
        end: { open: () => (machine.openings.at(-1)?.baudRate === 9_600 ? slow : fast).open() },
      })),
    });
    expect((await within(30_000, finder.scan()))[0]).toMatchObject({ imei, baudRate: 9_600 });
  });

  it('is no modem when it answers AT and knows neither an IMEI nor its maker', async () => {
    const { machine, finder, within } = lab();
    const gadget = new ScriptedModem({ 'AT+CGMI': error, 'AT+CGMM': error, 'AT+CGSN': error });
    machine.plug(adapter(gadget));
    expect((await within(60_000, finder.scan()))[0]).toMatchObject({
      imei: null,
      port: null,
      problem: 'No modem answers at it.',
    });
  });
});
