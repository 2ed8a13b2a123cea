import { describe, expect, it } from 'vitest';
import { boundRig, createRig, submission, type Rig } from './rig.ts';

const minute = 60_000;

/** Binds seen after so long. */
async function bindsAfter({ smsc, clock }: Rig, ms: number): Promise<number> {
  await clock.advance(ms);
  return smsc.binds.length;
}

describe('binding', () => {
  it('binds as transceiver with version 3.4 and becomes ready', async () => {
    const rig = createRig({ systemType: 'sms' });
    expect(rig.carrier.status().state).toBe('stopped');
    await rig.carrier.start();
    expect(rig.carrier.status().state).toBe('starting');
    expect(rig.carrier.room()).toBe(0);
    await rig.clock.advance(0);
    expect(rig.smsc.binds).toEqual([
      { mode: 'transceiver', systemId: 'box', password: 'secret', systemType: 'sms', version: 0x34 },
    ]);
    expect(rig.carrier.status()).toMatchObject({
      state: 'ready',
      reason: '',
      facts: {
        smsc: 'Test SMSC',
        address: 'smsc.example:2775',
        tls: 'off',
        systemId: 'box',
        boundSince: '2026-01-15T03:00:00.000Z',
        window: 10,
        windowInUse: 0,
        throttled: 0,
        receiver: null,
      },
    });
    expect(rig.carrier.room()).toBe(10);
  });

  it('binds a pair on two connections: one sends, the other receives', async () => {
    const rig = await boundRig({ bind: 'pair' });
    expect(rig.smsc.binds.map((bind) => bind.mode)).toEqual(['transmitter', 'receiver']);
    expect(rig.carrier.status().facts).toMatchObject({ bind: 'pair', receiver: 'bound' });
    const outcome = rig.carrier.submit(submission());
    await rig.clock.advance(0);
    expect(await outcome).toEqual({ kind: 'accepted', reference: '1' });
    expect(rig.smsc.submits[0]?.link.bind?.mode).toBe('transmitter');
    const [submit] = rig.smsc.submits;
    if (submit === undefined) throw new Error('nothing came');
    expect(await rig.smsc.receipt(submit, '1')).toBe(0);
    expect(rig.host.reports).toMatchObject([{ reference: '1', verdict: 'delivered' }]);
  });

  it('goes on sending while the receiving session of a pair is away', async () => {
    const rig = await boundRig({ bind: 'pair' });
    rig.smsc.onBind = () => 0x0d;
    rig.smsc.link('receive').cut();
    await rig.clock.advance(1_000);
    const { state, facts } = rig.carrier.status();
    expect(state).toBe('ready');
    expect(facts['receiver']).toContain('refuses the bind');
    expect(rig.carrier.room()).toBe(10);
  });

  it.each([
    [0x0e, 'password is wrong', 'faulty', 'smpp.wrong_password'],
    [0x0f, 'does not know this system id', 'faulty', 'smpp.wrong_system_id'],
    [0x0d, 'lets in the address', 'faulty', 'smpp.bind_refused'],
    [0x53, 'system type', 'faulty', 'smpp.wrong_system_type'],
    [0x0400, '0x00000400', 'faulty', 'smpp.bind_refused_as'],
    [0x05, 'bound already', 'waiting', 'smpp.bound_already'],
    [0x58, 'too many binds', 'waiting', 'smpp.too_many_binds'],
    [0x08, 'a fault of its own', 'waiting', 'smpp.fault'],
  ])('says what status %i means', async (status, words, state, code) => {
    const rig = createRig();
    rig.smsc.onBind = () => status;
    await rig.carrier.start();
    await rig.clock.advance(0);
    const reason = expect.stringContaining(words) as string;
    expect(rig.carrier.status()).toMatchObject({ state, reason, cause: { code } });
    expect(rig.carrier.room()).toBe(0);
    expect(await rig.carrier.submit(submission())).toMatchObject({ kind: 'retry', carrierFault: true });
  });

  it('tries a refused password slowly: a lock would cost more than the time', async () => {
    const rig = createRig();
    rig.smsc.onBind = () => 0x0e;
    await rig.carrier.start();
    expect(await bindsAfter(rig, 50_000)).toBe(1);
    expect(await bindsAfter(rig, 10_000)).toBe(2);
    expect(await bindsAfter(rig, 60 * minute)).toBeLessThanOrEqual(8);
    rig.smsc.onBind = () => 0;
    await rig.clock.advance(15 * minute);
    expect(rig.carrier.status().state).toBe('ready');
  });

  it('opens a lost connection soon again, then less and less often', async () => {
    const rig = await boundRig();
    rig.smsc.onBind = () => 0x08;
    rig.smsc.link().cut();
    await rig.clock.advance(0);
    expect(rig.carrier.status()).toMatchObject({
      state: 'waiting',
      reason: expect.stringContaining('lost') as string,
      facts: { boundSince: null, nextTry: '2026-01-15T03:00:00.900Z' },
    });
    expect(await bindsAfter(rig, 1_000)).toBe(2);
    expect(await bindsAfter(rig, minute)).toBeLessThanOrEqual(8);
    const before = rig.smsc.binds.length;
    expect((await bindsAfter(rig, 10 * minute)) - before).toBeLessThanOrEqual(12);
    rig.smsc.onBind = () => 0;
    await rig.clock.advance(minute);
    expect(rig.carrier.status().state).toBe('ready');
    // A session that lasted counts as a good one: the next wait is short again.
    await rig.clock.advance(minute);
    const seen = rig.smsc.binds.length;
    rig.smsc.link().cut();
    expect(await bindsAfter(rig, 1_000)).toBe(seen + 1);
  });

  it('says that an SMSC which hangs up may not know the address', async () => {
    const rig = createRig();
    rig.smsc.closesAtOnce = true;
    await rig.carrier.start();
    await rig.clock.advance(0);
    expect(rig.carrier.status()).toMatchObject({
      state: 'waiting',
      reason: expect.stringContaining('lets in') as string,
    });
  });

  it('gives up an SMSC that does not answer the bind', async () => {
    const rig = createRig();
    rig.smsc.onBind = () => null;
    await rig.carrier.start();
    await rig.clock.advance(14_999);
    expect(rig.carrier.status().state).toBe('starting');
    await rig.clock.advance(1);
    expect(rig.carrier.status()).toMatchObject({ state: 'waiting', reason: expect.stringContaining('TLS') as string });
    expect(rig.smsc.links.every((link) => link.ended)).toBe(true);
  });

  it.each([
    ['ECONNREFUSED', 'waiting', 'Nothing listens at this host and port'],
    ['ENOTFOUND', 'waiting', 'Check its spelling'],
    ['ETIMEDOUT', 'waiting', 'does not answer'],
    ['EPROTO', 'waiting', 'No TLS is spoken there'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'faulty', 'of nobody that is trusted'],
    ['CERT_SIGNATURE_FAILURE', 'faulty', 'of nobody that is trusted'],
    ['CERT_HAS_EXPIRED', 'faulty', 'has expired'],
    ['CERT_REVOKED', 'faulty', 'The connection fails: told by a test'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'faulty', 'for another host'],
    ['EWHATEVER', 'waiting', 'The connection fails: told by a test'],
  ])('tells why the connection fails with %s', async (code, state, words) => {
    const failure = Object.assign(new Error('told by a test'), { code });
    const rig = createRig({}, { open: () => Promise.reject(failure) });
    await rig.carrier.start();
    await rig.clock.advance(0);
    expect(rig.carrier.status()).toMatchObject({ state, reason: expect.stringContaining(words) as string });
  });
});

