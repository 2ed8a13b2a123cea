import { setImmediate as immediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openError, openSerialStream } from '../../../../server/carriers/modem/serial/serial-stream.ts';
import { createModemCarrier } from '../../../../server/carriers/modem/modem-carrier.ts';
import { SimulatedModem } from '../../../../server/carriers/simulator/simulated-modem.ts';
import { systemClock } from '../../../../server/platform/system-clock.ts';
import { fastClock } from '../../../fakes/fast-clock.ts';
import { bridge, openPtyPair, whyNoPty } from '../../../fakes/pty.ts';
import { RecordingHost, silentLog, steadyRandom, submission } from '../rig.ts';

const noPty = whyNoPty();
const endings: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

function pluggedIn(): { readonly modem: SimulatedModem; readonly path: string } {
  const pair = openPtyPair();
  const modem = new SimulatedModem({
    clock: systemClock,
    random: steadyRandom,
    profile: { partMs: 5, reportAfterMs: 20 },
  });
  bridge(modem, pair.master);
  endings.push(() => {
    modem.stop();
    pair.close();
  });
  return { modem, path: pair.slavePath };
}

async function opened(path: string): ReturnType<typeof openSerialStream> {
  const stream = await openSerialStream({ path, clock: systemClock });
  endings.push(() => stream.close());
  return stream;
}

describe.skipIf(noPty !== null)('a serial port', () => {
  it('carries bytes both ways', async () => {
    const stream = await opened(pluggedIn().path);
    const answered = new Promise<string>((resolve) => {
      let text = '';
      stream.onData((bytes) => {
        text += Buffer.from(bytes).toString('latin1');
        if (text.endsWith('OK\r\n')) resolve(text);
      });
    });
    await stream.write(Buffer.from('AT\r'));
    await expect(answered).resolves.toContain('OK');
  });

  it('opens also where there are no control lines to knock with', async () => {
    const stream = await openSerialStream({ path: pluggedIn().path, clock: fastClock(20), knockDtr: true });
    endings.push(() => stream.close());
    await expect(stream.write(Buffer.from('AT\r'))).resolves.toBeUndefined();
  });

  it('is opened by one at a time, and by the next one after it is closed', async () => {
    const { path } = pluggedIn();
    const stream = await opened(path);
    await expect(openSerialStream({ path, clock: systemClock })).rejects.toMatchObject({ code: 'port.in_use' });
    await stream.close();
    await stream.close();
    await opened(path);
  });

  it('tells the end once when the modem is unplugged, and takes no bytes from then on', async () => {
    const { modem, path } = pluggedIn();
    const stream = await opened(path);
    const reasons: string[] = [];
    const closed = new Promise<void>((resolve) => {
      stream.onClose((reason) => {
        reasons.push(reason);
        resolve();
      });
    });
    stream.onData(() => {});
    modem.unplug();
    await closed;
    await expect(stream.write(Buffer.from('AT\r'))).rejects.toThrow('closed');
    await stream.close();
    expect(reasons).toHaveLength(1);
  });

  it.each(['at once', 'after a while'])('tells the end %s after bytes came in', async (when) => {
    const pair = openPtyPair();
    endings.push(() => pair.close());
    const stream = await opened(pair.slavePath);
    const closed = new Promise<string>((resolve) => {
      stream.onClose(resolve);
    });
    const first = new Promise<void>((resolve) => {
      stream.onData(() => resolve());
    });
    await pair.master.write(new Uint8Array(500).fill(0x41));
    await first;
    // Nothing more comes, so the port goes over to waiting within a few turns.
    for (let turn = 0; when === 'after a while' && turn < 100; turn += 1) await immediate();
    pair.close();
    await expect(closed).resolves.not.toBe('closed');
  });

  it('carries the whole driver, from power-up to a delivery report', async () => {
    const { modem, path } = pluggedIn();
    const host = new RecordingHost();
    const told = Promise.withResolvers<void>();
    host.beforeReport = () => {
      told.resolve();
      return Promise.resolve();
    };
    const ready = Promise.withResolvers<void>();
    const carrier = createModemCarrier({
      kind: 'modem',
      name: 'pty',
      openStream: () => openSerialStream({ path, clock: systemClock }),
      host: {
        report: (report) => host.report(report),
        inbound: (part) => host.inbound(part),
        changed: () => {
          if (carrier.room() === 1) ready.resolve();
        },
      },
      clock: systemClock,
      random: steadyRandom,
      log: silentLog,
    });
    endings.push(() => carrier.stop());
    await carrier.start();
    await ready.promise;
    const outcome = await carrier.submit(submission({ text: 'over a wire' }));
    expect(outcome.kind).toBe('accepted');
    expect(modem.sent).toMatchObject([{ text: 'over a wire' }]);
    await told.promise;
  });
});

describe('a port that does not open', () => {
  it('is named when it is not there', async () => {
    const opening = openSerialStream({ path: '/dev/ttyNoSuchModem', clock: systemClock });
    await expect(opening).rejects.toMatchObject({ code: 'carrier.config_invalid' });
  });

  it.each([
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'port.not_allowed', 'dialout'],
    ['Error: No such file or directory, cannot open /dev/ttyUSB0', 'carrier.config_invalid', 'brltty'],
    ['Error: Error Resource temporarily unavailable Cannot lock port', 'port.in_use', 'ModemManager'],
    ['Error: Device or resource busy, cannot open /dev/ttyUSB0', 'port.in_use', 'ModemManager'],
    ['Opening COM3: Access denied', 'port.in_use', 'Another program holds COM3'],
    ['Error: No such file or directory, cannot open /dev/ttyUSB0', 'carrier.config_invalid', 'Plug the modem in'],
    ['Error: Inappropriate ioctl for device, cannot open /dev/ttyUSB0', 'carrier.config_invalid', 'cannot be opened'],
  ])('%s', (problem, code, words) => {
    const error = openError('COM3', new Error(problem));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });
});
