import { describe, expect, it } from 'vitest';
import { checkAtLine } from '../../../../server/carriers/modem/operate/at-line.ts';
import type { CarrierCommandAnswer } from '../../../../server/domain/carrier-command.ts';
import { encodeDeliver } from '../../../../server/carriers/tpdu/network-side.ts';
import { ok } from '../../../fakes/scripted-modem.ts';
import { readyRig, submission } from '../rig.ts';
import type { Rig } from '../rig.ts';

function at({ carrier }: Rig, line: string): Promise<CarrierCommandAnswer> {
  if (carrier.operate === undefined) throw new Error('a modem has commands');
  return carrier.operate({ kind: 'at', line });
}

describe('a line for the modem', () => {
  it.each<[string, boolean]>([
    ['AT', false],
    ['at+csq', false],
    ['ATI', false],
    ['AT+COPS?', false],
    ['AT+CMGS=?', false],
    ['AT+CMGL=4', false],
    ['AT+CPIN?', false],
    ['AT+CLCK="SC",2', false],
    ['AT+CRSM=176,12258,0,0,10', false],
    ['AT^ICCID?;+CSQ', false],
    ['AT+CSCA="+66818110888;1",145', true],
    ['AT+CNMP=38', true],
    ['AT^SYSCFGEX="03",3FFFFFFF,1,2,7FFFFFFFFFFFFFFF,,', true],
    ['AT+QCFG="ims",1', true],
    ['AT+CMGF=1', true],
    ['AT+CMGD=4', true],
    ['AT+CFUN=1,1', true],
    ['AT+CUSD=2', true],
    ['ATE1', true],
    ['ATZ', true],
  ])('%s may be written; that it changes something: %s', (line, changes) => {
    expect(checkAtLine(` ${line} `)).toEqual({ text: line, changes });
  });

  it.each([
    ['', 'begins with AT'],
    ['+CSQ', 'begins with AT'],
    ['AT+CSQ\rAT+CMGS=3', 'one line'],
    ['AT+CSCA="\u001A"', 'one line'],
    ['AT+CSCA="ก"', 'one line'],
    [`AT+CSQ${' '.repeat(260)};`, 'at most 256'],
    ['AT+CSCA="', 'quotation mark'],
    ['AT+CSQ AT+CMGS=3', 'Write commands such as'],
    ['AT+CMEE=1 +CMGS=3', 'Write commands such as'],
    ['ATE0+CMGS=3', 'Write commands such as'],
    ['ATQ1', 'Write commands such as'],
    ['ATV0', 'Write commands such as'],
    ['ATD*99#', 'Write commands such as'],
    ['ATS3=10', 'Write commands such as'],
    ['A/', 'begins with AT'],
    ['AT+CMGS=19', 'box itself'],
    ['at+csq;+cmgw=19', 'box itself'],
    ['AT+CNMA=1,8', 'box itself'],
    ['AT+CMGD=1,4', 'box itself'],
    ['AT+CPIN="1234"', 'PIN'],
    ['AT+CPIN=1234;+CSQ', 'PIN'],
    ['AT+CLCK="SC",0,"1234"', 'PIN'],
    ['AT+CPWD="SC","1234","4321"', 'PIN'],
    ['AT^CPIN="1234"', 'PIN'],
    ['AT+CSIM=10,"0020000108"', 'PIN'],
    ['AT+CRSM=214,28476', 'PIN'],
    ['AT+CUSD=1,"*121#",15', 'USSD'],
    ['AT+CUSD', 'USSD'],
    ['AT+IPR=9600', 'line to the modem'],
    ['AT+CMUX=0', 'line to the modem'],
    ['AT+CFUN=0', 'switch the modem off'],
    ['AT+CFUN=4,1', 'switch the modem off'],
    ['AT+QPOWD', 'switch the modem off'],
    ['AT+EGMR=1,7,"860000000000000"', 'identity or the firmware'],
    ['AT!GSTATUS=1', 'identity or the firmware'],
    ['AT+COPS=?', 'search'],
  ])('%j is refused: %s', (line, words) => {
    expect(() => checkAtLine(line)).toThrow(expect.objectContaining({ code: 'validation.failed' }));
    expect(() => checkAtLine(line)).toThrow(words);
  });
});