describe('keeping the session', () => {
  it('tries a silent link, and gives it up without an answer', async () => {
    const rig = await boundRig();
    await rig.clock.advance(30_000);
    expect(rig.smsc.requests).toEqual([0x09, 0x15]);
    rig.smsc.answersEnquiries = false;
    await rig.clock.advance(30_000);
    expect(rig.smsc.requests).toEqual([0x09, 0x15, 0x15]);
    await rig.clock.advance(10_000);
    expect(rig.carrier.status().state).toBe('waiting');
    rig.smsc.answersEnquiries = true;
    await rig.clock.advance(1_000);
    expect(rig.carrier.status().state).toBe('ready');
  });

  it('answers enquire_link', async () => {
    const { smsc } = await boundRig();
    expect(await smsc.link().request((n) => Buffer.from([0, 0, 0, 16, 0, 0, 0, 0x15, 0, 0, 0, 0, 0, 0, 0, n]))).toBe(0);
  });

  it('answers unbind when what is out is answered, and binds again', async () => {
    const rig = await boundRig();
    const { promise: later, resolve: answer } = Promise.withResolvers<string>();
    rig.smsc.onSubmit = () => later;
    const outcome = rig.carrier.submit(submission());
    await rig.clock.advance(0);
    const unbound = rig.smsc.link().request((n) => Buffer.from([0, 0, 0, 16, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, n]));
    await rig.clock.advance(100);
    expect(rig.carrier.room()).toBe(0);
    answer('77');
    await rig.clock.advance(0);
    expect(await outcome).toEqual({ kind: 'accepted', reference: '77' });
    expect(await unbound).toBe(0);
    await rig.clock.advance(1_000);
    expect(rig.carrier.status().state).toBe('ready');
    expect(rig.carrier.room()).toBe(10);
  });

  it('is probed by a person', async () => {
    const rig = await boundRig();
    expect(await rig.carrier.operate?.({ kind: 'probe' })).toMatchObject({ ok: true });
    await expect(rig.carrier.operate?.({ kind: 'balance' })).rejects.toMatchObject({
      code: 'carrier.command_unsupported',
    });
    await rig.carrier.stop();
    await expect(rig.carrier.operate?.({ kind: 'probe' })).rejects.toMatchObject({ code: 'carrier.not_ready' });
  });
});

