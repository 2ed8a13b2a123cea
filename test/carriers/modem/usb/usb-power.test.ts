import { describe, expect, it } from 'vitest';
import { UsbPower } from '../../../../server/carriers/modem/usb/usb-power.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';

const file = '/sys/bus/usb/devices/1-2.4/authorized';

function kernel(failures = 0) {
  const clock = new ManualClock();
  const written: [number, string, string][] = [];
  let left = failures;
  const power = new UsbPower(clock, {
    mayWrite: (path) => Promise.resolve(path === file),
    write: (path, text) => {
      if (text === '1' && left > 0) {
        left -= 1;
        return Promise.reject(new Error('EIO'));
      }
      written.push([clock.monotonic(), path, text]);
      return Promise.resolve();
    },
  });
  return { clock, written, power };
}

describe('the power of a USB socket', () => {
  it('can be switched only by who may write its file, and only of what is a socket', async () => {
    const { power } = kernel();
    expect(await power.able('1-2.4')).toBe(true);
    expect(await power.able('1-3')).toBe(false);
    expect(await power.able(null)).toBe(false);
    for (const name of ['../1-2.4', '6&1A2B3C&0', 'usb1', '1-2.4/../1-2.4']) expect(await power.able(name)).toBe(false);
  });

  it('goes off, and on again after some seconds', async () => {
    const { power, clock, written } = kernel();
    const cycled = power.cycle('1-2.4');
    await clock.advance(5_000);
    await cycled;
    expect(written).toEqual([
      [0, file, '0'],
      [3_000, file, '1'],
    ]);
  });

  it('is tried again to go on, and told when it does not', async () => {
    const twice = kernel(2);
    const cycled = twice.power.cycle('1-2.4');
    await twice.clock.advance(20_000);
    await cycled;
    expect(twice.written.at(-1)).toEqual([9_000, file, '1']);
    const dead = kernel(99);
    const failed = dead.power.cycle('1-2.4').catch((error: unknown) => error);
    await dead.clock.advance(20_000);
    expect(await failed).toEqual(new Error('EIO'));
  });
});
