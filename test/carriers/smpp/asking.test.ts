import { describe, expect, it } from 'vitest';
import type { DeliveryReport, HandedOver } from '../../../server/domain/carrier.ts';
import { boundRig, submission, type Rig } from './rig.ts';

const handed = (fields: Partial<HandedOver> = {}): HandedOver => ({
  reference: 'a7',
  msisdn: '66812345678',
  origin: 'SEPSMS',
  handedAt: 0,
  ...fields,
});

async function ask(rig: Rig, fields: Partial<HandedOver> = {}): Promise<DeliveryReport | null | undefined> {
  const asked = rig.carrier.ask?.(handed(fields));
  await rig.clock.advance(0);
  return await asked;
}

describe('asking with query_sm', () => {
  it('is not done unless it is wanted', async () => {
    const { carrier } = await boundRig();
    expect(carrier.asking).toBeUndefined();
    expect('ask' in carrier && carrier.ask !== undefined).toBe(false);
  });

  it('tells what became of a message', async () => {
    const rig = await boundRig({ query: true });
    expect(rig.carrier.asking).toEqual({ afterMs: 1_800_000, everyMs: 3_600_000 });
    rig.smsc.onQuery = (id, source) => ({
      state: id === 'a7' && source === 'SEPSMS' ? 2 : 5,
      date: '260115100100028+',
    });
    expect(await ask(rig)).toEqual({
      reference: 'a7',
      msisdn: '66812345678',
      verdict: 'delivered',
      code: 'DELIVRD',
      message: 'The phone has it.',
      at: Date.UTC(2026, 0, 15, 3, 1),
    });
  });

  it.each([
    [3, 0, 'expired', 'EXPIRED'],
    [5, 11, 'failed', 'UNDELIV 11'],
    [8, 0, 'failed', 'REJECTD'],
  ])('state %i with error %i', async (state, error, verdict, code) => {
    const rig = await boundRig({ query: true });
    rig.smsc.onQuery = () => ({ state, error });
    expect(await ask(rig)).toMatchObject({ verdict, code, at: null });
  });

  it.each([0, 1, 6, 7, 99])('state %i says nothing yet', async (state) => {
    const rig = await boundRig({ query: true });
    rig.smsc.onQuery = () => ({ state });
    expect(await ask(rig)).toBeNull();
  });

  it('knows nothing when the SMSC does not, is away, or does not answer', async () => {
    const rig = await boundRig({ query: true });
    rig.smsc.onQuery = () => 0x67;
    expect(await ask(rig)).toBeNull();
    expect(await ask(rig, { reference: '' })).toBeNull();
    await rig.carrier.stop();
    expect(await ask(rig)).toBeNull();
  });

  it('writes ids as the SMSC does', async () => {
    const rig = await boundRig({ query: true });
    const asked: string[] = [];
    rig.smsc.onQuery = (id) => {
      asked.push(id);
      return { state: 2 };
    };
    for (const id of ['0000AB12', '00FFAB13']) {
      rig.smsc.onSubmit = () => id;
      const outcome = rig.carrier.submit(submission());
      await rig.clock.advance(0);
      const accepted = await outcome;
      if (accepted.kind === 'accepted') await ask(rig, { reference: accepted.reference });
    }
    expect(asked).toEqual(['0000AB12', '00FFAB13']);
  });
});
