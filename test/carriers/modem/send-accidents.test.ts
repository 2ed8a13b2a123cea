import { describe, expect, it } from 'vitest';
import { ok } from '../../fakes/scripted-modem.ts';
import { finePlan } from '../../fakes/wild-script.ts';
import type { SendPlan, SendStep } from '../../fakes/wild-script.ts';
import { readyRig, submission } from './rig.ts';
import { WildBox } from './wild-box.ts';

/** One part sent by a plan, on a modem that falls back to text mode when it restarts. */
async function send(plan: Partial<SendPlan>): Promise<WildBox> {
  const box = new WildBox({
    maker: 'Maker',
    model: 'Model 1',
    echo: true,
    textModeAtStart: true,
    firstReference: 7,
    sends: [{ ...finePlan, ...plan }],
    reads: [],
    answers: [],
  });
  await box.carrier.start();
  await box.clock.advance(3_000);
  box.modem.run();
  box.feed(1);
  await box.clock.advance(100_000);
  return box;
}

/** An unplugged modem is noticed at once, so what it said last gets lost; one that restarts tells that it did a second later. */
const accidents: readonly (readonly [SendStep, string, string, number])[] = [
  ['command', 'retry', 'retry', 0],
  ['prompt', 'retry', 'uncertain', 0],
  ['first-octet', 'retry', 'uncertain', 0],
  ['body', 'retry', 'uncertain', 0],
  ['ctrl-z', 'uncertain', 'uncertain', 0],
  ['taken', 'uncertain', 'uncertain', 1],
  ['reference', 'uncertain', 'accepted', 1],
  ['ok', 'uncertain', 'accepted', 1],
];
const steps = accidents.flatMap(([at, unplugged, restarted, times]) => [
  { at, kind: 'unplug' as const, outcome: unplugged, times },
  { at, kind: 'restart' as const, outcome: restarted, times },
]);

describe('a modem that has an accident', () => {
  it.each(steps)('$kind at $at: $outcome; the network took it: $times', async ({ at, kind, outcome, times }) => {
    const box = await send({ accident: { at, kind } });
    expect(box.parts.map((part) => part.outcome?.kind)).toEqual([outcome]);
    expect(box.modem.taken).toHaveLength(times);
    box.feed(2);
    await box.clock.advance(30_000);
    expect(box.parts[1]?.outcome).toMatchObject({ kind: 'accepted' });
    expect(box.modem.taken.map((taken) => taken.text)).toEqual([...(times === 1 ? ['part 0'] : []), 'part 1']);
  });
});

describe('an error that says that the network gave no answer', () => {
  it.each(['+CMS ERROR: 332', '+CME ERROR: 31', '+CMS ERROR: network timeout'])(
    '%s behind the body: it may have been sent; in place of the prompt: it was not',
    async (line) => {
      const { carrier, modem } = await readyRig();
      modem.body = `\r\n${line}\r\n`;
      await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'uncertain' });
      const other = await readyRig({ 'AT+CMGS=': `\r\n${line}\r\n` });
      await expect(other.carrier.submit(submission())).resolves.toMatchObject({ kind: 'retry' });
    },
  );

  it('so does an error behind an OK without a reference', async () => {
    const { carrier, modem } = await readyRig();
    modem.body = '\r\nOK\r\n\r\nERROR\r\n';
    await expect(carrier.submit(submission())).resolves.toMatchObject({
      kind: 'uncertain',
      code: 'modem.no-reference',
    });
  });
});

describe('PDU mode', () => {
  it('that the modem does not take: nothing is sent, as a PDU would go out as a text', async () => {
    const { carrier, modem, clock } = await readyRig();
    await carrier.submit(submission());
    await clock.advance(61_000);
    modem.answers.set('AT+CMGF=0', '\r\nERROR\r\n');
    await expect(carrier.submit(submission())).resolves.toMatchObject({
      kind: 'retry',
      code: 'modem.no-pdu-mode',
      carrierFault: true,
    });
    expect(modem.bodies).toHaveLength(1);
  });

  it('is set again after a restart before anything is sent, also what was on its way already', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = '\r\n+CMS ERROR: 515\r\n';
    const outcome = carrier.submit(submission());
    await clock.advance(1_000);
    modem.say('\r\nRDY\r\n');
    modem.body = ok('+CMGS: 9');
    await clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'retry', code: 'modem.restarted' });
    expect(modem.bodies).toHaveLength(1);
    expect(carrier.status().state).toBe('ready');
  });
});
