import { describe, expect, it } from 'vitest';
import type { CarrierCommandAnswer } from '../../../../server/domain/carrier-command.ts';
import { ok } from '../../../fakes/scripted-modem.ts';
import { readyRig, submission } from '../rig.ts';
import type { Rig } from '../rig.ts';

const thai = 'ยอดเงินคงเหลือ 100.00 บาท';
const thaiHex = Buffer.from(thai, 'utf16le').swap16().toString('hex').toUpperCase();

function operate({ carrier }: Rig, code: string): Promise<CarrierCommandAnswer> {
  if (carrier.operate === undefined) throw new Error('a modem has commands');
  return carrier.operate({ kind: 'ussd', code });
}

/** Dials, lets the network answer a second later, and gives what came back. */
async function dial(rig: Rig, code: string, said: string | null): Promise<CarrierCommandAnswer> {
  const answer = operate(rig, code);
  await rig.clock.advance(1_000);
  if (said !== null) rig.modem.say(`\r\n${said}\r\n`);
  await rig.clock.advance(60_000);
  return await answer;
}

const takes = { 'AT+CUSD=': ok() };

describe('a USSD code', () => {
  it('is dialled, and the answer of the network is told', async () => {
    const rig = await readyRig(takes);
    expect(await dial(rig, '*121#', `+CUSD: 0,"${thaiHex}",72`)).toEqual({
      ok: true,
      text: thai,
      lines: [`+CUSD: 0,"${thaiHex}",72`],
      more: false,
    });
    expect(rig.modem.count('AT+CUSD=1,"*121#",15')).toBe(1);
  });

  it.each([
    ['in front of the OK', () => `\r\n+CUSD: 0,"Balance 5",15\r\n${ok()}`],
    ['and no OK ever', () => '\r\n+CUSD: 0,"Balance 5",15\r\n'],
  ])('may be answered %s', async (_name, answer) => {
    const rig = await readyRig({ 'AT+CUSD=1,"*121#",15': answer() });
    expect(await dial(rig, '*121#', null)).toMatchObject({ ok: true, text: 'Balance 5' });
  });

  it('goes in the dress that the modem wants', async () => {
    const rig = await readyRig({ ...takes, 'AT+CSCS?': ok('+CSCS: "UCS2"') });
    await dial(rig, '*1#', '+CUSD: 0,"0041",15');
    expect(rig.modem.heard).toContain('AT+CUSD=1,"002A00310023",15');
    const huawei = await readyRig({
      'AT+CUSD=': '\r\n+CME ERROR: 100\r\n',
      'AT+CUSD=1,"AA180C3602",15': ok(),
    });
    expect(await dial(huawei, '*100#', '+CUSD: 0,"C8329BFD06",15')).toMatchObject({ ok: true, text: 'Hello' });
    await dial(huawei, '*100#', '+CUSD: 0,"C8329BFD06",15');
    expect(huawei.modem.count('AT+CUSD=1,"*100#",15')).toBe(1);
  });

  it.each([
    ['+CUSD: 4', 'does not know'],
    ['+CUSD: 2', 'ended the dialogue'],
    ['+CUSD: 5', 'too long'],
    [null, 'within 30 seconds'],
  ])('that ends in %s is told in words', async (said, words) => {
    const rig = await readyRig(takes);
    const answer = await dial(rig, '*121#', said);
    expect(answer).toMatchObject({ ok: false, more: false });
    expect(answer.text).toContain(words);
    expect(rig.carrier.room()).toBe(1);
  });

  it('that the modem refuses is told in words', async () => {
    const rig = await readyRig({ 'AT+CUSD=': '\r\n+CME ERROR: 30\r\n' });
    expect(await dial(rig, '*121#', null)).toMatchObject({ ok: false, text: 'There is no network.' });
    const deaf = await readyRig({ 'AT+CUSD=': '\r\nERROR\r\n' });
    expect((await dial(deaf, '*121#', null)).text).toContain('refuses USSD');
  });

  it('without an answer is cancelled, and its late end is not taken for the next answer', async () => {
    const rig = await readyRig(takes);
    const first = operate(rig, '*121#');
    await rig.clock.advance(30_000);
    await expect(first).resolves.toMatchObject({ ok: false });
    expect(rig.modem.count('AT+CUSD=2')).toBe(1);
    const second = operate(rig, '*101#');
    await rig.clock.advance(1_000);
    rig.modem.say('\r\n+CUSD: 2\r\n');
    await rig.clock.advance(1_500);
    rig.modem.say('\r\n+CUSD: 0,"Balance 5",15\r\n');
    await rig.clock.advance(0);
    await expect(second).resolves.toMatchObject({ ok: true, text: 'Balance 5' });
  });

  it('ends when the modem goes away or restarts', async () => {
    for (const end of [(rig: Rig) => rig.modem.unplug(), (rig: Rig) => rig.modem.say('\r\nRDY\r\n')]) {
      const rig = await readyRig(takes);
      const answer = operate(rig, '*121#');
      await rig.clock.advance(100);
      end(rig);
      await rig.clock.advance(10);
      expect(await answer).toMatchObject({ ok: false, more: false });
    }
  });

  it('ends when the carrier is stopped, and leaves no timer', async () => {
    const rig = await readyRig(takes);
    const answer = operate(rig, '*121#');
    await rig.clock.advance(100);
    const stopped = rig.carrier.stop();
    await rig.clock.advance(7_000);
    await stopped;
    await expect(answer).resolves.toMatchObject({ ok: false });
    expect(rig.clock.timers).toBe(0);
  });

  it('waits for the part that is being sent, and parts wait for it', async () => {
    const rig = await readyRig(takes);
    rig.modem.body = null;
    const part = rig.carrier.submit(submission());
    await rig.clock.advance(100);
    const answer = operate(rig, '*121#');
    await rig.clock.advance(5_000);
    expect(rig.modem.count('AT+CUSD=1,"*121#",15')).toBe(0);
    rig.modem.say(ok('+CMGS: 3'));
    await rig.clock.advance(10);
    await expect(part).resolves.toMatchObject({ kind: 'accepted' });
    expect(rig.modem.count('AT+CUSD=1,"*121#",15')).toBe(1);
    expect(rig.carrier.room()).toBe(0);
    await expect(rig.carrier.submit(submission())).resolves.toMatchObject({ kind: 'retry', carrierFault: true });
    rig.modem.say('\r\n+CUSD: 0,"Balance 5",15\r\n');
    await rig.clock.advance(10);
    await expect(answer).resolves.toMatchObject({ ok: true });
    expect(rig.carrier.room()).toBe(1);
  });

  it('is not dialled while the modem is not ready', async () => {
    const rig = await readyRig({ 'AT+CREG?': ok('+CREG: 1,2') });
    await expect(operate(rig, '*121#')).rejects.toMatchObject({
      code: 'carrier.not_ready',
      message: 'The modem is searching for a network.',
    });
  });

  it.each(['', 'abc', '*121', '1"', '*12\r1#', `*${'1'.repeat(80)}#`, '**04*1234*4321*4321#', '**052*1*2*2#'])(
    '%j is taken or refused before anything is dialled',
    async (code) => {
      const rig = await readyRig(takes);
      if (code === '*121') {
        await dial(rig, code, '+CUSD: 4');
        return;
      }
      await expect(operate(rig, code)).rejects.toMatchObject({ code: 'validation.failed' });
      expect(rig.modem.heard.filter((line) => line.startsWith('AT+CUSD'))).toEqual([]);
    },
  );
});

