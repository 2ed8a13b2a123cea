import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../server/domain/errors.ts';
import { quectelStick } from '../../../fakes/modem-machine.ts';
import { ok, ScriptedModem } from '../../../fakes/scripted-modem.ts';
import type { Answer } from '../../../fakes/scripted-modem.ts';
import { submission } from '../rig.ts';
import { hang, Shop } from '../shop.ts';

const first = '867000000000001';
const second = '867000000000102';

function modemWith(imei: string, more: Readonly<Record<string, Answer>> = {}): ScriptedModem {
  return new ScriptedModem({ 'AT+CGSN': ok(imei), 'AT+CNMI?': ok('+CNMI: 2,1,0,1,0'), ...more });
}

const portOf = (carrier: { status(): { facts: Readonly<Record<string, unknown>> } }) => carrier.status().facts['port'];

describe('a carrier that names its modem by IMEI', () => {
  it('finds it among several, at the right port', async () => {
    const shop = new Shop();
    shop.machine.plug(quectelStick('1-2', 0, modemWith(second)));
    shop.machine.plug(quectelStick('1-3', 4, modemWith(first)));
    const { carrier } = await shop.carrier({ imei: first });
    expect(carrier.status()).toMatchObject({ state: 'ready', facts: { imei: first, port: '/dev/ttyUSB6' } });
  });

  it('finds it again under another name and in another socket', async () => {
    const shop = new Shop();
    const modem = modemWith(first);
    shop.machine.plug(quectelStick('1-2', 0, modem));
    const { carrier } = await shop.carrier({ imei: first });
    shop.machine.unplug('1-2');
    modem.unplug();
    await shop.clock.advance(30_000);
    expect(carrier.status()).toMatchObject({ state: 'faulty', reason: expect.stringContaining('not plugged in') });
    shop.machine.plug(quectelStick('2-1', 8, modem));
    await shop.clock.advance(15_000);
    expect(carrier.status()).toMatchObject({ state: 'ready', facts: { port: '/dev/ttyUSB10' } });
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('keeps its own modem when two sticks swap their names', async () => {
    const shop = new Shop();
    const [one, two] = [modemWith(first), modemWith(second)];
    shop.machine.plug(quectelStick('1-2', 0, one));
    shop.machine.plug(quectelStick('1-3', 4, two));
    const a = await shop.carrier({ imei: first });
    const b = await shop.carrier({ imei: second });
    expect([portOf(a.carrier), portOf(b.carrier)]).toEqual(['/dev/ttyUSB2', '/dev/ttyUSB6']);
    shop.machine.plug(quectelStick('1-2', 0, two));
    shop.machine.plug(quectelStick('1-3', 4, one));
    one.unplug();
    two.unplug();
    await shop.clock.advance(30_000);
    expect([portOf(a.carrier), portOf(b.carrier)]).toEqual(['/dev/ttyUSB6', '/dev/ttyUSB2']);
    expect([a.carrier.status().state, b.carrier.status().state]).toEqual(['ready', 'ready']);
  });

  it('says what is there instead', async () => {
    const shop = new Shop();
    shop.machine.plug(quectelStick('1-2', 0, modemWith(second)));
    shop.machine.portless = [{ vendorId: '12d1', productId: '1f01', location: '1-4', interfaces: [] }];
    const { carrier } = await shop.carrier({ imei: first, path: '/dev/ttyUSB2' });
    const { state, reason } = carrier.status();
    expect(state).toBe('faulty');
    expect(reason).toContain(`At /dev/ttyUSB2 there is another modem now (IMEI ${second})`);
    expect(reason).toContain('usb-modeswitch');
    expect(await shop.finder.present()).toMatchObject([{ carrierId: null, problem: null }, {}]);
  });

  it('stays with a modem that hangs: its port is opened, though it does not answer who it is', async () => {
    const shop = new Shop();
    const modem = modemWith(first);
    shop.machine.plug(quectelStick('1-2', 0, modem));
    const { carrier } = await shop.carrier({ imei: first });
    const heal = hang(modem);
    await shop.clock.advance(70_000);
    expect(modem.count('AT+CFUN=1,1')).toBe(1);
    expect(shop.machine.openings.map(({ knockDtr }) => knockDtr)).toContain(true);
    heal();
    await shop.clock.advance(60_000);
    expect(carrier.status().state).toBe('ready');
  });
});

describe('a carrier that was added by path', () => {
  it('learns the IMEI at its first successful start, and follows the modem from then on', async () => {
    const shop = new Shop();
    const modem = modemWith(first);
    shop.machine.plug(quectelStick('1-2', 0, modem));
    const { carrier, kept } = await shop.carrier({ path: '/dev/ttyUSB3' });
    expect(kept).toEqual([{ imei: first, seenUsb: '2c7c:0125', seenInterface: 3 }]);
    expect(portOf(carrier)).toBe('/dev/ttyUSB3');
    shop.machine.unplug('1-2');
    modem.unplug();
    await shop.clock.advance(5_000);
    shop.machine.plug(quectelStick('1-7', 4, modem));
    await shop.clock.advance(15_000);
    expect(carrier.status()).toMatchObject({ state: 'ready', facts: { port: '/dev/ttyUSB7' } });
    expect(kept).toHaveLength(1);
  });

  it('learns nothing from a start that fails', async () => {
    const shop = new Shop();
    shop.machine.plug(quectelStick('1-2', 0, modemWith(first, { 'AT+CPIN?': ok('+CPIN: SIM PUK') })));
    const { kept } = await shop.carrier({ path: '/dev/ttyUSB2' });
    expect(kept).toEqual([]);
  });

  it('does not use another modem that has taken the place, at a port of which the machine tells nothing', async () => {
    const shop = new Shop();
    const uart = (modem: ScriptedModem) =>
      shop.machine.plug({ unlisted: true, ports: [{ path: '/dev/ttyS5', end: modem }] });
    const [right, wrong] = [modemWith(first), modemWith(second)];
    uart(right);
    const { carrier } = await shop.carrier({ path: '/dev/ttyS5' });
    expect(carrier.status().state).toBe('ready');
    expect(await shop.finder.present()).toMatchObject([{ imei: first, port: '/dev/ttyS5', carrierId: 1 }]);
    uart(wrong);
    right.unplug();
    await shop.clock.advance(20_000);
    expect(carrier.status()).toMatchObject({
      state: 'faulty',
      reason: expect.stringContaining(`another modem (IMEI ${second}) than the one of this carrier (IMEI ${first})`),
    });
    expect(wrong.count('AT+CMGF=0')).toBe(0);
    expect(wrong.closed).toBe(wrong.opened);
    uart(right);
    await shop.clock.advance(40_000);
    expect(carrier.status().state).toBe('ready');
  });

  it('notices that its modem is back where the machine tells nothing of exchanges', async () => {
    const shop = new Shop();
    const com = (modem: ScriptedModem) => shop.machine.plug({ timeless: true, ports: [{ path: 'COM1', end: modem }] });
    const [right, wrong] = [modemWith(first), modemWith(second)];
    com(right);
    const { carrier } = await shop.carrier({ path: 'COM1' });
    com(wrong);
    right.unplug();
    await shop.clock.advance(30_000);
    expect(carrier.status().reason).toContain(`another modem now (IMEI ${second})`);
    com(right);
    await shop.clock.advance(80_000);
    expect(carrier.status().state).toBe('ready');
  });

  it('may name a link', async () => {
    const shop = new Shop();
    shop.machine.links.set('/dev/serial/by-id/usb-Quectel-if02-port0', '/dev/ttyUSB2');
    shop.machine.plug(quectelStick('1-2', 0, modemWith(first)));
    const { carrier } = await shop.carrier({ path: '/dev/serial/by-id/usb-Quectel-if02-port0' });
    expect(carrier.status().state).toBe('ready');
    expect(await shop.finder.present()).toMatchObject([{ carrierId: 1, imei: first }]);
  });

  it('is told which port to name instead of one that takes no AT commands', async () => {
    const shop = new Shop();
    shop.machine.plug(quectelStick('1-2', 0, modemWith(first)));
    const { carrier } = await shop.carrier({ path: '/dev/ttyUSB0' });
    expect(carrier.status().reason).toContain('/dev/ttyUSB0 is the diagnostic port');
    expect(carrier.status().reason).toContain('Use /dev/ttyUSB2.');
    expect(shop.machine.opened).not.toContain('/dev/ttyUSB0');
  });

  it('passes on why a port does not open, and gives it back', async () => {
    const shop = new Shop();
    shop.machine.plug(quectelStick('1-2', 0, modemWith(first)));
    shop.machine.refused.set('/dev/ttyUSB2', new AppError('port.not_allowed', 'This user may not open it.'));
    const { carrier } = await shop.carrier({ path: '/dev/ttyUSB2' });
    expect(carrier.status()).toMatchObject({ state: 'faulty', reason: 'This user may not open it.' });
    shop.machine.refused.clear();
    await shop.clock.advance(10_000);
    expect(carrier.status().state).toBe('ready');
  });

  it('works with a modem that tells no IMEI, and learns none', async () => {
    const shop = new Shop();
    shop.machine.plug(quectelStick('1-2', 0, modemWith('000000000000000')));
    const { carrier, kept } = await shop.carrier({ path: '/dev/ttyUSB2' });
    expect(carrier.status().state).toBe('ready');
    expect(kept).toEqual([{ seenUsb: '2c7c:0125', seenInterface: 2 }]);
  });
});

describe('a carrier that names the USB serial number', () => {
  it('finds the stick, and its port for commands', async () => {
    const shop = new Shop();
    shop.machine.plug({ ...quectelStick('1-2', 0, modemWith(first)), serialNumber: 'A1B2' });
    const { carrier } = await shop.carrier({ usbSerial: 'A1B2' });
    expect(portOf(carrier)).toBe('/dev/ttyUSB2');
  });

  it('is told when several sticks have it, and when none has', async () => {
    const shop = new Shop();
    shop.machine.plug({ ...quectelStick('1-2', 0, modemWith(first)), serialNumber: 'HUAWEI_MOBILE' });
    shop.machine.plug({ ...quectelStick('1-3', 4, modemWith(second)), serialNumber: 'HUAWEI_MOBILE' });
    const { carrier } = await shop.carrier({ usbSerial: 'HUAWEI_MOBILE' });
    expect(carrier.status().reason).toContain('Several modems have the USB serial number');
    const named = await shop.carrier({ usbSerial: 'HUAWEI_MOBILE', path: '/dev/ttyUSB6' });
    expect(portOf(named.carrier)).toBe('/dev/ttyUSB6');
    const none = await shop.carrier({ usbSerial: 'gone' });
    expect(none.carrier.status().reason).toContain('No modem with the USB serial number gone');
  });
});

describe('two carriers on one modem', () => {
  it('over two ports of one stick: the second is refused in words, and comes up when the first is gone', async () => {
    const shop = new Shop();
    shop.machine.plug(quectelStick('1-2', 0, modemWith(first)));
    const one = await shop.carrier({ path: '/dev/ttyUSB2' });
    const two = await shop.carrier({ path: '/dev/ttyUSB3' });
    expect(one.carrier.status().state).toBe('ready');
    expect(two.carrier.status()).toMatchObject({
      state: 'faulty',
      reason: expect.stringContaining('"Carrier 1" already uses'),
    });
    const stopped = one.carrier.stop();
    await shop.clock.advance(10_000);
    await stopped;
    expect(two.carrier.status().state).toBe('ready');
  });

  it('over two ports of which the machine does not tell that they are one: told by the IMEI', async () => {
    const shop = new Shop();
    shop.machine.plug({ unlisted: true, ports: [{ path: '/dev/ttyS5', end: modemWith(first) }] });
    shop.machine.plug({ unlisted: true, ports: [{ path: '/dev/ttyS6', end: modemWith(first) }] });
    const one = await shop.carrier({ path: '/dev/ttyS5' });
    const two = await shop.carrier({ path: '/dev/ttyS6' });
    expect(one.carrier.status().state).toBe('ready');
    expect(two.carrier.status().reason).toContain('already used by the carrier "Carrier 1" at /dev/ttyS5');
  });
});

describe('a carrier that wants by IMEI what another has', () => {
  it('is told whose it is, also where the machine tells nothing of the port', async () => {
    const shop = new Shop();
    shop.machine.plug({ unlisted: true, ports: [{ path: '/dev/ttyS5', end: modemWith(first) }] });
    await shop.carrier({ path: '/dev/ttyS5' });
    const { carrier } = await shop.carrier({ imei: first });
    expect(carrier.status().reason).toContain('"Carrier 1" already uses the modem with the IMEI');
  });
});

describe('a modem behind a serial adapter', () => {
  const adapter = (modem: ScriptedModem) => ({
    usb: '1a86:7523',
    location: '1-6',
    ports: [{ path: '/dev/ttyUSB9', end: modem }],
  });

  it('is asked for its carrier when it was met at such an adapter before, and not otherwise', async () => {
    const shop = new Shop();
    shop.machine.plug(adapter(modemWith(first)));
    const stranger = await shop.carrier({ imei: first });
    expect(shop.machine.opened).toEqual([]);
    expect(stranger.carrier.status().state).toBe('faulty');
    const known = await shop.carrier({ imei: first, usb: '1a86:7523' });
    expect(known.carrier.status().state).toBe('ready');
  });
});
