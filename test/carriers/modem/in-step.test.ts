import { describe, expect, it } from 'vitest';
import { encodeDeliver } from '../../../server/carriers/tpdu/network-side.ts';
import { ScriptedModem, ok } from '../../fakes/scripted-modem.ts';
import { createRig, readyRig, submission } from './rig.ts';

const sentAt = Date.UTC(2026, 0, 15, 4, 0, 0);
const hello = encodeDeliver({ from: '66898765432', text: 'Hello', sentAt });
const thai = encodeDeliver({ from: '66898765432', text: 'สวัสดี', sentAt });

describe('an answer that comes late', () => {
  it('of a knock is not taken for that of the next command', async () => {
    const modem = new ScriptedModem({ AT: null });
    const { carrier, clock } = createRig(modem);
    await carrier.start();
    await clock.advance(3_000);
    modem.answers.clear();
    modem.say(ok());
    await clock.advance(100);
    for (let late = 0; late < 2; late += 1) modem.say(ok());
    await clock.advance(5_000);
    expect(carrier.status()).toMatchObject({
      state: 'ready',
      facts: { imei: '867000000000001', imsi: '520030000000001', operator: 'AIS', memory: 'SM' },
    });
  });

  it('is waited for until a question is answered by its own name', async () => {
    const { carrier, modem, clock } = await readyRig();
    let asked = 0;
    modem.answers.set('AT+CEREG?', null);
    modem.answers.set('AT+CSQ', () => {
      asked += 1;
      // Of the two after the time-out the first is answered by the OK of something older.
      return asked === 2 ? ok() : ok('+CSQ: 20,0');
    });
    await clock.advance(30_000);
    const from = modem.heard.length;
    await clock.advance(7_000);
    expect(modem.heard.slice(from)).toEqual(expect.arrayContaining(['AT', 'AT+CSQ', 'AT+CMEE?', 'AT+CREG?']));
    expect(carrier.status().state).toBe('ready');
  });

  it('behind an information line without OK does not move the answers that follow', async () => {
    let owed = ok();
    const behind = (answer: string) => (): string => {
      const all = `${owed}${answer}`;
      owed = '';
      return all;
    };
    const modem = new ScriptedModem({ 'AT+CPIN?': '\r\n+CPIN: READY\r\n' });
    modem.answers.set('AT+CIMI', behind(ok('520030000000001')));
    const { carrier, clock } = createRig(modem);
    await carrier.start();
    await clock.advance(1_000);
    modem.answers.set('AT', behind(ok()));
    await clock.advance(3_000);
    expect(carrier.status()).toMatchObject({ state: 'ready', facts: { imsi: '520030000000001', operator: 'AIS' } });
  });

  it('does not delete another message than the one that was stored', async () => {
    const { modem, clock, host } = await readyRig();
    // An OK too many came in front of the answer to place 1, which is now in front of all that follows.
    let owed = ok(`+CMGR: 0,,24\r\n${hello}`);
    const behind = (answer: string) => (): string => {
      const all = `${owed}${answer}`;
      owed = '';
      return all;
    };
    modem.answers.set('AT+CMGR=1', ok());
    modem.answers.set('AT', behind(ok()));
    modem.answers.set('AT+CMGR=2', behind(ok(`+CMGR: 0,,24\r\n${thai}`)));
    const swept = modem.count('AT+CMGL=4');
    modem.say('\r\n+CMTI: "SM",1\r\n\r\n+CMTI: "SM",2\r\n');
    await clock.advance(1_000);
    expect(host.inbounds.map((part) => part.text)).toEqual(['สวัสดี']);
    expect(modem.heard.filter((line) => line.startsWith('AT+CMGD'))).toEqual(['AT+CMGD=2']);
    await clock.advance(31_000);
    expect(modem.count('AT+CMGL=4')).toBeGreaterThan(swept);
  });
});

describe('an error in place of the prompt', () => {
  it('may be that of something older: a prompt behind it is left before the next command', async () => {
    const { carrier, modem, clock } = await readyRig({ 'AT+CMGS=': '\r\nERROR\r\n' });
    const from = modem.heard.length;
    const outcome = carrier.submit(submission());
    await clock.advance(10);
    modem.say('\r\n> ');
    await clock.advance(1_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'retry', code: 'ERROR' });
    expect(modem.heard.slice(from + 1)).toEqual(['AT', 'AT+CSQ']);
    expect(modem.bodies).toEqual([]);
  });
});

describe('a modem that cannot be asked for long', () => {
  it('gives a part back after half a minute, while it lists its memory', async () => {
    const rig = await readyRig();
    rig.modem.answers.set('AT+CMGL=4', null);
    rig.modem.say('\r\n^SMMEMFULL: "SM"\r\n');
    const outcome = rig.carrier.submit(submission());
    await rig.clock.advance(31_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'retry', code: 'modem.no-turn', carrierFault: true });
    expect(rig.modem.bodies).toEqual([]);
    // One memory that does not list is enough; the others are left for later.
    await rig.clock.advance(35_000);
    expect(rig.modem.count('AT+CPMS="ME"')).toBe(1);
    rig.modem.answers.clear();
    await rig.clock.advance(90_000);
    await expect(rig.carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('is not asked again and again when it says the same again and again', async () => {
    const rig = await readyRig({ 'AT+CPIN?': ok('+CPIN: SIM PUK') });
    const from = rig.modem.count('ATE0');
    rig.modem.answers.set('ATE0', () => {
      setImmediate(() => rig.modem.say('\r\n+CPIN: SIM PUK\r\n'));
      return ok();
    });
    for (let turn = 0; turn < 100; turn += 1) {
      rig.modem.say('\r\n+CPIN: SIM PUK\r\n');
      await rig.clock.advance(50);
    }
    expect(rig.modem.count('ATE0') - from).toBeLessThanOrEqual(11);
  });
});

describe('the setting of the memory', () => {
  it('whose answers get lost leaves all of them to be looked through', async () => {
    const rig = await readyRig({ 'AT+CPMS=?': null, 'AT+CPMS=': null });
    rig.modem.answers.set('AT+CPMS="SR"', ok());
    rig.modem.answers.set('AT+CPMS="ME"', ok());
    await rig.clock.advance(180_000);
    expect(rig.carrier.status()).toMatchObject({ state: 'ready', facts: { memory: null } });
    expect(rig.modem.heard).toEqual(expect.arrayContaining(['AT+CPMS="ME"', 'AT+CPMS="SR"']));
  });
});