describe('a USSD menu', () => {
  const menu = '+CUSD: 1,"1 Balance\n\n2 ใช้งาน",15'.replace('ใช้งาน', 'Number');

  it('goes over several lines and is answered by the next code', async () => {
    const rig = await readyRig(takes);
    expect(await dial(rig, '*123#', menu)).toMatchObject({ ok: true, more: true, text: '1 Balance\n2 Number' });
    expect(await dial(rig, '1', '+CUSD: 0,"Balance 5",15')).toMatchObject({ ok: true, more: false, text: 'Balance 5' });
    await rig.clock.advance(300_000);
    expect(rig.modem.count('AT+CUSD=2')).toBe(0);
  });

  it('lets messages be sent meanwhile, and takes words of any language', async () => {
    const rig = await readyRig(takes);
    await dial(rig, '*123#', menu);
    await expect(rig.carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
    await dial(rig, 'ใช่', '+CUSD: 0,"Balance 5",15');
    expect(rig.modem.heard).toContain('AT+CUSD=1,"0E430E0A0E48",72');
  });

  it('is closed when nobody answers', async () => {
    const rig = await readyRig(takes);
    await dial(rig, '*123#', menu);
    await rig.clock.advance(120_000);
    expect(rig.modem.count('AT+CUSD=2')).toBe(1);
    await expect(operate(rig, 'yes')).rejects.toMatchObject({ code: 'validation.failed' });
  });

  it('that the network opens by itself is closed at once', async () => {
    const rig = await readyRig(takes);
    rig.modem.say('\r\n+CUSD: 1,"Win a car! 1 Yes",15\r\n');
    await rig.clock.advance(10);
    expect(rig.modem.count('AT+CUSD=2')).toBe(1);
  });

  it('whose closing quotation mark is lost swallows no answer', async () => {
    const rig = await readyRig(takes);
    rig.modem.body = '\r\n+CUSD: 0,"Your credit\r\nis low\r\n\r\n+CMGS: 17\r\n\r\nOK\r\n';
    await expect(rig.carrier.submit(submission())).resolves.toEqual({ kind: 'accepted', reference: '17' });
  });
});
