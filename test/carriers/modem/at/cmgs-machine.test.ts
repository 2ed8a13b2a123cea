import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cmgsStart, cmgsStep, ctrlZ } from '../../../../server/carriers/modem/at/cmgs-machine.ts';
import type { CmgsAction, CmgsInput, CmgsResult } from '../../../../server/carriers/modem/at/cmgs-machine.ts';

const pdu = { hex: '0011000B91', tpduLength: 19 };
const times = { promptMs: 10_000, answerMs: 60_000, finalMs: 5_000, escapeMs: 1_000 };

function run(inputs: readonly CmgsInput[]): { result: CmgsResult | null; actions: CmgsAction[]; stage: string } {
  let state = cmgsStart;
  const actions: CmgsAction[] = [];
  for (const input of inputs) {
    const step = cmgsStep(state, input, pdu, times);
    state = step.state;
    actions.push(...step.actions);
  }
  return { result: state.stage === 'done' ? state.result : null, actions, stage: state.stage };
}

const line = (text: string): CmgsInput => ({ type: 'line', text });
const start: CmgsInput = { type: 'start' };
const prompt: CmgsInput = { type: 'prompt' };
const written: CmgsInput = { type: 'written' };
const timeout: CmgsInput = { type: 'timeout' };
const handedOver = [start, written, prompt, written, written];

describe('the dialogue of AT+CMGS', () => {
  it('writes command, body and Ctrl-Z, each when it is its turn', () => {
    const { actions, result } = run([...handedOver, line('+CMGS: 17'), line('OK')]);
    expect(actions.filter((action) => action.type === 'write').map((action) => action.data)).toEqual([
      'AT+CMGS=19\r',
      pdu.hex,
      ctrlZ,
    ]);
    expect(result).toEqual({ kind: 'accepted', reference: 17, resync: false });
  });

  it('never writes a body without a prompt', () => {
    const input = fc.oneof(
      fc.constantFrom<CmgsInput>(start, written, timeout, { type: 'restarted' }),
      fc.constantFrom('OK', 'ERROR', '+CMGS: 4', 'RING', '> text').map(line),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 20 }), (inputs) => {
        const { actions } = run([start, ...inputs]);
        const data = actions.filter((action) => action.type === 'write').map((action) => action.data);
        expect(data).not.toContain(pdu.hex);
        expect(data).not.toContain(ctrlZ);
      }),
      { seed: 20260115, numRuns: 300 },
    );
  });

  it('is uncertain only once Ctrl-Z is written, and never says "not sent" from then on', () => {
    const input = fc.oneof(
      fc.constantFrom<CmgsInput>(prompt, written, timeout, { type: 'restarted' }),
      fc.constantFrom<CmgsInput>({ type: 'closed', reason: 'x' }, { type: 'write-failed', reason: 'x' }),
      fc.constantFrom('OK', 'ERROR', '+CMS ERROR: 500', '+CMGS: 4', 'NO CARRIER').map(line),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 12 }), (inputs) => {
        const { actions, result } = run([start, ...inputs]);
        const left = actions.some((action) => action.type === 'write' && action.data === ctrlZ);
        const allowed = left ? ['uncertain', 'accepted', 'refused', undefined] : ['not-sent', 'refused', undefined];
        expect(allowed).toContain(result?.kind);
      }),
      { seed: 20260115, numRuns: 500 },
    );
  });

  it('always ends by time-outs alone', () => {
    for (const inputs of [
      [start],
      [start, prompt],
      handedOver,
      [...handedOver, line('+CMGS: 1')],
      [...handedOver, line('OK')],
    ]) {
      expect(run([...inputs, timeout, timeout]).stage).toBe('done');
    }
  });

  it('changes nothing any more when it is over', () => {
    const over = [...handedOver, line('+CMS ERROR: 500')];
    expect(run([...over, line('+CMGS: 3'), line('OK'), timeout]).result).toEqual(run(over).result);
  });
});
