import { describe, expect, it } from 'vitest';
import { RecoveryLadder } from '../../../server/carriers/modem/recovery.ts';
import { defaultTimeouts } from '../../../server/carriers/modem/timeouts.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { FakeMachine, quectelStick } from '../../fakes/modem-machine.ts';
import { ok, ScriptedModem } from '../../fakes/scripted-modem.ts';
import { Shop, hang } from './shop.ts';

describe('the ladder', () => {
  const minute = 60_000;

  it('goes from the port over the command to the power, one reset in five minutes and five an hour', async () => {
    const clock = new ManualClock();
    const ladder = new RecoveryLadder(clock, defaultTimeouts);
    const steps: [number, string][] = [];
    for (let at = 0; at < 60; at += 1) {
      const step = ladder.next(true);
      if (step === 'reset' || step === 'power-cycle') steps.push([at, step]);
      await clock.advance(minute);
    }
    expect(steps[0]).toEqual([1, 'reset']);
    expect(steps.slice(1).map(([, step]) => step)).toEqual([
      'power-cycle',
      'power-cycle',
      'power-cycle',
      'power-cycle',
    ]);
    const gaps = steps.slice(1).map(([at], index) => at - (steps[index]?.[0] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5);
    expect(ladder.resets).toBe(5);
    expect(ladder.next(true)).toBe('give-up');
  });

  it('begins anew after a message went out, or after five minutes in service', async () => {
    const clock = new ManualClock();
    const ladder = new RecoveryLadder(clock, defaultTimeouts);
    ladder.next(true);
    expect(ladder.next(true)).toBe('reset');
    await clock.advance(6 * minute);
    ladder.sent();
    expect(ladder.next(true)).toBe('reopen');
    expect(ladder.next(true)).toBe('reset');
    ladder.ready();
    await clock.advance(6 * minute);
    expect(ladder.next(true)).toBe('reopen');
  });

  it('does without power where nothing switches it', async () => {
    const clock = new ManualClock();
    const ladder = new RecoveryLadder(clock, defaultTimeouts);
    ladder.next(false);
    ladder.next(false);
    await clock.advance(6 * minute);
    expect(ladder.next(false)).toBe('reset');
  });
});

describe('a modem that its reset does not help', () => {
  const imei = '867000000000001';
  const modemOf = () => new ScriptedModem({ 'AT+CGSN': ok(imei), 'AT+CNMI?': ok('+CNMI: 2,1,0,1,0') });

  it('is taken off the bus and back, and is in service again', async () => {
    const shop = new Shop();
    const modem = modemOf();
    shop.machine.plug(quectelStick('1-2', 0, modem));
    let cycles = 0;
    const { carrier } = await shop.carrier({ imei });
    const heal = hang(modem);
    shop.machine.power.set('1-2', () => {
      cycles += 1;
      heal();
      shop.machine.plug(quectelStick('1-2', 8, modem));
    });
    await shop.clock.advance(5 * 60_000);
    expect(cycles).toBe(0);
    await shop.clock.advance(3 * 60_000);
    expect(cycles).toBe(1);
    expect(modem.count('AT+CFUN=1,1')).toBe(1);
    expect(carrier.status()).toMatchObject({ state: 'ready', facts: { port: '/dev/ttyUSB10', resets: 2 } });
  });

  it.each<[string, (shop: Shop) => void]>([
    ['where the user may not', (shop) => shop.machine.power.clear()],
    [
      'where the setting is off',
      (shop) => {
        shop.mayCyclePower = false;
      },
    ],
  ])('stays on the bus %s, and a person is told', async (_why, forbid) => {
    const shop = new Shop();
    const modem = modemOf();
    shop.machine.plug(quectelStick('1-2', 0, modem));
    const cycles: string[] = [];
    shop.machine.power.set('1-2', () => cycles.push('1-2'));
    const { carrier } = await shop.carrier({ imei });
    hang(modem);
    forbid(shop);
    await shop.clock.advance(56 * 60_000);
    expect(cycles).toEqual([]);
    expect(modem.count('AT+CFUN=1,1')).toBe(5);
    expect(carrier.status()).toMatchObject({ state: 'faulty', reason: expect.stringContaining('power supply') });
  });

  it('is left to its adapter’s own power when it is behind one', async () => {
    const shop = new Shop();
    const modem = modemOf();
    const cycles: string[] = [];
    shop.machine.plug({ usb: '1a86:7523', location: '1-6', ports: [{ path: '/dev/ttyUSB9', end: modem }] });
    shop.machine.power.set('1-6', () => cycles.push('1-6'));
    await shop.carrier({ imei, usb: '1a86:7523' });
    hang(modem);
    await shop.clock.advance(20 * 60_000);
    expect(modem.count('AT+CFUN=1,1')).toBeGreaterThan(1);
    expect(cycles).toEqual([]);
  });

  it('keeps its carrier trying when the power does not come back', async () => {
    const machine = new FakeMachine();
    machine.powerCycle = () => Promise.reject(new Error('EIO'));
    const shop = new Shop(machine);
    const modem = modemOf();
    machine.plug(quectelStick('1-2', 0, modem));
    machine.power.set('1-2', () => {});
    const { carrier } = await shop.carrier({ imei });
    const heal = hang(modem);
    await shop.clock.advance(8 * 60_000);
    heal();
    await shop.clock.advance(2 * 60_000);
    expect(carrier.status().state).toBe('ready');
  });
});
