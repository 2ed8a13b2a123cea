import { describe, expect, it } from 'vitest';
import { decodePdu, type Body } from '../../../server/carriers/smpp/pdu/decode.ts';
import {
  encodeBind,
  encodeHeader,
  encodeQuery,
  encodeReceived,
  encodeSubmit,
} from '../../../server/carriers/smpp/pdu/encode.ts';
import { FrameReader, longestPdu } from '../../../server/carriers/smpp/pdu/frame-reader.ts';
import { readTlvs, tlvNumber, tlvText } from '../../../server/carriers/smpp/pdu/tlv.ts';
import {
  absoluteTime,
  parseAbsoluteTime,
  parseReceiptTime,
  relativeTime,
} from '../../../server/carriers/smpp/text/smpp-time.ts';
import { cut, deliverSm, pdu, readSubmit, tlv } from '../../fakes/smsc-wire.ts';

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
const bytes = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('PDUs that are sent', () => {
  it('a bind, as the standard draws it', () => {
    const fields = { systemId: 'SMPP3TEST', password: 'secret08', systemType: 'SUBMIT1', addressRange: '' };
    expect(hex(encodeBind('transmitter', fields, 1))).toBe(
      ['0000002f 00000002 00000000 00000001', '534d50503354455354 00 7365637265743038 00 5355424d495431 00 34 00 00 00']
        .join('')
        .replaceAll(' ', ''),
    );
  });

  it('headers alone, answers to deliveries, questions', () => {
    expect(hex(encodeHeader(0x15, 0, 7))).toBe('00000010000000150000000000000007');
    expect(hex(encodeReceived(0x05, 0x64, 9))).toBe('0000001180000005000000640000000900');
    expect(hex(encodeReceived(0x103, 0, 9))).toBe('0000001180000103000000000000000900');
    const source = { ton: 5, npi: 0, address: 'BOX' };
    expect(hex(encodeQuery('a1', source, 3))).toBe('000000190000000300000000000000036131000500424f5800');
  });

  it('a submit_sm that another codec reads alike', () => {
    const octets = encodeSubmit(
      {
        serviceType: 'CMT',
        source: { ton: 5, npi: 0, address: 'SEPSMS' },
        dest: { ton: 1, npi: 1, address: '66812345678' },
        esmClass: 0x40,
        validityPeriod: '000002000000000R',
        registeredDelivery: 1,
        dataCoding: 8,
        shortMessage: bytes('050003010201 0e01'),
        tlvs: [[0x0424, Buffer.alloc(600, 0x41)]],
      },
      0x7fff_ffff,
    );
    const { pdus, rest } = cut(Buffer.from(octets));
    expect(rest).toHaveLength(0);
    const [seen] = pdus;
    if (seen === undefined) throw new Error('no PDU');
    expect(seen).toMatchObject({ id: 4, status: 0, sequence: 0x7fff_ffff });
    const { message, tlvs, ...fields } = readSubmit(seen);
    expect(fields).toMatchObject({
      serviceType: 'CMT',
      source: 'SEPSMS',
      types: '5.0 1.1',
      dest: '66812345678',
      esmClass: 0x40,
      validity: '000002000000000R',
      registered: 1,
      dataCoding: 8,
    });
    expect(hex(message)).toBe('0500030102010e01');
    expect(tlvs.get(0x0424)).toEqual(Buffer.alloc(600, 0x41));
  });

  it.each(['a\0b', 'ร'])('a field that cannot hold its text is refused', (systemId) => {
    const fields = { systemId, password: '', systemType: '', addressRange: '' };
    expect(() => encodeBind('receiver', fields, 1)).toThrow(expect.objectContaining({ code: 'validation.failed' }));
  });
});

const bodyOf = (octets: Buffer): Body => decodePdu(octets).body;

