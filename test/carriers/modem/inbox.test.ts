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

function sinceReady({ modem }: Rig): () => readonly string[] {
  const start = modem.heard.length;
  return () => modem.heard.slice(start);
}

describe('delivery reports', () => {
  it('+CDS is stored, then acknowledged where AT+CSMS=1 asks for it', async () => {
    const rig = await readyRig();
    const heard = sinceReady(rig);
    let stored: (() => void) | null = null;
    rig.host.beforeReport = () =>
      new Promise((resolve) => {
        stored = resolve;
      });
    rig.modem.say(`\r\n+CDS: 25\r\n${report}\r\n`);
    await rig.clock.advance(100);
    expect(heard()).not.toContain('AT+CNMA');
    (stored as (() => void) | null)?.();
    await rig.clock.advance(100);
    expect(heard()).toEqual(['AT+CNMA']);
    expect(rig.host.reports).toEqual([
      {
        reference: '17',
        msisdn: '66812345678',
        verdict: 'delivered',
        code: 'TP-Status 0x00',
        message: 'Delivered to the phone',
        at: sentAt + 5_000,
      },
    ]);
  });

  it('+CDS is not acknowledged without AT+CSMS=1', async () => {
    const rig = await readyRig({ 'AT+CSMS=?': ok('+CSMS: (0)') });
    const heard = sinceReady(rig);
    rig.modem.say(`\r\n+CDS: ,25\r\n${report.toLowerCase()}\r\n`);
    await rig.clock.advance(100);
    expect(rig.host.reports).toHaveLength(1);
    expect(heard()).toEqual([]);
  });

  it('a refused acknowledgement is passed over', async () => {
    const rig = await readyRig({ 'AT+CNMA': '\r\n+CMS ERROR: 340\r\n' });
    rig.modem.say(`\r\n+CDS: 25\r\n${report}\r\n`);
    await rig.clock.advance(100);
    expect(rig.carrier.status().state).toBe('ready');
  });

  it('+CDSI is read where it lies, and deleted', async () => {
    const rig = await readyRig({ 'AT+CMGR=4': ok(`+CMGR: 0,,25\r\n${report}`) });
    const heard = sinceReady(rig);
    rig.modem.say('\r\n+CDSI: "SR",4\r\n');
    await rig.clock.advance(100);
    expect(rig.host.reports).toHaveLength(1);
    expect(heard()).toEqual(['AT+CPMS="SR"', 'AT+CMGR=4', 'AT+CMGD=4', 'AT+CPMS="SM"']);
  });

  it('+CDSI that names the wrong memory is found in SR', async () => {
    const rig = await readyRig({ 'AT+CMGR=0': ok() });
    rig.modem.answers.set('AT+CMGL=4', ok(`+CMGL: 2,0,,25\r\n${report}`));
    const heard = sinceReady(rig);
    rig.modem.say('\r\n+CDSI: "SM",0\r\n');
    await rig.clock.advance(100);
    expect(rig.host.reports).toHaveLength(1);
    expect(heard()).toEqual(['AT+CMGR=0', 'AT+CPMS="SR"', 'AT+CMGL=4', 'AT+CMGD=2', 'AT+CPMS="SM"']);
  });

  it('what it is, the PDU says: a report behind +CMTI, a message behind +CDS', async () => {
    const rig = await readyRig({ 'AT+CMGR=1': ok(`+CMGR: 0,,25\r\n${report}`) });
    rig.modem.say(`\r\n+CMTI: "SM",1\r\n\r\n+CDS: 30\r\n${hello}\r\n`);
    await rig.clock.advance(100);
    expect(rig.host.reports).toHaveLength(1);
    expect(rig.host.inbounds.map((part) => part.text)).toEqual(['Hello']);
  });
});

