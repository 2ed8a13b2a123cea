import { describe, expect, it } from 'vitest';
import { ok } from '../../fakes/scripted-modem.ts';
import { readyRig, submission } from './rig.ts';

const minute = 60_000;

describe('a modem without network', () => {
  it('is told to search by itself after two minutes, once, and its radio is switched off and on every quarter of an hour', async () => {
    const { carrier, modem, clock } = await readyRig({ 'AT+CFUN=': ok(), 'AT+COPS=0': ok() });
    modem.answers.set('AT+CREG?', ok('+CREG: 1,0'));
    await clock.advance(2 * minute);
    expect(carrier.status().reason).toContain('not registered');
    expect([modem.count('AT+COPS=0'), modem.count('AT+CFUN=4')]).toEqual([0, 0]);
    await clock.advance(minute);
    expect([modem.count('AT+COPS=0'), modem.count('AT+CFUN=4')]).toEqual([1, 0]);
    await clock.advance(13 * minute);
    expect([modem.count('AT+COPS=0'), modem.count('AT+CFUN=4'), modem.count('AT+CFUN=1')]).toEqual([1, 1, 1]);
    await clock.advance(15 * minute);
    expect([modem.count('AT+COPS=0'), modem.count('AT+CFUN=4'), modem.count('AT+CFUN=1')]).toEqual([1, 2, 2]);
    expect(modem.opened).toBe(1);
  });

  it('goes on where it was when the network is back, and a later loss counts anew', async () => {
    const { carrier, modem, clock } = await readyRig({ 'AT+COPS=0': ok() });
    modem.answers.set('AT+CREG?', ok('+CREG: 1,2'));
    await clock.advance(4 * minute);
    modem.answers.delete('AT+CREG?');
    await clock.advance(10_000);
    expect(carrier.status()).toMatchObject({ state: 'ready', reason: '' });
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
    modem.answers.set('AT+CREG?', ok('+CREG: 1,2'));
    await clock.advance(4 * minute);
    expect(modem.count('AT+COPS=0')).toBe(2);
    expect(modem.count('AT+CFUN=4')).toBe(0);
  });

  it('that is slow in searching is not taken for one that hangs', async () => {
    const { modem, clock } = await readyRig({ 'AT+COPS=0': null });
    modem.answers.set('AT+CREG?', ok('+CREG: 1,2'));
    await clock.advance(3 * minute);
    expect(modem.count('AT+COPS=0')).toBe(1);
    modem.say(ok());
    await clock.advance(minute);
    expect(modem.opened).toBe(1);
  });
});

describe('the service centre', () => {
  const none = { 'AT+CSCA?': ok('+CSCA: "",129') };

  it('that the SIM has is left as it is', async () => {
    const { carrier, modem } = await readyRig({}, { smsc: '+66818110888' });
    expect(modem.heard.filter((line) => line.startsWith('AT+CSCA='))).toEqual([]);
    expect(carrier.status().facts['warning']).toBeNull();
  });

  it('is written to a SIM without one when its owner names it', async () => {
    const { carrier, modem } = await readyRig({ ...none, 'AT+CSCA=': ok() }, { smsc: '66818110888' });
    expect(modem.count('AT+CSCA="+66818110888",145')).toBe(1);
    expect(carrier.status().facts).toMatchObject({ smsc: '+66818110888', warning: null });
  });

  it('is named in each message though the SIM does not take it', async () => {
    const { carrier, modem } = await readyRig({ ...none, 'AT+CSCA=': '\r\nERROR\r\n' }, { smsc: '+66818110888' });
    await carrier.submit(submission());
    expect(modem.bodies[0]).toMatch(/^07916618180188F8/u);
  });

  it('is asked for in words when there is none at all', async () => {
    const { carrier } = await readyRig(none);
    expect(carrier.status().state).toBe('ready');
    expect(carrier.status().facts['warning']).toContain('no message centre number');
    expect(carrier.status().facts).not.toHaveProperty('smscMissing');
  });
});
