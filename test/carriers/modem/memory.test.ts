import { describe, expect, it } from 'vitest';
import { encodeDeliver, encodeStatusReport } from '../../../server/carriers/tpdu/network-side.ts';
import { ok } from '../../fakes/scripted-modem.ts';
import { readyRig } from './rig.ts';
import type { Rig } from './rig.ts';

const sentAt = Date.UTC(2026, 0, 15, 4, 0, 0);
const hello = encodeDeliver({ from: '66898765432', text: 'Hello', sentAt });
const thai = encodeDeliver({ from: '66898765432', text: 'สวัสดี', sentAt });
const report = encodeStatusReport({
  reference: 17,
  recipient: '66812345678',
  sentAt,
  doneAt: sentAt + 5_000,
  status: 0,
});

describe('the memory', () => {
  const onlySim = { 'AT+CPMS=?': ok('+CPMS: ("SM"),("SM"),("SM")') };
  const damaged = [
    '+CMGL: 1,0,"x",30\r\n07911326040000F0ZZ0B911346610089F60000208062917314080CC8F7',
    '+CMGL: 5,0,,24\r\nFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF',
  ];
  const own = `+CMGL: 2,3,,24\r\n${hello}`;
  const listing = ok(`+CMGL: 0,1,"",24\r\n${hello}`, own, ...damaged, `+CMGL: 4,0,,24\r\n\r\n^RSSI: 11\r\n${thai}`);
  const deleted = ({ modem }: Rig): string[] => modem.heard.filter((line) => line.startsWith('AT+CMGD'));

  it('is emptied at start, and own messages are left alone', async () => {
    const rig = await readyRig({ ...onlySim, 'AT+CMGL=4': listing });
    expect(rig.host.inbounds.map((part) => part.text)).toEqual(['Hello', 'สวัสดี']);
    expect(deleted(rig)).toEqual(['AT+CMGD=0', 'AT+CMGD=4']);
  });

  it('may hold reports, in any of its places', async () => {
    const rig = await readyRig({ ...onlySim, 'AT+CMGL=4': ok(`+CMGL: 7,0,,25\r\n${report}`) });
    expect(rig.host.reports.map((told) => told.reference)).toEqual(['17']);
    expect(rig.host.inbounds).toEqual([]);
    expect(deleted(rig)).toEqual(['AT+CMGD=7']);
  });

  it('is read again where something damaged lies, which is then kept as raw hex', async () => {
    const rig = await readyRig({ ...onlySim, 'AT+CMGL=4': ok(own, ...damaged) });
    expect(rig.host.inbounds).toEqual([]);
    await rig.clock.advance(31_000);
    expect(rig.host.inbounds.map((part) => part.raw)).toEqual(damaged.map((entry) => entry.split('\r\n')[1]));
    expect(deleted(rig)).toEqual(['AT+CMGD=1', 'AT+CMGD=5']);
  });

  it('is read again where the line has garbled a message', async () => {
    const garbledOnce = ok(`+CMGL: 1,1,,24\r\n${hello.slice(1)}`);
    const rig = await readyRig({ ...onlySim, 'AT+CMGL=4': garbledOnce });
    expect(deleted(rig)).toEqual([]);
    rig.modem.answers.set('AT+CMGL=4', ok(`+CMGL: 1,1,,24\r\n${hello}`));
    await rig.clock.advance(31_000);
    expect(rig.host.inbounds.map((part) => part.text)).toEqual(['Hello']);
    expect(deleted(rig)).toEqual(['AT+CMGD=1']);
  });

  it('is not read for ever where it tells something else each time', async () => {
    let times = 0;
    const rig = await readyRig(onlySim);
    rig.modem.answers.set('AT+CMGL=4', () => ok(`+CMGL: 1,1,,24\r\n${'F'.repeat(31 + 2 * (times += 1))}`));
    rig.modem.say('\r\n^SMMEMFULL: "SM"\r\n');
    await rig.clock.advance(61_000);
    expect(times).toBe(3);
    expect(deleted(rig)).toEqual(['AT+CMGD=1']);
  });

  it('keeps what is listed twice under one number, as the line may have garbled one of the two', async () => {
    const rig = await readyRig({
      ...onlySim,
      'AT+CMGL=4': ok(`+CMGL: 1,1,,24\r\n${hello}`, `+CMGL: 1,1,,24\r\n${thai}`),
    });
    expect(rig.host.inbounds.map((part) => part.text)).toEqual(['Hello', 'สวัสดี']);
    expect(deleted(rig)).toEqual([]);
  });

  it.each([
    ['lost', null],
    ['that the SIM is busy', '\r\n+CMS ERROR: 314\r\n'],
  ])('is looked through again soon after an answer %s', async (_name, answer) => {
    const rig = await readyRig({ ...onlySim, 'AT+CMGR=3': answer });
    const before = rig.modem.count('AT+CMGL=4');
    rig.modem.say('\r\n+CMTI: "SM",3\r\n');
    await rig.clock.advance(45_000);
    expect(rig.modem.count('AT+CMGL=4')).toBe(before + 1);
  });

  it.each([
    ['"SM",23,30,"SM",23,30,"SM",23,30', null],
    ['"SM",24,30,"SM",24,30,"SM",24,30', '24 of 30 places'],
    // The first is what is being read just now; new messages go into the last.
    ['"ME",99,100,"SM",3,30,"SM",3,30', null],
    ['"SM",20,20', '20 of 20 places'],
  ])('is told to be nearly full when it is: +CPMS: %s', async (usage, words) => {
    const rig = await readyRig({ 'AT+CPMS?': ok(`+CPMS: ${usage}`) });
    expect(rig.carrier.status().facts['warning']).toBeNull();
    const before = rig.host.changes;
    await rig.clock.advance(31_000);
    const { state, facts } = rig.carrier.status();
    expect(state).toBe('ready');
    if (words === null) expect(facts['warning']).toBeNull();
    else expect(facts['warning']).toContain(words);
    expect(rig.host.changes).toBeGreaterThan(before);
  });

  it('drops a report that the line has garbled beyond reading', async () => {
    const rig = await readyRig();
    rig.modem.say(`\r\n+CDS: 25\r\n${report.slice(1)}\r\n`);
    await rig.clock.advance(100);
    expect(rig.host.inbounds).toEqual([]);
    expect(rig.host.reports).toEqual([]);
    expect(rig.modem.count('AT+CNMA')).toBe(1);
  });

  it('is looked through at start in every place where messages may lie', async () => {
    const { modem } = await readyRig();
    expect(modem.heard.slice(-6)).toEqual([
      'AT+CMGL=4',
      'AT+CPMS="ME"',
      'AT+CMGL=4',
      'AT+CPMS="SR"',
      'AT+CMGL=4',
      'AT+CPMS="SM"',
    ]);
  });

  it('is swept everywhere every ten minutes though indications work', async () => {
    const { modem, clock } = await readyRig();
    const before = modem.count('AT+CMGL=4');
    await clock.advance(9 * 60_000);
    expect(modem.count('AT+CMGL=4')).toBe(before);
    await clock.advance(2 * 60_000);
    expect(modem.count('AT+CMGL=4')).toBe(before + 3);
    for (const memory of ['ME', 'SR', 'SM']) expect(modem.count(`AT+CPMS="${memory}"`)).toBe(2);
  });

  it.each(['^SMMEMFULL: "SM"', '*SMS FULL', '+SMS FULL', '+QIND: "smsfull","ME"'])(
    'is swept everywhere at once when the modem says %s',
    async (line) => {
      const { modem, clock } = await readyRig();
      const before = modem.count('AT+CMGL=4');
      modem.say(`\r\n${line}\r\n`);
      await clock.advance(10);
      expect(modem.count('AT+CMGL=4')).toBe(before + 3);
    },
  );

  it('is polled where the modem announces nothing', async () => {
    const { modem, clock, carrier } = await readyRig({
      'AT+CNMI=?': '\r\nERROR\r\n',
      'AT+CNMI=': '\r\n+CMS ERROR: 303\r\n',
    });
    expect(carrier.status().facts.notification).toBe('polling');
    const before = modem.count('AT+CMGL=4');
    await clock.advance(60_000);
    expect(modem.count('AT+CMGL=4')).toBeGreaterThanOrEqual(before + 3);
  });

  it('is never deleted wholesale', async () => {
    const { modem, clock } = await readyRig({ 'AT+CMGL=4': listing });
    await clock.advance(30 * 60_000);
    expect(modem.heard.filter((line) => /^AT\+CMGD=.*,/.test(line))).toEqual([]);
  });
});
