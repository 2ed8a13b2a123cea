import { expect, test } from 'vitest';
import { submit, Terminal } from './terminal.ts';

function locked(): Terminal {
  const terminal = new Terminal();
  terminal.modem.faults.pinRequired = '1234';
  return terminal;
}

test('a locked SIM refuses what needs it', async () => {
  const terminal = locked();
  await terminal.ask('AT+CMEE=1');
  expect(await terminal.ask('AT+CPIN?')).toEqual(['+CPIN: SIM PIN', 'OK']);
  expect(await terminal.ask('AT+CIMI')).toEqual(['+CME ERROR: 11']);
  expect(await terminal.ask(`AT+CMGS=${submit().tpduLength}`)).toEqual(['+CMS ERROR: 311']);
  expect(await terminal.ask('AT+CREG?')).toEqual(['+CREG: 0,0', 'OK']);
});

test('the right PIN opens it until the power is lost', async () => {
  const terminal = locked();
  expect(await terminal.ask('AT+CPIN="1234"')).toEqual(['OK', '+CPIN: READY']);
  expect(await terminal.ask('AT+CPIN?;+CREG?')).toEqual(['+CPIN: READY', '+CREG: 0,1', 'OK']);
  expect(await terminal.ask('AT+CMEE=1;+CPIN=1234')).toEqual(['+CME ERROR: 3']);
  await terminal.ask('AT+CFUN=1,1');
  expect(await terminal.lines(500)).toEqual(['RDY', '+CPIN: SIM PIN']);
});

test('three wrong PINs ask for the PUK, which sets a new PIN', async () => {
  const terminal = locked();
  await terminal.ask('AT+CMEE=1');
  expect(await terminal.ask('AT+CPIN=1111')).toEqual(['+CME ERROR: 16']);
  expect(await terminal.ask('AT+SPIC')).toEqual(['+SPIC: 2,10,0,0', 'OK']);
  terminal.modem.unplug();
  terminal.modem.plug();
  await terminal.clock.advance(1_000);
  terminal.open();
  await terminal.ask('AT+CMEE=1');
  expect(await terminal.ask('AT+CPIN=1112')).toEqual(['+CME ERROR: 16']);
  expect(await terminal.ask('AT+CPIN=1113')).toEqual(['+CME ERROR: 12']);
  expect(await terminal.ask('AT+CPIN?')).toEqual(['+CPIN: SIM PUK', 'OK']);
  expect(await terminal.ask('AT+CPIN=1234')).toEqual(['+CME ERROR: 12']);
  expect(await terminal.ask('AT+CPIN="00000000","4321"')).toEqual(['+CME ERROR: 16']);
  expect(await terminal.ask('AT+SPIC')).toEqual(['+SPIC: 0,9,0,0', 'OK']);
  expect(await terminal.ask('AT+CPIN="12345678","4321"')).toEqual(['OK', '+CPIN: READY']);
  expect(terminal.modem.faults.pinRequired).toBe('4321');
});

test('ten wrong PUKs end the SIM', async () => {
  const terminal = locked();
  await terminal.ask('AT+CMEE=1');
  for (let tries = 0; tries < 3; tries += 1) await terminal.ask('AT+CPIN=0000');
  for (let tries = 0; tries < 9; tries += 1) await terminal.ask('AT+CPIN="00000000","4321"');
  expect(await terminal.ask('AT+CPIN="00000000","4321"')).toEqual(['+CME ERROR: 13']);
  expect(await terminal.ask('AT+CPIN="12345678","4321"')).toEqual(['+CME ERROR: 13']);
});
