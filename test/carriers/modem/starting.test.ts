import { describe, expect, it } from 'vitest';
import { createPinMemory } from '../../../server/carriers/modem/pin-memory.ts';
import { ScriptedModem, ok } from '../../fakes/scripted-modem.ts';
import { createRig, readyRig, submission } from './rig.ts';

describe('the start sequence', () => {
  it('tells what the modem says about itself', async () => {
    const { carrier } = await readyRig();
    expect(carrier.status().facts).toMatchObject({
      manufacturer: 'Maker',
      model: 'Model 1',
      firmware: 'Rev 2',
      imei: '867000000000001',
      imsi: '520030000000001',
      iccid: '8966010000000000001',
      smsc: '+66818110888',
      operator: 'AIS',
      signalDbm: -73,
      registration: 'home network',
      memory: 'SM',
      notification: '2,1,0,1,0',
    });
  });

  it('takes ERROR as a sign of life', async () => {
    const { carrier } = await readyRig({ AT: '\r\nERROR\r\n' });
    expect(carrier.status().state).toBe('ready');
  });

  it('wakes a modem that sleeps through the first knocks', async () => {
    const modem = new ScriptedModem();
    let knocks = 0;
    modem.answers.set('AT', () => {
      knocks += 1;
      return knocks < 4 ? null : ok();
    });
    const { carrier, clock } = createRig(modem);
    await carrier.start();
    await clock.advance(6_000);
    expect(carrier.status().state).toBe('ready');
  });

  it('says so when nobody answers', async () => {
    const { carrier, clock } = createRig(new ScriptedModem({ AT: null }));
    await carrier.start();
    await clock.advance(20_000);
    expect(carrier.status().state).not.toBe('ready');
    expect(carrier.status().reason).not.toBe('');
    expect(carrier.room()).toBe(0);
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'retry', carrierFault: true });
  });

  it('gets by with a modem that knows only what sending needs', async () => {
    const error = '\r\nERROR\r\n';
    const poor = [
      'AT+CMEE=1',
      'AT+CGMI',
      'AT+CGMM',
      'AT+CGMR',
      'AT+CFUN?',
      'AT+CCID',
      'AT+CIMI',
      'AT+CSQ',
      'AT+COPS?',
      'AT+COPS=3,0',
    ];
    const more = ['AT+CREG=1', 'AT+CREG?', 'AT+CSMS=?', 'AT+CSCA?', 'AT+CPMS=?', 'AT+CPMS=', 'AT+CNMI=?', 'AT+CNMI='];
    const { carrier } = await readyRig(Object.fromEntries([...poor, ...more].map((command) => [command, error])));
    expect(carrier.status().state).toBe('ready');
    await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('switches the radio on', async () => {
    const { modem, clock, carrier } = await readyRig({ 'AT+CFUN?': ok('+CFUN: 4'), 'AT+CFUN=1': ok() });
    await clock.advance(3_000);
    expect(modem.count('AT+CFUN=1')).toBe(1);
    expect(carrier.status().state).toBe('ready');
  });

  it('waits for a SIM that is still starting', async () => {
    const { modem, clock, carrier } = await readyRig({ 'AT+CMGF=0': '\r\n+CMS ERROR: 314\r\n' });
    await clock.advance(6_000);
    expect(carrier.status().state).toBe('starting');
    modem.answers.delete('AT+CMGF=0');
    await clock.advance(3_000);
    expect(carrier.status().state).toBe('ready');
  });

  it('says that a modem without PDU mode is of no use', async () => {
    const { clock, carrier } = await readyRig({ 'AT+CMGF=0': '\r\nERROR\r\n' });
    await clock.advance(2_000);
    expect(carrier.status()).toMatchObject({ state: 'waiting' });
    expect(carrier.status().reason).toContain('PDU mode');
  });

  it('takes the ICCID out of the raw file when no command tells it', async () => {
    const { carrier } = await readyRig({
      'AT+CCID': '\r\nERROR\r\n',
      'AT+CRSM=': ok('+CRSM: 144,0,"986610000000000000F1"'),
    });
    expect(carrier.status().facts.iccid).toBe('8966010000000000001');
  });

  it('asks for an IMEI in any dress', async () => {
    for (const answer of ['+CGSN: "867000000000009"', '867000000000009', '+CGSN: 867000000000009,0']) {
      const { carrier } = await readyRig({ 'AT+CGSN': ok('^RSSI: 12', answer) });
      expect(carrier.status().facts.imei).toBe('867000000000009');
    }
  });
});

