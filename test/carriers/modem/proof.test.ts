import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WildBox } from './wild-box.ts';
import { happening, script, writes } from './wild-plans.ts';

/** A part ends within this, whatever the modem does: its turn, setting up, two prompts, an answer, and each brought in step. */
const deadlineMs = 240_000;
/** So long after the last fault everything is as it was: the ladder of resets may have to be climbed down. */
const recoveryMs = 25 * 60_000;
const mostParts = 4;

/** What the network got, against what the driver says of it. */
function expectTruth({ parts, modem }: WildBox, garbles: boolean): void {
  for (const { text, outcome } of parts) {
    const got = modem.taken.filter((taken) => taken.text === text);
    const said = `${text} ended ${JSON.stringify(outcome)}, and the network took it ${got.length} times`;
    if (outcome?.kind === 'accepted') {
      expect(got.length, said).toBe(1);
      // Its reports are found by it; a garbled one is the line's fault.
      if (!garbles) expect(outcome.reference, said).toBe(String(got[0]?.reference));
    } else if (outcome?.kind === 'uncertain') expect(got.length, said).toBeLessThanOrEqual(1);
    else expect(got.length, said).toBe(0);
  }
  // Nothing else ever left: no command that ran into a body, no PDU as a text to the number of its octets.
  const texts = new Set(parts.map((part) => part.text));
  expect(modem.taken.filter((taken) => !texts.has(taken.text))).toEqual([]);
}

function expectDeadlines({ parts, operating, faults }: WildBox): void {
  for (const { outcome, begun, ended } of parts) {
    expect(outcome).not.toBeNull();
    expect((ended ?? Infinity) - begun).toBeLessThanOrEqual(deadlineMs);
  }
  expect(operating).toBe(0);
  expect(faults).toEqual([]);
}

/** Nothing that came in was lost, and nothing lies around. */
function expectReceived({ modem, host, lost, shown }: WildBox): void {
  expect(lost).toEqual([]);
  expect(modem.memory.empty).toBe(true);
  expect(host.reports.map((report) => report.reference)).toEqual(expect.arrayContaining(shown));
}

const plan = fc.record({
  script,
  writes,
  happenings: fc.array(happening, { maxLength: 14 }),
  wildFromStart: fc.boolean(),
});

describe('whatever a modem does', () => {
  it('outcomes are true and come in time, nothing received is lost, and all is well after it', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ script: wild, writes: failing, happenings, wildFromStart }) => {
        const box = new WildBox(wild);
        const garbles = wild.sends.some((send) => send.fault.garble !== null);
        const { modem, carrier, clock } = box;
        if (wildFromStart) modem.run();
        await carrier.start();
        await clock.advance(3_000);
        modem.run();
        modem.line.failWrites(failing);
        for (const what of happenings) {
          box.feed(mostParts);
          box.happen(what);
          await clock.advance(what.type === 'pass' ? what.ms : 1);
        }
        for (let turn = 0; turn < mostParts; turn += 1) {
          box.feed(mostParts);
          await clock.advance(deadlineMs);
        }
        expectDeadlines(box);

        modem.calm();
        await clock.advance(recoveryMs);
        expectTruth(box, garbles);
        expect(carrier.status()).toMatchObject({ state: 'ready' });
        box.feed(Infinity);
        await clock.advance(5_000);
        expect(box.parts.at(-1)?.outcome).toMatchObject({ kind: 'accepted' });
        expectTruth(box, garbles);
        expectReceived(box);

        const stopped = carrier.stop();
        await clock.advance(10_000);
        await stopped;
        expect(carrier.status().state).toBe('stopped');
        expect(clock.timers).toBe(0);
      }),
      { seed: 20260115, numRuns: 300 },
    );
  }, 60_000);
});