describe('stopping', () => {
  it('waits for answers, unbinds and closes', async () => {
    const rig = await boundRig();
    const { promise: later, resolve: answer } = Promise.withResolvers<string>();
    rig.smsc.onSubmit = () => later;
    const outcome = rig.carrier.submit(submission());
    await rig.clock.advance(0);
    const stopped = rig.carrier.stop();
    expect(await rig.carrier.submit(submission())).toMatchObject({ kind: 'retry', carrierFault: true });
    await rig.clock.advance(1_000);
    answer('5');
    await rig.clock.advance(0);
    expect(await outcome).toEqual({ kind: 'accepted', reference: '5' });
    await stopped;
    expect(rig.smsc.requests.at(-1)).toBe(0x06);
    expect(rig.smsc.links[0]?.ended).toBe(true);
    expect(rig.carrier.status().state).toBe('stopped');
    expect(rig.clock.timers).toBe(0);
  });

  it('does not wait for ever: what is still out is uncertain', async () => {
    const rig = await boundRig();
    rig.smsc.onSubmit = () => null;
    const outcome = rig.carrier.submit(submission());
    await rig.clock.advance(0);
    const stopped = rig.carrier.stop();
    await rig.clock.advance(4_000);
    await stopped;
    expect(await outcome).toMatchObject({ kind: 'uncertain', code: 'smpp.link_lost' });
    expect(rig.clock.timers).toBe(0);
  });

  it('may stop while it waits for the next try, twice, and start again', async () => {
    const rig = createRig();
    rig.smsc.onBind = () => 0x0e;
    await rig.carrier.start();
    await rig.clock.advance(0);
    await Promise.all([rig.carrier.stop(), rig.carrier.stop()]);
    expect(rig.carrier.status()).toMatchObject({ state: 'stopped', reason: '' });
    rig.smsc.onBind = () => 0;
    await rig.carrier.start();
    await rig.clock.advance(0);
    expect(rig.carrier.status().state).toBe('ready');
  });
});