describe('PDUs that come in', () => {
  it('answers, with bodies and without', () => {
    expect(decodePdu(pdu(0x8000_0009, 0, 5, 'SMSC', tlv(0x0210, bytes('34'))))).toEqual({
      header: { commandId: 0x8000_0009, status: 0, sequence: 5 },
      body: { kind: 'bound', systemId: 'SMSC' },
    });
    expect(bodyOf(pdu(0x8000_0004, 0, 1, 'abc'))).toEqual({ kind: 'submitted', messageId: 'abc' });
    expect(bodyOf(pdu(0x8000_0004, 0, 1, Buffer.from('abc')))).toEqual({ kind: 'submitted', messageId: 'abc' });
    expect(bodyOf(pdu(0x8000_0004, 0x58, 1))).toEqual({ kind: 'submitted', messageId: '' });
    expect(bodyOf(pdu(0x8000_0003, 0, 1, 'id', '', 2, 0))).toEqual({
      kind: 'queried',
      result: { finalDate: '', messageState: 2, errorCode: 0 },
    });
    expect(bodyOf(pdu(0x8000_0003, 0x67, 1))).toEqual({ kind: 'plain' });
    expect(bodyOf(pdu(0x8000_0003, 0, 1, 'id'))).toMatchObject({ kind: 'malformed' });
    expect(bodyOf(pdu(0x8000_0015, 0, 1))).toEqual({ kind: 'plain' });
  });

  it('deliveries', () => {
    const what = { source: '66811111111', dest: '4567', esmClass: 4, dataCoding: 8, message: bytes('0e01') };
    expect(bodyOf(deliverSm(3, { ...what, tlvs: [tlv(0x001e, 'x')] }))).toMatchObject({
      kind: 'delivery',
      delivery: {
        source: { ton: 1, npi: 1, address: '66811111111' },
        dest: { ton: 5, npi: 0, address: '4567' },
        esmClass: 4,
        dataCoding: 8,
        tlvs: new Map([[0x001e, Buffer.from('x\0')]]),
      },
    });
  });

  it('damaged ones are told apart, and rubbish behind a text is passed over', () => {
    expect(bodyOf(pdu(0x05, 0, 1))).toEqual({ kind: 'malformed', problem: 0x02 });
    const whole = deliverSm(1, { message: 'Hello' });
    expect(bodyOf(whole.subarray(0, -1))).toMatchObject({ kind: 'malformed', problem: 0x02 });
    expect(bodyOf(Buffer.concat([whole, bytes('04240010 41')]))).toMatchObject({ kind: 'delivery' });
    const empty = deliverSm(1, {});
    expect(bodyOf(Buffer.concat([empty, bytes('04240010 41')]))).toEqual({ kind: 'malformed', problem: 0xc0 });
  });

  it('optional parameters', () => {
    const { tlvs, broken } = readTlvs(
      Buffer.concat([tlv(1, bytes('05')), tlv(2, bytes('0102')), tlv(2, bytes('09')), tlv(3, 'ab')]),
    );
    expect(broken).toBe(false);
    expect([tlvNumber(tlvs, 1), tlvNumber(tlvs, 2), tlvNumber(tlvs, 3), tlvNumber(tlvs, 4)]).toEqual([
      5,
      258,
      null,
      null,
    ]);
    expect([tlvText(tlvs, 3), tlvText(tlvs, 4)]).toEqual(['ab', null]);
  });
});

describe('frames', () => {
  function collect(chunks: readonly Buffer[]): { frames: string[]; ok: boolean } {
    const frames: string[] = [];
    const reader = new FrameReader((frame) => frames.push(hex(frame)));
    let ok = true;
    for (const chunk of chunks) ok = reader.push(chunk);
    return { frames, ok };
  }
  const stream = [pdu(0x15, 0, 1), deliverSm(2, { message: 'Hello' }), pdu(0x8000_0004, 0, 3, 'id')];
  const whole = Buffer.concat(stream);

  it('are the same wherever the stream is cut', () => {
    for (let size = 1; size <= whole.length; size += 1) {
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, n) =>
        whole.subarray(n * size, (n + 1) * size),
      );
      expect(collect(chunks)).toEqual({ frames: stream.map(hex), ok: true });
    }
  });

  it.each([0, 15, longestPdu + 1, 0xffff_ffff])('a length of %i ends the stream', (length) => {
    const head = Buffer.alloc(16);
    head.writeUInt32BE(length);
    expect(collect([stream[0] ?? head, head, whole])).toEqual({ frames: [hex(stream[0] ?? head)], ok: false });
    expect(collect([head.subarray(0, 3), head.subarray(3), whole])).toEqual({ frames: [], ok: false });
  });

  it('the longest one passes', () => {
    const long = pdu(0x103, 0, 1, Buffer.alloc(longestPdu - 16));
    expect(collect([long.subarray(0, 10), long.subarray(10)]).frames).toEqual([hex(long)]);
  });
});

describe('times', () => {
  it('from now on', () => {
    expect(relativeTime(1)).toBe('000000000100000R');
    expect(relativeTime(90_061_000)).toBe('000001010101000R');
    expect(relativeTime(400 * 86_400_000)).toBe('000030000000000R');
    expect(relativeTime(-5)).toBe('000000000100000R');
  });

  it('moments', () => {
    const at = Date.UTC(2026, 1, 3, 4, 5, 6);
    expect(absoluteTime(at)).toBe('260203040506000+');
    expect(parseAbsoluteTime('260203040506000+')).toBe(at);
    expect(parseAbsoluteTime('260203110506028+')).toBe(at);
    expect(parseAbsoluteTime('260202230506020-')).toBe(at);
    expect(parseAbsoluteTime('000001010101000R')).toBeNull();
    expect(parseReceiptTime('2602030405', 0)).toBe(at - 6_000);
    expect(parseReceiptTime('260203110506', 420)).toBe(at);
    for (const none of ['', '2613030405', '2602320405', '2602032405', '26020304', 'x'])
      expect(parseReceiptTime(none, 0)).toBeNull();
    expect(parseReceiptTime('2602030405', null)).toBeNull();
  });
});
