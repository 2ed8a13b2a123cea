import { once } from 'node:events';
import { SerialPort } from 'serialport';
import { afterEach, expect, test } from 'vitest';
import { SimulatedModem } from '../../../server/carriers/simulator/simulated-modem.ts';
import { systemClock } from '../../../server/platform/system-clock.ts';
import { bridge, openPtyPair, whyNoPty } from '../../fakes/pty.ts';
import { seededRandom, submit } from './terminal.ts';

const noPty = whyNoPty();
if (noPty !== null) console.info(`skipped: a modem behind a pseudo-terminal: ${noPty}`);

const endings: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function serialPortOn(path: string): Promise<SerialPort> {
  const serial = new SerialPort({ path, baudRate: 115_200, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    serial.open((problem) => (problem === null ? resolve() : reject(problem)));
  });
  endings.push(async () => {
    if (!serial.isOpen) return;
    const closed = once(serial, 'close');
    serial.close();
    await closed;
  });
  return serial;
}

function plugged(): { readonly modem: SimulatedModem; readonly path: string } {
  const pair = openPtyPair();
  const modem = new SimulatedModem({
    clock: systemClock,
    random: seededRandom(),
    profile: { echoAtBoot: false, partMs: 5, firstReference: 7 },
  });
  bridge(modem, pair.master);
  endings.push(
    () => pair.close(),
    () => modem.stop(),
  );
  return { modem, path: pair.slavePath };
}

/** Reads until the text ends as expected. */
async function readUntil(serial: SerialPort, ending: string): Promise<string> {
  let text = '';
  while (!text.endsWith(ending)) {
    const [bytes] = await once(serial, 'data', { signal: AbortSignal.timeout(15_000) });
    text += String(bytes);
  }
  return text;
}

test.skipIf(noPty !== null)('a real serial port talks to the simulated modem', async () => {
  const { modem, path } = plugged();
  const serial = await serialPortOn(path);
  serial.write('AT\r');
  expect(await readUntil(serial, 'OK\r\n')).toBe('\r\nOK\r\n');
  const { hex, tpduLength } = submit();
  serial.write(`AT+CMGS=${tpduLength}\r`);
  expect(await readUntil(serial, '> ')).toBe('\r\n> ');
  serial.write(`${hex}\x1a`);
  expect(await readUntil(serial, 'OK\r\n')).toBe('\r\n+CMGS: 7\r\n\r\nOK\r\n');
  expect(modem.sent).toMatchObject([{ destination: '66812345601', pdu: hex }]);
});

test.skipIf(noPty !== null)('the port may be closed and opened again', async () => {
  const { path } = plugged();
  const first = await serialPortOn(path);
  const closed = once(first, 'close');
  first.close();
  await closed;
  const second = await serialPortOn(path);
  second.write('AT\r');
  expect(await readUntil(second, 'OK\r\n')).toBe('\r\nOK\r\n');
});

test.skipIf(noPty !== null)('unplugging the modem closes the real port with an error', async () => {
  const { modem, path } = plugged();
  const serial = await serialPortOn(path);
  serial.on('data', () => {});
  const closed = once(serial, 'close', { signal: AbortSignal.timeout(15_000) });
  modem.unplug();
  const [problem] = await closed;
  expect(problem).toMatchObject({ disconnected: true });
  expect(serial.isOpen).toBe(false);
});