describe('messages from the network', () => {
  it('reads, stores, and only then deletes', async () => {
    const rig = await readyRig({ 'AT+CMGR=3': ok(`+CMGR: 0,"",24\r\n${thai}`) });
    const heard = sinceReady(rig);
    let stored: (() => void) | null = null;
    rig.host.beforeInbound = () =>
      new Promise((resolve) => {
        stored = resolve;
      });
    rig.modem.say('\r\n+CMTI: "SM",3\r\n');
    await rig.clock.advance(1_000);
    expect(heard()).toEqual(['AT+CMGR=3']);
    (stored as (() => void) | null)?.();
    await rig.clock.advance(100);
    expect(heard()).toEqual(['AT+CMGR=3', 'AT+CMGD=3']);
    expect(rig.host.inbounds).toEqual([
      { from: '66898765432', to: null, text: 'สวัสดี', sentAt, concat: null, raw: thai },
    ]);
  });

  it('keeps in the modem what the box cannot store, and tries again', async () => {
    const only = { 'AT+CPMS=?': ok('+CPMS: ("SM"),("SM"),("SM")') };
    const rig = await readyRig({ ...only, 'AT+CMGR=3': ok(`+CMGR: 0,"",24\r\n${hello}`) });
    rig.host.beforeInbound = () => Promise.reject(new Error('disk full'));
    rig.modem.answers.set('AT+CMGL=4', ok(`+CMGL: 3,1,"",24\r\n${hello}`));
    rig.modem.say('\r\n+CMTI: SM,3\r\n');
    await rig.clock.advance(100);
    expect(rig.modem.count('AT+CMGD=3')).toBe(0);
    rig.host.beforeInbound = () => Promise.resolve();
    await rig.clock.advance(31_000);
    expect(rig.host.inbounds.map((part) => part.text)).toEqual(['Hello']);
    expect(rig.modem.count('AT+CMGD=3')).toBe(1);
  });

  it('reads from another memory than its own, and goes back', async () => {
    const rig = await readyRig({ 'AT+CMGR=0': ok(`+CMGR: 0,"",24\r\n${hello}`) });
    const heard = sinceReady(rig);
    rig.modem.say('\r\n+CMTI: "ME",0\r\n');
    await rig.clock.advance(100);
    expect(heard()).toEqual(['AT+CPMS="ME"', 'AT+CMGR=0', 'AT+CMGD=0', 'AT+CPMS="SM"']);
  });

  it.each([ok(), '\r\n+CMS ERROR: 321\r\n'])('an empty place (%j) is nothing', async (answer) => {
    const rig = await readyRig({ 'AT+CMGR=3': answer });
    rig.modem.say('\r\n+CMTI: "SM",3\r\n');
    await rig.clock.advance(100);
    expect(rig.host.inbounds).toEqual([]);
    expect(rig.modem.count('AT+CMGD=3')).toBe(0);
    expect(rig.carrier.room()).toBe(1);
  });

  it('takes a message that comes directly, and acknowledges it', async () => {
    const rig = await readyRig();
    rig.modem.say(`\r\n+CMT: ,24\r\n${hello}\r\n`);
    await rig.clock.advance(100);
    expect(rig.host.inbounds.map((part) => part.text)).toEqual(['Hello']);
    expect(rig.modem.count('AT+CNMA')).toBe(1);
  });

  it('does not acknowledge what it could not store', async () => {
    const rig = await readyRig();
    rig.host.beforeInbound = () => Promise.reject(new Error('disk full'));
    rig.modem.say(`\r\n+CMT: ,24\r\n${hello}\r\n`);
    await rig.clock.advance(100);
    expect(rig.modem.count('AT+CNMA')).toBe(0);
  });

  it('tells the part of a long message', async () => {
    const concat = { reference: 99, part: 2, partCount: 3 };
    const pdu = encodeDeliver({ from: '66898765432', text: 'middle', sentAt, concat });
    const rig = await readyRig();
    rig.modem.say(`\r\n+CMT: ,24\r\n${pdu}\r\n`);
    await rig.clock.advance(100);
    expect(rig.host.inbounds[0]?.concat).toEqual(concat);
  });
});

describe('a restart of the modem while a message is being stored', () => {
  it('deletes nothing, as the modem may have chosen another memory; the sweep after it does', async () => {
    const rig = await readyRig({ 'AT+CMGR=3': ok(`+CMGR: 0,"",24\r\n${hello}`) });
    const stored = Promise.withResolvers<void>();
    rig.host.beforeInbound = () => stored.promise;
    rig.modem.say('\r\n+CMTI: "SM",3\r\n');
    await rig.clock.advance(100);
    const heard = sinceReady(rig);
    rig.modem.answers.set('AT+CMGL=4', ok(`+CMGL: 3,1,"",24\r\n${hello}`));
    rig.modem.say('\r\nRDY\r\n');
    stored.resolve();
    await rig.clock.advance(1_000);
    expect(heard()).toEqual([]);
    await rig.clock.advance(5_000);
    const later = heard();
    expect(later.indexOf('AT+CMGD=3')).toBeGreaterThan(later.indexOf('AT+CPMS="SM","SM","SM"'));
  });

  it('stores what comes directly while the modem is being set up', async () => {
    const rig = await readyRig({ 'AT+CPIN?': ok('+CPIN: SIM PIN') });
    rig.modem.say(`\r\n+CDS: 25\r\n${report}\r\n`);
    await rig.clock.advance(100);
    expect(rig.host.reports).toHaveLength(1);
    expect(rig.modem.count('AT+CNMA')).toBe(1);
  });
});
