import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runBox, type HttpBox } from '../fakes/box.ts';
import { fastClock } from '../fakes/fast-clock.ts';
import { FakeMachine, quectelStick } from '../fakes/modem-machine.ts';
import { ok, ScriptedModem } from '../fakes/scripted-modem.ts';

const first = '867000000000001';
const second = '867000000000102';
const modem = (imei: string) => new ScriptedModem({ 'AT+CGSN': ok(imei), 'AT+CNMI?': ok('+CNMI: 2,1,0,1,0') });

let machine: FakeMachine;
let box: HttpBox;
beforeEach(async () => {
  machine = new FakeMachine();
  box = await runBox({ machine, clock: fastClock(20) });
});
afterEach(() => box.close());

const items = async (method: 'GET' | 'POST', path: string) =>
  (await box.admin(method, path)).body['items'] as Record<string, unknown>[];
const add = (wish: Readonly<Record<string, unknown>> = {}) =>
  box.admin('POST', '/carriers', { kind: 'modem', ...wish });
const configOf = (id: unknown): unknown =>
  JSON.parse(box.peek.one<{ config: string }>('SELECT config FROM carrier WHERE id = ?', id).config);

describe('the modems of the machine', () => {
  test('are listed without a port being opened, and asked by a scan', async () => {
    machine.plug({ ...quectelStick('1-2', 0, modem(first)) });
    const scanned = await items('POST', '/modems/scan');
    expect(scanned).toMatchObject([{ imei: first, port: '/dev/ttyUSB2', carrier: null, free: true, problem: null }]);
    const opened = machine.opened.length;
    expect(await items('GET', '/modems')).toEqual(scanned);
    expect(machine.opened).toHaveLength(opened);
  });

  test('the only free one is taken when none is named, and is not free any more', async () => {
    machine.plug(quectelStick('1-2', 0, modem(first)));
    const added = await add({ name: 'Office' });
    expect(added.status).toBe(200);
    expect(configOf(added.body['id'])).toMatchObject({ imei: first });
    expect(await items('GET', '/modems')).toMatchObject([{ imei: first, free: false, carrier: { name: 'Office' } }]);
    const again = await add();
    expect([again.status, again.error['code']]).toEqual([422, 'carrier.config_invalid']);
    expect(again.error['message']).toContain('No free modem is found');
  });

  test('several free ones are named, none is guessed', async () => {
    machine.plug(quectelStick('1-2', 0, modem(first)));
    machine.plug(quectelStick('1-3', 4, modem(second)));
    const added = await add();
    expect(added.status).toBe(422);
    expect(added.error['message']).toContain(`IMEI ${first}, /dev/ttyUSB2`);
    expect(added.error['message']).toContain(`IMEI ${second}, /dev/ttyUSB6`);
    expect((await add({ imei: second })).status).toBe(200);
    const rest = await add();
    expect(configOf(rest.body['id'])).toMatchObject({ imei: first });
  });

  test('what cannot be used is told when there is nothing else', async () => {
    machine.portless = [{ vendorId: '12d1', productId: '14db', location: '1-4', interfaces: [] }];
    const added = await add();
    expect(added.status).toBe(422);
    expect(added.error['message']).toContain('HiLink');
  });
});

describe('two carriers on one modem are refused when they are added', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['by the same IMEI', { imei: first }],
    ['by its IMEI with a software version', { imei: `${first.slice(0, 14)}05` }],
    ['by a port of it', { path: '/dev/ttyUSB3' }],
  ])('%s', async (_how, wish) => {
    machine.plug(quectelStick('1-2', 0, modem(first)));
    await add({ name: 'Office' });
    const again = await add(wish);
    expect([again.status, again.error['code']]).toEqual([409, 'port.in_use']);
    expect(again.error['message']).toContain('"Office"');
  });

  test('by a path at which the first still waits for its modem', async () => {
    await add({ name: 'Office', path: '/dev/ttyUSB2' });
    const again = await add({ path: '/dev/ttyUSB2' });
    expect([again.status, again.error['code']]).toEqual([409, 'port.in_use']);
  });

  test('but a path may be given to a new modem when the carrier that once had it knows its own by IMEI', async () => {
    machine.plug(quectelStick('1-2', 0, modem(first)));
    await add({ name: 'Office', imei: second, path: '/dev/ttyUSB2' });
    expect((await add({ path: '/dev/ttyUSB2' })).status).toBe(200);
  });

  test('also while the first is switched off: its modem is not free', async () => {
    machine.plug(quectelStick('1-2', 0, modem(first)));
    const { body } = await add({ name: 'Office' });
    await box.admin('POST', `/carriers/${String(body['id'])}/disable`, {});
    expect(await items('POST', '/modems/scan')).toMatchObject([{ free: false, carrier: { name: 'Office' } }]);
  });
});
