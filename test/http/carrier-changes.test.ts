import { afterAll, beforeAll, expect, test } from 'vitest';
import { pagesOf, type AdminPages } from '../fakes/admin-pages.ts';
import { runBox, type HttpBox } from '../fakes/box.ts';
import { FakeMachine, quectelStick } from '../fakes/modem-machine.ts';
import { ok, ScriptedModem } from '../fakes/scripted-modem.ts';
import { FastClock } from '../flow/fast-clock.ts';

const clock = new FastClock();
const machine = new FakeMachine();
let box: HttpBox;
let olga: AdminPages;

beforeAll(async () => {
  box = await runBox({ clock, machine });
  olga = await pagesOf(box, 'olga', 'operator');
});
afterAll(() => box.close());

const add = async (body: Readonly<Record<string, unknown>>) =>
  Number((await box.admin('POST', '/carriers', body)).body['id']);
const configOf = (id: number): Record<string, unknown> =>
  JSON.parse(box.peek.one<{ config: string }>('SELECT config FROM carrier WHERE id = ?', id).config);
const stateOf = async (id: number, wanted: string) => {
  for (;;) {
    const { body } = await box.admin('GET', `/carriers/${id}`);
    if (body['state'] === wanted) return body;
    await new Promise<void>((resolve) => {
      clock.after(500, resolve);
    });
  }
};

test('what a carrier is set to is read by administrators, without its secrets', async () => {
  const smpp = { kind: 'smpp', host: '127.0.0.1', port: 2775, systemId: 'shop', password: 'hunter22', window: 7 };
  const id = await add({ ...smpp, name: 'Line' });
  const { body } = await box.admin('GET', `/carriers/${id}/configuration`);
  expect(body).toMatchObject({ kind: 'smpp', fields: { host: '127.0.0.1', systemId: 'shop', window: 7 } });
  expect(body['secrets']).toEqual(['password']);
  expect(Object.keys(Object(body['fields']))).not.toContain('password');
  expect(JSON.stringify(body)).not.toContain('quota');
  const refused = await olga.call('GET', `/carriers/${id}/configuration`);
  expect([refused.status, refused.error['code']]).toEqual([403, 'auth.forbidden']);
  expect((await box.admin('GET', '/carriers/99/configuration')).error['code']).toBe('carrier.not_found');
});

test('a modem gets another PIN, which is tried though an earlier one was refused', async () => {
  let locked = true;
  const modem = new ScriptedModem({
    'AT+CPIN?': () => ok(locked ? '+CPIN: SIM PIN' : '+CPIN: READY'),
    'AT+CPIN="1111"': '\r\n+CME ERROR: 16\r\n',
    'AT+CPIN="2222"': () => {
      locked = false;
      return ok();
    },
  });
  machine.plug(quectelStick('1-2', 0, modem));
  const id = await add({ kind: 'modem', name: 'Locked', pin: '1111' });
  expect(await stateOf(id, 'faulty')).toMatchObject({
    facts: { sim: 'pin-refused' },
    cause: { code: 'modem.pin_refused' },
  });
  expect(configOf(id)).toMatchObject({ pinRefused: [expect.any(String)] });
  await box.admin('PATCH', `/carriers/${id}`, { kind: 'modem', pin: '2222' });
  expect(await stateOf(id, 'ready')).toMatchObject({ facts: { sim: 'ready' }, cause: null });
  expect(modem.heard.filter((line) => line.startsWith('AT+CPIN="'))).toEqual(['AT+CPIN="1111"', 'AT+CPIN="2222"']);
});

test('other things of a modem are changed, and null takes them away', async () => {
  const id = await add({ kind: 'modem', name: 'Till', path: '/dev/ttyUSB9', pin: '1111', smsc: '+66812345678' });
  await box.admin('PATCH', `/carriers/${id}`, { kind: 'modem', balanceCode: '*121#', number: '+66811111111' });
  await box.admin('PATCH', `/carriers/${id}`, { kind: 'modem', smsc: null });
  const config = configOf(id);
  expect(config).toMatchObject({ path: '/dev/ttyUSB9', balanceCode: '*121#', pin: expect.any(String) });
  expect(config['smsc']).toBeUndefined();
  expect((await box.admin('GET', `/carriers/${id}`)).body['facts']).toMatchObject({ msisdn: '+66811111111' });
  const other = await box.admin('PATCH', `/carriers/${id}`, { kind: 'smpp', port: 1 });
  expect([other.status, other.error['code']]).toEqual([422, 'carrier.config_invalid']);
});

test('a carrier gets another name, unless one has, or had, it', async () => {
  const id = await add({ kind: 'simulator', name: 'Before' });
  const other = await add({ kind: 'simulator', name: 'Other' });
  await box.admin('DELETE', `/carriers/${other}`);
  const named = await box.admin('PATCH', `/carriers/${id}/terms`, { name: 'After', quota: { day: 10 } });
  expect(named.body).toMatchObject({ name: 'After', state: expect.any(String) });
  expect((await box.admin('GET', `/carriers/${id}`)).body['name']).toBe('After');
  expect((await box.admin('PATCH', `/carriers/${id}/terms`, { name: 'After' })).status).toBe(200);
  const taken = await box.admin('PATCH', `/carriers/${id}/terms`, { name: 'Other' });
  expect([taken.status, taken.error['code']]).toEqual([409, 'carrier.exists']);
});

test('a simulator suffers from what it is told to, tells so, and recovers', async () => {
  const id = await add({ kind: 'simulator', name: 'Lab' });
  await stateOf(id, 'ready');
  const suffer = (...troubles: string[]) => olga.call('POST', `/carriers/${id}/operate`, { kind: 'trouble', troubles });
  expect((await suffer('unplugged', 'slow')).body).toMatchObject({ ok: true, text: 'It suffers: unplugged, slow.' });
  expect(await stateOf(id, 'faulty')).toMatchObject({ facts: { troubles: 'unplugged slow' } });
  expect((await suffer()).body).toMatchObject({ ok: true, text: 'Nothing is wrong with it.' });
  expect(await stateOf(id, 'ready')).toMatchObject({ facts: { troubles: null, sim: 'ready' } });
  expect((await suffer('earthquake')).error['code']).toBe('validation.failed');
});

test('only a simulator can be troubled', async () => {
  const id = await add({ kind: 'modem', name: 'Real', path: '/dev/ttyUSB8' });
  const refused = await olga.call('POST', `/carriers/${id}/operate`, { kind: 'trouble', troubles: ['slow'] });
  expect(refused.error['code']).toBe('carrier.command_unsupported');
});

test('why a carrier does not work is told by a code as well', async () => {
  const smpp = { kind: 'smpp', host: '127.0.0.1', port: 1, systemId: 'shop', password: 'hunter22' };
  expect(await stateOf(await add(smpp), 'waiting')).toMatchObject({ cause: { code: 'smpp.nobody_listens' } });
  const upstream = { kind: 'upstream', url: 'http://127.0.0.1:1', key: 'sk_sep_x', allowHost: true };
  expect(await stateOf(await add(upstream), 'waiting')).toMatchObject({ cause: { code: 'upstream.unreachable' } });
  const modem = { kind: 'modem', path: '/dev/ttyUSB77' };
  expect(await stateOf(await add(modem), 'faulty')).toMatchObject({ cause: { code: 'modem.no_port' } });
});
