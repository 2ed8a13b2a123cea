import { describe, expect, it } from 'vitest';
import type { SubmitOutcome } from '../../../server/domain/carrier.ts';
import { boundRig, submission, type Rig } from './rig.ts';

async function sendOne(rig: Rig, fields: Parameters<typeof submission>[0] = {}): Promise<SubmitOutcome> {
  const outcome = rig.carrier.submit(submission(fields));
  await rig.clock.advance(0);
  return await outcome;
}

describe('what is sent', () => {
  it('is GSM-7 in data_coding 0, one septet an octet, escapes and all', async () => {
    const rig = await boundRig();
    expect(await sendOne(rig, { text: '@ {x} €' })).toEqual({ kind: 'accepted', reference: '1' });
    expect(rig.smsc.submits).toMatchObject([
      {
        serviceType: '',
        source: 'SEPSMS',
        types: '5.0 1.1',
        dest: '66812345678',
        esmClass: 0,
        validity: '000002000000000R',
        registered: 1,
        dataCoding: 0,
      },
    ]);
    expect(rig.smsc.submits[0]?.message.toString('hex')).toBe('00201b28781b29201b65');
  });

  it('is UCS-2 in data_coding 8', async () => {
    const rig = await boundRig();
    await sendOne(rig, { text: 'ก😀', encoding: 'ucs2' });
    expect(rig.smsc.submits[0]).toMatchObject({ dataCoding: 8 });
    expect(rig.smsc.submits[0]?.message.toString('hex')).toBe('0e01d83dde00');
  });

  it('is Latin-1 where the SMSC means that by data_coding 0, and Unicode for what is not in it', async () => {
    const rig = await boundRig({ defaultAlphabet: 'latin1' });
    await sendOne(rig, { text: 'é{' });
    await sendOne(rig, { text: '€' });
    expect(rig.smsc.submits.map(({ dataCoding, message }) => [dataCoding, message.toString('hex')])).toEqual([
      [0, 'e97b'],
      [8, '20ac'],
    ]);
    expect(await sendOne(rig, { text: `€${'x'.repeat(152)}`, part: 1, partCount: 2 })).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('message_payload') as string,
    });
    expect(rig.smsc.submits).toHaveLength(2);
  });

  it('has a header in each part of a long text', async () => {
    const rig = await boundRig();
    expect(rig.carrier.splitting).toBe('parts');
    await sendOne(rig, { text: 'a'.repeat(153), part: 2, partCount: 3 });
    expect(rig.smsc.submits[0]).toMatchObject({ esmClass: 0x40, dataCoding: 0 });
    expect(rig.smsc.submits[0]?.message.subarray(0, 6).toString('hex')).toBe('0500035a0302');
    expect(rig.smsc.submits[0]?.message).toHaveLength(159);
  });

  it('has parameters beside each part where the SMSC writes the header', async () => {
    const rig = await boundRig({ longText: 'sar' });
    expect(rig.carrier.splitting).toBe('parts');
    await sendOne(rig, { text: 'ก'.repeat(67), encoding: 'ucs2', part: 3, partCount: 3 });
    await sendOne(rig);
    const [part, whole] = rig.smsc.submits;
    expect(part).toMatchObject({ esmClass: 0, dataCoding: 8 });
    expect([...(part?.tlvs ?? [])].map(([tag, value]) => [tag, value.toString('hex')])).toEqual([
      [0x020c, '005a'],
      [0x020e, '03'],
      [0x020f, '03'],
    ]);
    expect(whole?.tlvs.size).toBe(0);
  });

  it('is whole in message_payload where the SMSC cuts, and as usual when it is short', async () => {
    const rig = await boundRig({ longText: 'payload' });
    expect(rig.carrier.splitting).toBe('whole');
    await sendOne(rig, { text: 'a'.repeat(161) });
    await sendOne(rig, { text: 'a'.repeat(160) });
    await sendOne(rig, { text: 'ก'.repeat(71), encoding: 'ucs2' });
    await sendOne(rig, { text: 'ก'.repeat(70), encoding: 'ucs2' });
    expect(rig.smsc.submits.map(({ message, tlvs }) => [message.length, tlvs.get(0x0424)?.length ?? null])).toEqual([
      [0, 161],
      [160, null],
      [0, 142],
      [140, null],
    ]);
  });

  it.each([
    ['SEPSMS', 'SEPSMS', '5.0'],
    ['66812345678', '66812345678', '1.1'],
    ['+66812345678', '66812345678', '1.1'],
    ['0812345678', '0812345678', '2.1'],
    ['4567', '4567', '3.0'],
  ])('comes from %s as its type says', async (origin, source, type) => {
    const rig = await boundRig();
    await sendOne(rig, { origin });
    expect(rig.smsc.submits[0]).toMatchObject({ source, types: `${type} 1.1` });
  });

  it('has the types, service type and validity that the contract says', async () => {
    const rig = await boundRig({
      sourceType: { ton: 0, npi: 9 },
      destType: { ton: 2, npi: 8 },
      serviceType: 'CMT',
      validity: 'absolute',
      receipts: false,
    });
    expect(rig.carrier.reports).toBe(false);
    await sendOne(rig, { expiresAt: Date.UTC(2026, 11, 31, 23, 59, 58) });
    expect(rig.smsc.submits[0]).toMatchObject({
      types: '0.9 2.8',
      serviceType: 'CMT',
      validity: '261231235958000+',
      registered: 0,
    });
  });

  it('is refused at once when no field of SMPP holds its sender', async () => {
    const rig = await boundRig();
    expect(await sendOne(rig, { origin: 'ร้าน' })).toMatchObject({ kind: 'rejected', code: 'smpp.unwritable' });
    expect(rig.smsc.submits).toHaveLength(0);
  });
});