describe('notification', () => {
  it.each([
    ['+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)', [], '2,1,0,1,0'],
    ['+CNMI: (0,1),(0-3),(0,2),(0-2),(0,1)', [], '1,1,0,1,0'],
    ['+CNMI: (0-2),(0-3),(0,2),(0,2),(0,1)', [], '2,1,0,2,0'],
    ['+CNMI: (0-2),(0-3),(0,2),(0,1,2),(0,1)', ['AT+CNMI=2,1,0,1,0', 'AT+CNMI=1,1,0,1,0'], '2,1,0,2,0'],
    ['+CNMI: (0-2),(0,2),,(0,1),(0)', [], '2,0,0,1,0 with polling'],
    ['+CNMI: (0,1),(0,2),(0),(0,1),(0)', [], '1,0,0,1,0 with polling'],
    ['+CNMI: (0-2),(0,2),(0),(0,2),(0)', [], '2,0,0,2,0 with polling'],
    ['+CNMI: (0-2),(0-1),(0),(0),(0)', [], '2,1,0,0,0'],
    ['+CNMI: (0-2),(0,1)', [], '2,1'],
    ['+CNMI: (0-2),(2),(0),(0),(0)', [], 'polling'],
    ['+CNMI: (0-3),(0,1),(0,2,3),(0,1),(1)', ['AT+CNMI=2,1,0,1,1', 'AT+CNMI=1,1,0,1,1'], '3,1,0,1,1'],
  ])('%s, refusing %j: %s', async (offered, refused, expected) => {
    const answers = Object.fromEntries(refused.map((command) => [command, '\r\nERROR\r\n']));
    const { carrier } = await readyRig({ 'AT+CNMI=?': ok(offered), ...answers });
    expect(carrier.status().facts.notification).toBe(expected);
  });

  it('does not trust an OK that changes nothing', async () => {
    const { carrier } = await readyRig({ 'AT+CNMI?': ok('+CNMI: 2,1,0,2,0') });
    expect(carrier.status().facts.notification).toBe('2,1,0,2,0');
  });
});

