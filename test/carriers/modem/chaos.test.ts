import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScriptedModem } from '../../fakes/scripted-modem.ts';
import { createRig, submission } from './rig.ts';

/** What a modem gone mad may do next. */
type Act =
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'pass'; readonly ms: number }
  | { readonly type: 'unplug' }
  | { readonly type: 'fail-writes' };

const phrases = [
  'OK',
  'ERROR',
  '+CMS ERROR: 500',
  '+CMS ERROR: 8',
  '+CMS ERROR: 302',
  '+CMS ERROR: 999999',
  '+CME ERROR: SIM busy',
  '+CMGS: 5',
  '+CMGS: 300',
  '+CMGS:',
  'RING',
  'NO CARRIER',
  'RDY',
  '^SYSSTART',
  'PB DONE',
  '+CPIN: NOT READY',
  '+CREG: 0',
  '+CREG: 1',
  '+CMTI: "SM",3',
  '+CMTI: "SM",99999999',
  '+CDSI: "SR",1',
  '+CMT: ,24',
  '+CDS: 25',
  '+CMGR: 0,,24',
  '+CMGL: 1,1,,24',
  'FFFF',
  '07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07',
  '^SMMEMFULL',
  '> ',
  'AT+CMGS=19',
  '+CUSD: 2',
];

const say = fc.oneof(
  fc.constantFrom(...phrases).map((text) => `\r\n${text}\r\n`),
  fc.constantFrom('\r\n> ', '>', '\r', '\u001A', '\u001B', 'OK'),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: say.map((text): Act => ({ type: 'say', text })) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((ms): Act => ({ type: 'pass', ms })) },
  { weight: 1, arbitrary: fc.constantFrom<Act>({ type: 'unplug' }, { type: 'fail-writes' }) },
);

/** Longer than prompt, answer, final and waking together, with a queue in front. */
const deadlineMs = 180_000;
const recoveryMs = 20 * 60_000;

describe('whatever the modem does', () => {
  it('a submit settles in time, and a sane modem is used again', { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), fc.boolean(), fc.boolean(), async (acts, prompts, answers) => {
        const modem = new ScriptedModem();
        const { carrier, clock } = createRig(modem);
        await carrier.start();
        await clock.advance(2_000);
        if (!prompts) modem.answers.set('AT+CMGS=', null);
        if (!answers) modem.body = null;
        const settled: string[] = [];
        const watch = async (): Promise<void> => {
          settled.push((await carrier.submit(submission())).kind);
        };
        void watch();
        await clock.advance(1);
        for (const step of acts) {
          if (step.type === 'say') modem.say(step.text);
          else if (step.type === 'unplug') modem.unplug();
          else if (step.type === 'fail-writes') modem.failWrites(true);
          await clock.advance(step.type === 'pass' ? step.ms : 1);
        }
        await clock.advance(deadlineMs);
        expect(settled).toHaveLength(1);
        expect(['accepted', 'rejected', 'retry', 'uncertain']).toContain(settled[0]);

        modem.failWrites(false);
        modem.answers.clear();
        modem.body = '\r\n+CMGS: 77\r\n\r\nOK\r\n';
        await clock.advance(recoveryMs);
        expect(carrier.status()).toMatchObject({ state: 'ready' });
        await expect(carrier.submit(submission())).resolves.toEqual({ kind: 'accepted', reference: '77' });

        const stopped = carrier.stop();
        await clock.advance(10_000);
        await stopped;
        expect(clock.timers).toBe(0);
      }),
      { seed: 20260115, numRuns: 60 },
    );
  });
});