describe('answers', () => {
  it.each([
    [0x0b, 'ESME_RINVDSTADR'],
    [0x0a, 'ESME_RINVSRCADR'],
    [0x01, 'ESME_RINVMSGLEN'],
    [0xc4, 'ESME_RINVOPTPARAMVAL'],
  ])('%i rejects the message', async (status, code) => {
    const rig = await boundRig();
    rig.smsc.onSubmit = () => ({ status });
    expect(await sendOne(rig)).toMatchObject({ kind: 'rejected', code });
    expect(rig.carrier.room()).toBe(10);
  });

  it.each([
    [0x08, 'ESME_RSYSERR'],
    [0x45, 'ESME_RSUBMITFAIL'],
    [0x0457, '0x00000457'],
  ])('%i is worth another try', async (status, code) => {
    const rig = await boundRig();
    rig.smsc.onSubmit = () => ({ status });
    expect(await sendOne(rig)).toMatchObject({ kind: 'retry', code, carrierFault: false });
  });

  it('takes the SMSC for sick when it refuses everything', async () => {
    const rig = await boundRig();
    rig.smsc.onSubmit = () => ({ status: 0x08 });
    for (let n = 0; n < 4; n += 1) expect(await sendOne(rig)).toMatchObject({ carrierFault: false });
    expect(await sendOne(rig)).toMatchObject({ carrierFault: true });
    expect(rig.carrier.room()).toBe(0);
    await rig.clock.advance(1_000);
    expect(rig.carrier.room()).toBe(10);
  });

  it('binds anew when the SMSC says that the session is not bound', async () => {
    const rig = await boundRig();
    rig.smsc.onSubmit = () => ({ status: 0x04 });
    expect(await sendOne(rig)).toMatchObject({ kind: 'retry', carrierFault: true });
    await rig.clock.advance(1_000);
    expect(rig.smsc.binds).toHaveLength(2);
    expect(rig.carrier.status().state).toBe('ready');
  });

  it('without a message id find no receipts, but are answers', async () => {
    const rig = await boundRig();
    rig.smsc.onSubmit = () => ({ status: 0 });
    expect(await sendOne(rig)).toEqual({ kind: 'accepted', reference: '' });
  });

  it('that do not come leave it uncertain, and the link is looked at', async () => {
    const rig = await boundRig();
    rig.smsc.onSubmit = () => null;
    const outcome = rig.carrier.submit(submission());
    await rig.clock.advance(29_999);
    expect(rig.carrier.room()).toBe(9);
    await rig.clock.advance(1);
    expect(await outcome).toMatchObject({ kind: 'uncertain', code: 'smpp.no_answer' });
    expect(rig.carrier.room()).toBe(10);
    expect(rig.smsc.requests.filter((id) => id === 0x15)).not.toHaveLength(0);
    expect(rig.carrier.status().state).toBe('ready');
  });

  it('that come too late are passed over', async () => {
    const rig = await boundRig();
    const { promise: later, resolve: answer } = Promise.withResolvers<string>();
    rig.smsc.onSubmit = () => later;
    const outcomes = Array.from({ length: 10 }, () => rig.carrier.submit(submission()));
    await rig.clock.advance(30_000);
    answer('9');
    for (const outcome of outcomes) expect(await outcome).toMatchObject({ kind: 'uncertain' });
    rig.smsc.onSubmit = () => 'a';
    expect(await sendOne(rig)).toEqual({ kind: 'accepted', reference: 'a' });
  });

  it('are not known for what was out when the link broke; what waited was never sent', async () => {
    const rig = await boundRig({ window: 2 });
    rig.smsc.onSubmit = () => null;
    const states: string[] = [];
    const outcomes = Array.from({ length: 3 }, async () => {
      const outcome = await rig.carrier.submit(submission());
      states.push(rig.carrier.status().state);
      return outcome;
    });
    await rig.clock.advance(0);
    expect(rig.smsc.submits).toHaveLength(2);
    rig.smsc.link().cut();
    await rig.clock.advance(0);
    const [first, second, third] = await Promise.all(outcomes);
    expect(first).toMatchObject({ kind: 'uncertain', code: 'smpp.link_lost' });
    expect(second).toMatchObject({ kind: 'uncertain', code: 'smpp.link_lost' });
    expect(third).toMatchObject({ kind: 'retry', carrierFault: true });
    // Whoever hears of a doubt sees that the link is to blame for it.
    expect(states).toEqual(['waiting', 'waiting', 'waiting']);
    await rig.clock.advance(1_000);
    expect(rig.carrier.status().state).toBe('ready');
    expect(rig.smsc.submits).toHaveLength(2);
  });
});

