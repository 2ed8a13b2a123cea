import { expect, test } from 'vitest';
import { isAppError } from '../../../server/domain/errors.ts';
import { submit, Terminal } from './terminal.ts';

function codeOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (problem) {
    return isAppError(problem) ? problem.code : String(problem);
  }
}

test('a port opens once; closed, it opens again', async () => {
  const terminal = new Terminal();
  expect(codeOf(() => terminal.modem.connect())).toBe('port.in_use');
  await terminal.port.close();
  await terminal.port.close();
  await terminal.clock.advance(0);
  expect(terminal.closedBecause).toBe('closed');
  terminal.open();
  expect(await terminal.ask('AT')).toEqual(['OK']);
});

test('the settings outlive the port, not the power', async () => {
  const terminal = new Terminal();
  await terminal.ask('AT+CMEE=2');
  await terminal.port.close();
  terminal.open();
  expect(await terminal.ask('AT+CMEE?')).toEqual(['+CMEE: 2', 'OK']);
  terminal.modem.unplug();
  terminal.modem.plug();
  await terminal.clock.advance(1_000);
  terminal.open();
  expect(await terminal.ask('AT+CMEE?')).toEqual(['+CMEE: 0', 'OK']);
});

test('unplugged: the port closes once, writing fails, opening fails', async () => {
  const terminal = new Terminal();
  terminal.modem.unplug();
  terminal.modem.unplug();
  await terminal.clock.advance(0);
  expect(terminal.closedBecause).toBe('the modem was unplugged');
  await expect(terminal.type('AT\r')).rejects.toThrow('closed');
  expect(codeOf(() => terminal.modem.connect())).toBe('carrier.not_found');
});

test('plugged in, it says when it is there', async () => {
  const terminal = new Terminal();
  terminal.modem.unplug();
  terminal.modem.plug();
  terminal.modem.plug();
  terminal.open();
  expect(await terminal.ask('AT', 499)).toEqual([]);
  expect(await terminal.lines(501)).toEqual(['RDY', '+CPIN: READY', 'SMS Ready']);
});

test('unplugged after Ctrl-Z: sent or not by how far it got, and never answered', async () => {
  const waits = [59, 61];
  const counts: number[] = [];
  for (const wait of waits) {
    const terminal = new Terminal();
    await terminal.send({}, wait);
    terminal.modem.unplug();
    expect(await terminal.lines(60_000)).toEqual([]);
    counts.push(terminal.modem.sentCount);
  }
  expect(counts).toEqual([0, 1]);
});

test('nothing calls back within a call from outside', async () => {
  const terminal = new Terminal({ profile: { partMs: 0 } });
  const { hex, tpduLength } = submit();
  let inside = false;
  const calls: boolean[] = [];
  terminal.port.onData(() => calls.push(inside));
  terminal.port.onClose(() => calls.push(inside));
  for (const act of [
    () => void terminal.port.write(Buffer.from(`AT\rAT+CMGS=${tpduLength}\r${hex}\x1a`)),
    () => void terminal.modem.receive({ from: '66898765432', text: 'hello' }),
    () => terminal.modem.say('RING'),
    () => terminal.modem.unplug(),
  ]) {
    inside = true;
    act();
    inside = false;
    await terminal.clock.advance(1_000);
  }
  expect(calls.length).toBeGreaterThan(3);
  expect(calls).not.toContain(true);
});

test('what came before a reader registered is kept for it; a late listener hears of the end', async () => {
  const terminal = new Terminal();
  await terminal.port.close();
  const port = terminal.modem.connect();
  await port.write(Buffer.from('AT\r'));
  await terminal.clock.advance(10);
  let text = '';
  port.onData((bytes) => {
    text += Buffer.from(bytes).toString('latin1');
  });
  await terminal.clock.advance(0);
  expect(text).toBe('\r\nOK\r\n');
  await port.close();
  let reason = '';
  port.onClose((why) => {
    reason += why;
  });
  await terminal.clock.advance(0);
  expect(reason).toBe('closed');
});

test('the bytes written are taken as they were at that moment', async () => {
  const terminal = new Terminal();
  const bytes = Buffer.from('AT+CGMI\r');
  const written = terminal.port.write(bytes);
  bytes.fill(0);
  await written;
  expect(await terminal.lines()).toEqual(['SEPSMS', 'OK']);
});

test('stop leaves no timer behind', async () => {
  const terminal = new Terminal();
  await terminal.send();
  terminal.modem.faults.noSignal = true;
  terminal.modem.receive({ from: '66898765432', text: 'hello' });
  terminal.modem.stop();
  terminal.modem.stop();
  await terminal.clock.advance(0);
  expect(terminal.clock.timers).toBe(0);
});
