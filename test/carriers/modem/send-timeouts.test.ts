import { describe, expect, it } from 'vitest';
import { ScriptedModem, ok } from '../../fakes/scripted-modem.ts';
import { createRig, readyRig, submission } from './rig.ts';

describe('a modem that does not answer in time', () => {
  it('no prompt: ESC, and the part is given back unsent', async () => {
    const { carrier, modem, clock } = await readyRig({ 'AT+CMGS=': null });
    const outcome = carrier.submit(submission());
    await clock.advance(11_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'retry', code: 'modem.no-prompt', carrierFault: true });
    expect(modem.bodies).toHaveLength(0);
    await clock.advance(1_000);
    expect(carrier.room()).toBe(1);
  });

  it('a prompt that comes after ESC gets no body', async () => {
    const { carrier, modem, clock } = await readyRig({ 'AT+CMGS=': null });
    const outcome = carrier.submit(submission());
    await clock.advance(10_500);
    modem.say('\r\n> ');
    await clock.advance(2_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'retry' });
    expect(modem.bodies).toHaveLength(0);
    modem.answers.delete('AT+CMGS=');
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('no answer after Ctrl-Z: uncertain, and the line is brought back in step', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = null;
    const outcome = carrier.submit(submission());
    await clock.advance(59_900);
    expect(modem.heard.at(-1)).toContain('body:');
    await clock.advance(200);
    await expect(outcome).resolves.toMatchObject({ kind: 'uncertain', code: 'modem.no-answer' });
    expect(carrier.room()).toBe(0);
    await clock.advance(1_000);
    const after = modem.heard.findIndex((line) => line.startsWith('body:')) + 1;
    expect(modem.heard[after]).toBe('AT');
    expect(carrier.room()).toBe(1);
    modem.body = ok('+CMGS: 5');
    await expect(carrier.submit(submission())).resolves.toEqual({ kind: 'accepted', reference: '5' });
  });

  it('a late +CMGS is not taken for the next part', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = null;
    const first = carrier.submit(submission());
    await clock.advance(60_100);
    await expect(first).resolves.toMatchObject({ kind: 'uncertain' });
    modem.say(ok('+CMGS: 41'));
    await clock.advance(1_000);
    modem.body = ok('+CMGS: 42');
    await expect(carrier.submit(submission())).resolves.toEqual({ kind: 'accepted', reference: '42' });
  });

  it('+CMGS without OK: accepted', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = '\r\n+CMGS: 8\r\n';
    const outcome = carrier.submit(submission());
    await clock.advance(5_100);
    await expect(outcome).resolves.toEqual({ kind: 'accepted', reference: '8' });
    await clock.advance(1_000);
    expect(carrier.room()).toBe(1);
  });

  it('OK without +CMGS: uncertain', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = ok();
    const outcome = carrier.submit(submission());
    await clock.advance(5_100);
    await expect(outcome).resolves.toMatchObject({ kind: 'uncertain', code: 'modem.no-reference' });
  });
});

describe('a modem that goes away', () => {
  it('while the prompt is awaited: given back', async () => {
    const { carrier, modem, clock } = await readyRig({ 'AT+CMGS=': null });
    const outcome = carrier.submit(submission());
    await clock.advance(100);
    modem.unplug();
    await expect(outcome).resolves.toMatchObject({ kind: 'retry', code: 'modem.closed', carrierFault: true });
  });

  it('after Ctrl-Z: uncertain', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = null;
    const outcome = carrier.submit(submission());
    await clock.advance(100);
    modem.unplug();
    await expect(outcome).resolves.toMatchObject({ kind: 'uncertain', code: 'modem.closed' });
    expect(carrier.room()).toBe(0);
  });

  it('between +CMGS and OK: accepted', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = '\r\n+CMGS: 8\r\n';
    const outcome = carrier.submit(submission());
    await clock.advance(100);
    modem.unplug();
    await expect(outcome).resolves.toEqual({ kind: 'accepted', reference: '8' });
  });

  it('when the body cannot be written: given back; when only Ctrl-Z may be: uncertain', async () => {
    for (const [failsAt, kind] of [
      [2, 'retry'],
      [3, 'uncertain'],
    ] as const) {
      const modem = new ScriptedModem();
      let writes = Number.NaN;
      const rig = createRig(modem, {
        openStream: () => {
          const stream = modem.open();
          const write = stream.write.bind(stream);
          return Promise.resolve({
            ...stream,
            write: (bytes: Uint8Array) => {
              writes += 1;
              return writes === failsAt ? Promise.reject(new Error('drain timed out')) : write(bytes);
            },
          });
        },
      });
      await rig.carrier.start();
      await rig.clock.advance(2_000);
      writes = 0;
      await expect(rig.carrier.submit(submission())).resolves.toMatchObject({ kind, code: 'modem.write-failed' });
    }
  });

  it('restarting after Ctrl-Z: uncertain, and everything is set up again', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.body = '\r\nRDY\r\n\r\n+CFUN: 1\r\n';
    const before = modem.count('AT+CNMI=2,1,0,1,0');
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'uncertain', code: 'modem.restarted' });
    expect(carrier.room()).toBe(0);
    expect(carrier.status().reason).toContain('restarted');
    await clock.advance(5_000);
    expect(modem.count('AT+CNMI=2,1,0,1,0')).toBe(before + 1);
    expect(carrier.status().state).toBe('ready');
  });

  it('a late "PB DONE" does not disturb the part being sent', async () => {
    const { carrier, modem, clock } = await readyRig();
    await clock.advance(120_000);
    modem.body = '\r\nPB DONE\r\n\r\n+CMGS: 3\r\n\r\nOK\r\n';
    await expect(carrier.submit(submission())).resolves.toEqual({ kind: 'accepted', reference: '3' });
  });

  it('comes back on another port and is set up again', async () => {
    const first = new ScriptedModem();
    const second = new ScriptedModem({ 'AT+CGSN': ok('867000000000001') });
    let current: ScriptedModem | undefined = first;
    const { carrier, clock } = createRig(first, {
      openStream: () =>
        current === undefined ? Promise.reject(new Error('There is no port.')) : Promise.resolve(current.open()),
    });
    await carrier.start();
    await clock.advance(2_000);
    current = undefined;
    first.unplug();
    await clock.advance(20_000);
    expect(carrier.status()).toMatchObject({ state: 'faulty', reason: 'There is no port.' });
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'retry', carrierFault: true });
    current = second;
    await clock.advance(7_000);
    expect(carrier.status().state).toBe('ready');
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
    expect(first.bodies).toHaveLength(0);
    expect(second.bodies).toHaveLength(1);
  });
});