describe('the window', () => {
  it('is never exceeded, and what is more waits a moment for its turn', async () => {
    const rig = await boundRig({ window: 3 });
    const answers: ((id: string) => void)[] = [];
    rig.smsc.onSubmit = () => new Promise((resolve) => answers.push(resolve));
    const outcomes = Array.from({ length: 8 }, () => rig.carrier.submit(submission()));
    await rig.clock.advance(0);
    expect([rig.smsc.open, rig.carrier.room()]).toEqual([3, 0]);
    let id = 0;
    while (answers.length > 0) {
      id += 1;
      answers.shift()?.(String(id));
      await rig.clock.advance(0);
      expect(rig.smsc.open).toBeLessThanOrEqual(3);
    }
    expect((await Promise.all(outcomes)).map((outcome) => outcome.kind === 'accepted' && outcome.reference)).toEqual(
      Array.from({ length: 8 }, (_, n) => String(n + 1)),
    );
    expect(rig.smsc.mostOpen).toBe(3);
    expect(rig.carrier.room()).toBe(3);
  });

  it('does not make a hand-over wait for ever', async () => {
    const rig = await boundRig({ window: 1 });
    rig.smsc.onSubmit = () => null;
    void rig.carrier.submit(submission());
    const second = rig.carrier.submit(submission());
    await rig.clock.advance(5_000);
    expect(await second).toMatchObject({ kind: 'retry', carrierFault: true });
    expect(rig.smsc.submits).toHaveLength(1);
  });
});