describe('the PIN', () => {
  const locked = { 'AT+CPIN?': ok('+CPIN: SIM PIN') };

  it('is asked for in words when none is stored', async () => {
    const { carrier } = await readyRig(locked);
    expect(carrier.status()).toMatchObject({ state: 'faulty' });
    expect(carrier.status().reason).toContain('The modem answers, but the SIM wants its PIN.');
    expect(carrier.status().cause).toEqual({ code: 'modem.pin_needed', values: {} });
  });

  it('is entered, and the modem becomes ready', async () => {
    const modem = new ScriptedModem(locked);
    modem.answers.set('AT+CPIN="1234"', () => {
      modem.answers.set('AT+CPIN?', ok('+CPIN: READY'));
      return ok();
    });
    const { carrier, clock } = createRig(modem, { pin: '1234' });
    await carrier.start();
    await clock.advance(5_000);
    expect(carrier.status().state).toBe('ready');
    expect(modem.count('AT+CPIN="1234"')).toBe(1);
  });

  it('is sent once for ever when the SIM refuses it', async () => {
    const pinMemory = createPinMemory();
    const modem = new ScriptedModem({ ...locked, 'AT+CPIN=': '\r\n+CME ERROR: 16\r\n' });
    const { carrier, clock } = createRig(modem, { pin: '9999', pinMemory });
    await carrier.start();
    await clock.advance(600_000);
    modem.unplug();
    await clock.advance(60_000);
    expect(modem.count('AT+CPIN="9999"')).toBe(1);
    expect(carrier.status().state).toBe('faulty');
    expect(carrier.status().reason).toContain('refused');
    await carrier.stop();
    const again = createRig(modem, { pin: '9999', pinMemory });
    await again.carrier.start();
    await again.clock.advance(60_000);
    expect(modem.count('AT+CPIN="9999"')).toBe(1);
  });

  it('costs only the session when its memory cannot be read', async () => {
    const pinMemory = { ...createPinMemory(), refused: () => Promise.reject(new Error('disk full')) };
    const modem = new ScriptedModem(locked);
    const { carrier, clock } = createRig(modem, { pin: '1234', pinMemory });
    await carrier.start();
    await clock.advance(10_000);
    expect(modem.count('AT+CPIN="1234"')).toBe(0);
    modem.answers.delete('AT+CPIN?');
    await clock.advance(60_000);
    expect(carrier.status().state).toBe('ready');
  });

  it('is kept back when the SIM has one try left', async () => {
    const modem = new ScriptedModem({ ...locked, 'AT^CPIN?': ok('^CPIN: SIM PIN,1,10,1,10,3') });
    const { carrier, clock } = createRig(modem, { pin: '1234' });
    await carrier.start();
    await clock.advance(60_000);
    expect(modem.count('AT+CPIN="1234"')).toBe(0);
    expect(carrier.status().reason).toContain('1 more PIN attempt');
    expect(carrier.status().cause).toEqual({ code: 'modem.pin_last_try', values: { count: 1 } });
  });

  it.each([
    [ok('+CPIN: SIM PUK'), 'PUK'],
    [ok('+CPIN: PH-NET PIN'), 'another operator'],
    ['\r\n+CME ERROR: 10\r\n', 'no SIM'],
    ['\r\n+CME ERROR: 13\r\n', 'SIM fails'],
  ])('%j is told to a person', async (answer, words) => {
    const modem = new ScriptedModem({ 'AT+CPIN?': answer });
    const { carrier, clock } = createRig(modem, { pin: '1234' });
    await carrier.start();
    await clock.advance(60_000);
    expect(modem.count('AT+CPIN="1234"')).toBe(0);
    expect(carrier.status().state).toBe('faulty');
    expect(carrier.status().reason).toContain(words);
  });

  it('reads READY in quotes and without its OK', async () => {
    const { carrier, clock } = await readyRig({ 'AT+CPIN?': '\r\n+CPIN: "READY"\r\n' });
    await clock.advance(1_000);
    expect(carrier.status().state).toBe('ready');
  });

  it('waits for a busy SIM', async () => {
    const { carrier, clock, modem } = await readyRig({ 'AT+CPIN?': '\r\n+CME ERROR: 14\r\n' });
    await clock.advance(5_000);
    modem.answers.delete('AT+CPIN?');
    await clock.advance(2_000);
    expect(carrier.status().state).toBe('ready');
  });
});

describe('registration', () => {
  it('is waited for, and an indication ends the wait at once', async () => {
    const { carrier, modem, clock, host } = await readyRig({ 'AT+CREG?': ok('+CREG: 1,2') });
    expect(carrier.status()).toMatchObject({ state: 'waiting', reason: 'The modem is searching for a network.' });
    expect(carrier.room()).toBe(0);
    modem.answers.delete('AT+CREG?');
    const before = host.changes;
    modem.say('\r\n+CREG: 5,"1A2B","01C3D4E5",7\r\n');
    await clock.advance(10);
    expect(carrier.room()).toBe(1);
    expect(host.changes).toBeGreaterThan(before);
  });

  it.each([1, 5, 6, 7, 9, 10])('state %i is good for messages', async (stat) => {
    const { carrier } = await readyRig({ 'AT+CREG?': ok('+CREG: 1,2'), 'AT+CEREG?': ok(`+CEREG: 0,${stat}`) });
    expect(carrier.room()).toBe(1);
  });

  it.each([
    [0, 'waiting', 'not searching'],
    [3, 'faulty', 'refuses'],
    [11, 'waiting', 'emergency'],
  ])('state %i is not: %s', async (stat, state, words) => {
    const { carrier } = await readyRig({ 'AT+CREG?': ok(`+CREG: 1,${stat}`) });
    expect(carrier.status().state).toBe(state);
    expect(carrier.status().reason).toContain(words);
    expect(carrier.room()).toBe(0);
  });

  it('may be lost, and is noticed by asking', async () => {
    const { carrier, modem, clock } = await readyRig();
    modem.answers.set('AT+CREG?', ok('+CREG: 1,2'));
    await clock.advance(31_000);
    expect(carrier.room()).toBe(0);
    modem.answers.delete('AT+CREG?');
    await clock.advance(6_000);
    expect(carrier.room()).toBe(1);
  });
});
