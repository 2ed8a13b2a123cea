import { describe, expect, it } from 'vitest';
import { encodeDeliver } from '../../../server/carriers/tpdu/network-side.ts';
import { ok } from '../../fakes/scripted-modem.ts';
import { readyRig } from './rig.ts';
import type { Rig } from './rig.ts';

const sentAt = Date.UTC(2026, 0, 15, 4, 0, 0);
/** 2026-01-15 11:00:00 +07:00. */
const scts = '62105111000082';
const helloSeptets = '05C8329BFD06';

interface Odd {
  readonly firstOctet?: string;
  readonly pid?: string;
  readonly dcs?: string;
  /** TP-UDL and TP-UD. */
  readonly userData?: string;
}

/** An SMS-DELIVER from 66898765432 with any octets (3GPP TS 23.040 §9.2.2.1). */
function deliver({ firstOctet = '04', pid = '00', dcs = '00', userData = helloSeptets }: Odd): string {
  return `00${firstOctet}0B916698785634F2${pid}${dcs}${scts}${userData}`;
}

/** Lets a message come through the memory of the modem, from which it is deleted. */
async function stored(pdu: string): Promise<Rig> {
  const rig = await readyRig({ 'AT+CMGR=3': ok(`+CMGR: 0,,24\r\n${pdu}`) });
  rig.modem.say('\r\n+CMTI: "SM",3\r\n');
  await rig.clock.advance(100);
  expect(rig.modem.count('AT+CMGD=3')).toBe(1);
  return rig;
}

describe('a message from the network', () => {
  it('of class 0 comes directly though others are stored; it is taken and acknowledged', async () => {
    const rig = await readyRig();
    expect(rig.carrier.status().facts['notification']).toBe('2,1,0,1,0');
    rig.modem.say(`\r\n+CMT: ,24\r\n${deliver({ dcs: '10' })}\r\n`);
    await rig.clock.advance(100);
    expect(rig.host.inbounds).toMatchObject([{ from: '66898765432', text: 'Hello', sentAt, concat: null }]);
    expect(rig.modem.count('AT+CNMA')).toBe(1);
  });

  it.each([
    ['8-bit data', { dcs: '04', userData: '03DEADBE' }],
    ['a WAP push to port 2948', { firstOctet: '44', dcs: '04', userData: '0C0605040B8423F00601AE0203' }],
    ['compressed text', { dcs: '20', userData: '03DEADBE' }],
  ])('of %s is kept as its bytes', async (_name, odd) => {
    const pdu = deliver(odd);
    const { host } = await stored(pdu);
    expect(host.inbounds).toEqual([{ from: '66898765432', to: null, text: '', sentAt, concat: null, raw: pdu }]);
  });

  it('of an MMS notification in two parts tells which parts they are', async () => {
    const header = (part: number): string => `0B05040B8423F00003AB020${part}`;
    for (const part of [1, 2]) {
      const { host } = await stored(deliver({ firstOctet: '44', dcs: '04', userData: `0E${header(part)}0102` }));
      expect(host.inbounds).toMatchObject([{ text: '', concat: { reference: 0xab, part, partCount: 2 } }]);
    }
  });

  it.each([
    ['a type 0 message', { pid: '40' }],
    ['a voice-mail indication to be discarded', { dcs: 'C8' }],
    ['an indication in the header to be discarded', { firstOctet: '44', userData: '050401020001' }],
  ])('of %s is for no person: it is dropped, and the memory is free', async (_name, odd) => {
    const { host } = await stored(deliver(odd));
    expect(host.inbounds).toEqual([]);
  });

  it.each([
    ['a voice-mail indication to be kept', { dcs: 'D8' }],
    ['one that replaces an earlier one', { pid: '41' }],
    ['one to be returned', { pid: '5F' }],
    ['a reserved coding', { dcs: '80' }],
    ['the reserved message type', { firstOctet: '07' }],
    ['padding as a SIM slot has it', { userData: `${helloSeptets}${'FF'.repeat(100)}` }],
  ])('that is %s is a text', async (_name, odd) => {
    const { host } = await stored(deliver(odd));
    expect(host.inbounds.map((part) => part.text)).toEqual(['Hello']);
  });

  it('without a time that can be is one without a time', async () => {
    const { host } = await stored(deliver({}).replace(scts, '00000000000000'));
    expect(host.inbounds).toMatchObject([{ text: 'Hello', sentAt: null }]);
  });

  it('with a 16-bit reference tells it', async () => {
    const { host } = await stored(deliver({ firstOctet: '44', dcs: '08', userData: '09060804ABCD03020E01' }));
    expect(host.inbounds).toMatchObject([{ text: 'ก', concat: { reference: 0xabcd, part: 2, partCount: 3 } }]);
  });

  it('from a name keeps it', async () => {
    const { host } = await stored(encodeDeliver({ from: 'AIS', text: 'Hi', sentAt }));
    expect(host.inbounds).toMatchObject([{ from: 'AIS', text: 'Hi' }]);
  });

  it('of a broadcast is none', async () => {
    const rig = await readyRig({ 'AT+CBC': null });
    rig.modem.say(`\r\n+CBM: 88\r\n${'00'.repeat(88)}\r\n`);
    await rig.clock.advance(100);
    expect(rig.host.inbounds).toEqual([]);
  });
});