describe('the console', () => {
  it('passes a question on and gives the lines back, however the modem is', async () => {
    const rig = await readyRig({ 'AT+CREG?': ok('+CREG: 1,2'), 'AT+CESQ': ok('+CESQ: 99,99,255,255,20,44') });
    expect(await at(rig, 'AT+CESQ')).toEqual({
      ok: true,
      text: 'The modem answered OK.',
      lines: ['+CESQ: 99,99,255,255,20,44', 'OK'],
      more: false,
    });
  });

  it('tells what an error means', async () => {
    const rig = await readyRig({ 'AT+COPS?': '\r\n+CME ERROR: 30\r\n' });
    expect(await at(rig, 'AT+COPS?')).toMatchObject({
      ok: false,
      text: 'The modem answered +CME ERROR: 30. There is no network.',
      lines: ['+CME ERROR: 30'],
    });
  });

  it('keeps lines and PDUs in their order, and cuts a flood', async () => {
    const pdu = encodeDeliver({ from: '66898765432', text: 'Hello', sentAt: 0 });
    const listing = `+CMGL: 1,1,,24\r\n${pdu}\r\n+CMGL: 2,1,,24\r\n${pdu}`;
    const rig = await readyRig({ 'AT+CMGL=1': ok(listing), 'AT+CLAC': ok(...Array.from({ length: 900 }, () => 'AT')) });
    expect((await at(rig, 'AT+CMGL=1')).lines).toEqual(['+CMGL: 1,1,,24', pdu, '+CMGL: 2,1,,24', pdu, 'OK']);
    const flood = await at(rig, 'AT+CLAC');
    expect(flood.lines).toHaveLength(200);
    expect(flood.text).toContain('Of 901 lines');
  });

  it('sets the modem up again after what may have changed its settings, and deletes nothing meanwhile', async () => {
    const rig = await readyRig({ 'AT+CMGF=1': ok() });
    const from = rig.modem.heard.length;
    const answer = at(rig, 'AT+CMGF=1');
    rig.modem.say('\r\n+CMTI: "SM",3\r\n');
    await rig.clock.advance(5_000);
    expect(await answer).toMatchObject({ ok: true });
    const heard = rig.modem.heard.slice(from);
    expect(heard[0]).toBe('AT+CMGF=1');
    const setUp = heard.indexOf('AT+CMGF=0');
    expect(heard.slice(0, setUp).filter((line) => /^AT\+CMG[RLD]/.test(line))).toEqual([]);
    expect(heard.indexOf('AT+CMGL=4')).toBeGreaterThan(setUp);
    expect(rig.carrier.status().state).toBe('ready');
    await expect(rig.carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('waits for a part that is being sent', async () => {
    const rig = await readyRig();
    rig.modem.body = null;
    const part = rig.carrier.submit(submission());
    await rig.clock.advance(100);
    const answer = at(rig, 'AT+CSQ');
    await rig.clock.advance(1_000);
    expect(rig.modem.heard.at(-1)).not.toBe('AT+CSQ');
    rig.modem.say(ok('+CMGS: 3'));
    await rig.clock.advance(10);
    await part;
    expect(await answer).toMatchObject({ ok: true });
  });

  it('tells when nobody answers, and when no modem is there', async () => {
    const rig = await readyRig({ 'AT+CBC': null });
    const answer = at(rig, 'AT+CBC');
    await rig.clock.advance(35_000);
    expect(await answer).toMatchObject({ ok: false, lines: [] });
    rig.modem.unplug();
    await rig.clock.advance(10);
    await expect(at(rig, 'AT')).rejects.toMatchObject({ code: 'carrier.not_ready' });
  });
});

describe('a probe', () => {
  const probe = async ({ carrier, clock }: Rig): Promise<CarrierCommandAnswer | undefined> => {
    const answer = carrier.operate?.({ kind: 'probe' });
    await clock.advance(20_000);
    return await answer;
  };

  it('tells in words how the modem is', async () => {
    const answer = await probe(await readyRig());
    expect(answer).toMatchObject({
      ok: true,
      text: 'The modem answers. Signal: -73 dBm (very good). Network: home network, AIS. SIM: ready. Message memory: 1 of 20 places used.',
    });
    expect(answer?.lines).toContain('+CSQ: 20,0');
  });

  it('tells what is wrong of a modem that is not ready', async () => {
    const answers = {
      'AT+CPIN?': '\r\n+CME ERROR: 10\r\n',
      'AT+CSQ': ok('+CSQ: 99,99'),
      'AT+CPMS?': '\r\nERROR\r\n',
      'AT+COPS?': '\r\nERROR\r\n',
    };
    const answer = await probe(await readyRig(answers));
    expect(answer).toMatchObject({
      ok: true,
      text: 'The modem answers. Signal: unknown. Network: home network. SIM: there is no sim in the modem. Message memory: unknown.',
    });
  });

  it('tells that nobody answers', async () => {
    const silent = await readyRig();
    silent.modem.answers.set('AT', null);
    expect(await probe(silent)).toMatchObject({ ok: false });
    const gone = await readyRig();
    gone.modem.unplug();
    await gone.clock.advance(10);
    expect(await probe(gone)).toMatchObject({ ok: false, text: expect.stringContaining('unplugged') });
  });
});
