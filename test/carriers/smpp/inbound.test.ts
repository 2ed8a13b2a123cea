import { describe, expect, it } from 'vitest';
import { tlv, type Delivering } from '../../fakes/smsc-wire.ts';
import { boundRig, type Rig } from './rig.ts';

async function texts(rig: Rig, ...deliveries: readonly Delivering[]): Promise<(string | undefined)[]> {
  for (const what of deliveries) expect(await rig.smsc.link().deliver(what)).toBe(0);
  return rig.host.inbounds.map((part) => part.text);
}

const hex = (text: string) => Buffer.from(text, 'hex');

describe('received texts', () => {
  it('come with their addresses and the time at which they came', async () => {
    const rig = await boundRig();
    await texts(rig, { source: '+66812345678', dest: '4567', message: 'Hi' });
    expect(rig.host.inbounds).toEqual([
      { from: '66812345678', to: '4567', text: 'Hi', sentAt: rig.clock.now(), concat: null, raw: '4869' },
    ]);
  });

  it('are read in the usual codings', async () => {
    const rig = await boundRig();
    const read = await texts(
      rig,
      { dataCoding: 0, message: hex('001b6520') },
      { dataCoding: 0, message: hex('e9') },
      { dataCoding: 1, message: 'A@' },
      { dataCoding: 3, message: hex('e940') },
      { dataCoding: 8, message: hex('0e010e02') },
      { dataCoding: 8, message: hex('0e01d83dde0041') },
      { dataCoding: 6, message: hex('b0') },
      { dataCoding: 0x18, message: hex('0e01') },
      { dataCoding: 0xf0, message: hex('00') },
    );
    expect(read).toEqual(['@€ ', 'é', 'A@', 'é@', 'กข', 'ก😀', 'А', 'ก', '@']);
  });

  it('are Latin-1 in data_coding 0 where the SMSC means that', async () => {
    const rig = await boundRig({ defaultAlphabet: 'latin1' });
    expect(await texts(rig, { message: hex('407b') })).toEqual(['@{']);
  });

  it('are put together by a header with 8 or 16 bits, or by parameters', async () => {
    const rig = await boundRig();
    const sar = (reference: string, total: number, part: number) => [
      tlv(0x020c, hex(reference)),
      tlv(0x020e, Buffer.from([total])),
      tlv(0x020f, Buffer.from([part])),
    ];
    await texts(
      rig,
      { esmClass: 0x40, message: hex('0500035a03024142') },
      { esmClass: 0x40, message: hex('060804abcd020143') },
      { message: 'D', tlvs: sar('1234', 2, 2) },
      { message: 'E', tlvs: sar('1234', 1, 1) },
      { message: 'F', tlvs: sar('1234', 2, 3) },
    );
    expect(rig.host.inbounds.map(({ text, concat }) => [text, concat])).toEqual([
      ['AB', { reference: 0x5a, part: 2, partCount: 3 }],
      ['C', { reference: 0xabcd, part: 1, partCount: 2 }],
      ['D', { reference: 0x1234, part: 2, partCount: 2 }],
      ['E', null],
      ['F', null],
    ]);
  });

  it('may be in message_payload', async () => {
    const rig = await boundRig();
    expect(await texts(rig, { tlvs: [tlv(0x0424, Buffer.from('x'.repeat(1_000)))] })).toEqual(['x'.repeat(1_000)]);
  });

  it('that are none, or damaged, are kept as octets', async () => {
    const rig = await boundRig();
    await texts(
      rig,
      { dataCoding: 4, message: hex('00ff') },
      { dataCoding: 2, message: hex('01') },
      { esmClass: 0x40, dataCoding: 0xf5, message: hex('0605040b8423f001') },
      { esmClass: 0x40, message: hex('ff01') },
      {},
    );
    expect(rig.host.inbounds.map(({ text, raw }) => [text, raw])).toEqual([
      ['', '00FF'],
      ['', '01'],
      ['', '0605040B8423F001'],
      ['', 'FF01'],
      ['', ''],
    ]);
  });
});

describe('a text that comes again', () => {
  it('on the same session is another one', async () => {
    const rig = await boundRig();
    await texts(rig, { message: 'yes' });
    await rig.clock.advance(1_000);
    await texts(rig, { message: 'yes' });
    const [first, second] = rig.host.inbounds;
    expect(second?.sentAt).toBe((first?.sentAt ?? 0) + 1_000);
  });

  it('after the link broke is the same one, known by its time', async () => {
    const rig = await boundRig();
    await texts(rig, { message: 'yes' });
    rig.smsc.link().cut();
    await rig.clock.advance(2_000);
    await texts(rig, { message: 'yes' }, { message: 'yes' });
    const [first, again, other] = rig.host.inbounds;
    expect(again?.sentAt).toBe(first?.sentAt);
    expect(other?.sentAt).not.toBe(first?.sentAt);
  });

  it('because it could not be stored is the same one', async () => {
    const rig = await boundRig();
    rig.host.beforeInbound = () => Promise.reject(new Error('disk full'));
    expect(await rig.smsc.link().deliver({ message: 'yes' })).toBe(0x64);
    rig.host.beforeInbound = () => Promise.resolve();
    const at = rig.clock.now();
    await rig.clock.advance(60_000);
    await texts(rig, { message: 'yes' });
    expect(rig.host.inbounds).toMatchObject([{ sentAt: at }]);
  });
});
