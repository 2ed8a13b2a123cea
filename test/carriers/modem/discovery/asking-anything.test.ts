import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModemFinder } from '../../../../server/carriers/modem/discovery/modem-finder.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { FakeMachine, quectelStick } from '../../../fakes/modem-machine.ts';
import { ok, ScriptedModem } from '../../../fakes/scripted-modem.ts';
import { silentLog, steadyRandom } from '../rig.ts';

const commands = ['AT', 'ATI', 'AT+CGSN', 'AT+CGMI', 'AT+CGMM', 'AT+CNMI?', 'AT+QURCCFG=', 'AT^PORTSEL?'];

/** What a thing at a serial port may answer to a question, a modem or not. */
const answer = fc.oneof(
  fc.constant(null),
  fc.constantFrom(
    '\r\nERROR\r\n',
    '\r\n+CME ERROR: 14\r\n',
    '\r\nRDY\r\n',
    '\r\n> ',
    'OK',
    ok('quectel'),
    ok('HUAWEI'),
  ),
  fc.stringMatching(/^\d{10,20}$/).map((digits) => ok(digits)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const things = fc.array(fc.tuple(fc.constantFrom(...commands), answer), { maxLength: 8 });

/** Five ports of silence and hanging questions, with the time to spare. */
const enoughMs = 5 * 60_000;

describe('whatever is at a port', () => {
  it('a scan ends in time, closes what it opened, and leaves no timer', async () => {
    await fc.assert(
      fc.asyncProperty(things, things, fc.integer({ min: 0, max: 20_000 }), async (at, dial, unplugAfter) => {
        const machine = new FakeMachine();
        const clock = new ManualClock();
        const options = { machine, clock, random: steadyRandom, log: silentLog, mayCyclePower: () => false };
        const finder = new ModemFinder(options);
        const [first, second] = [
          new ScriptedModem(Object.fromEntries(at)),
          new ScriptedModem(Object.fromEntries(dial)),
        ];
        machine.plug(quectelStick('1-2', 0, first, second));
        const scan = finder.scan();
        await clock.advance(unplugAfter);
        first.unplug();
        await clock.advance(enoughMs);
        const [found] = await scan;
        expect(found?.port === null).toBe(found?.problem !== null);
        expect(found?.imei ?? '000000000000000').toMatch(/^\d{14,17}$/);
        for (const modem of [first, second]) expect(modem.closed).toBeLessThanOrEqual(modem.opened);
        expect(finder.locks.holderOf('usb:1-2')).toBeNull();
        expect(clock.timers).toBe(0);
      }),
      { seed: 1_977, numRuns: 150 },
    );
  });
});
