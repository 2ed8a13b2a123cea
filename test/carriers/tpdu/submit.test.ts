import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../server/domain/errors.ts';
import { segmentText } from '../../../server/domain/segments.ts';
import { decodeSubmit } from '../../../server/carriers/tpdu/network-side.ts';
import { decodeFromNetwork } from '../../../server/carriers/tpdu/network-pdu.ts';
import type { SubmitInput } from '../../../server/carriers/tpdu/submit.ts';
import { encodeSubmit } from '../../../server/carriers/tpdu/submit.ts';

const seed = 20260115;
const day = 86_400_000;

const plain: SubmitInput = {
  destination: '46708251358',
  text: 'hellohello',
  encoding: 'gsm7',
  part: 1,
  partCount: 1,
  concatReference: 0,
  validityMs: 4 * day,
  requestReport: false,
};

function refusal(input: SubmitInput): string {
  try {
    return encodeSubmit(input).hex;
  } catch (error) {
    return isAppError(error) ? error.code : 'another error';
  }
}

describe('encodeSubmit', () => {
  it('writes the well-known example', () => {
    expect(encodeSubmit(plain)).toEqual({ hex: '0011000B916407281553F80000AA0AE8329BFD4697D9EC37', tpduLength: 23 });
  });

  it('asks for a report and names a service centre, whose octets are not counted', () => {
    expect(encodeSubmit({ ...plain, requestReport: true, smsc: '+66891009120' })).toEqual({
      hex: '07916698019021F031000B916407281553F80000AA0AE8329BFD4697D9EC37',
      tpduLength: 23,
    });
  });

  it('writes Thai as UCS-2', () => {
    const thai = encodeSubmit({
      ...plain,
      destination: '66812345678',
      text: 'สวัสดี',
      encoding: 'ucs2',
      validityMs: day,
    });
    expect(thai).toEqual({ hex: '0011000B916618325476F80008A70C0E2A0E270E310E2A0E140E35', tpduLength: 26 });
  });

  it('begins the septets of a part at a septet border after the header', () => {
    const { hex } = encodeSubmit({ ...plain, text: 'A', part: 2, partCount: 3, concatReference: 0xa7 });
    // UDL 8 = header of 48 bits and one fill bit, then one septet: 0x41 shifted left by one.
    expect(hex).toBe('0051000B916407281553F80000AA08050003A7030282');
  });

  it.each([
    ['1175', '0481', '1157'],
    ['*121', '0481', '1A12'],
    ['12345', '0581', '2143F5'],
    ['#1234567', '0881', '1B325476'],
    ['0812345678', '0A81', '8021436587'],
    ['66812345678', '0B91', '6618325476F8'],
    ['+66812345678', '0B91', '6618325476F8'],
    ['800123456', '0991', '08103254F6'],
  ])('addresses %s', (destination, head, digits) => {
    const { hex } = encodeSubmit({ ...plain, destination });
    expect(hex.slice(6)).toMatch(new RegExp(`^${head}${digits}0000`));
    expect(decodeSubmit(hex).destination).toBe(destination.replace('+', ''));
  });

  it.each<[string, Partial<SubmitInput>]>([
    ['161 septets', { text: 'a'.repeat(161) }],
    ['154 septets after a header', { text: 'a'.repeat(154), partCount: 2 }],
    ['71 units', { text: 'ก'.repeat(71), encoding: 'ucs2' }],
    ['68 units after a header', { text: 'ก'.repeat(68), encoding: 'ucs2', partCount: 2 }],
    ['Thai as GSM-7', { text: 'ก' }],
    ['part 0', { part: 0, partCount: 2 }],
    ['part 3 of 2', { part: 3, partCount: 2 }],
    ['no parts', { partCount: 0 }],
    ['256 parts', { partCount: 256 }],
    ['a reference of more than an octet', { partCount: 2, concatReference: 256 }],
    ['no destination', { destination: '' }],
    ['letters for a destination', { destination: 'ACME' }],
    ['21 digits', { destination: '1'.repeat(21) }],
    ['letters for a service centre', { smsc: 'AIS' }],
  ])('refuses %s', (_, change) => {
    expect(refusal({ ...plain, ...change })).toBe('validation.failed');
  });

  it.each<[string, Partial<SubmitInput>]>([
    ['160 septets', { text: 'a'.repeat(160) }],
    ['80 euros', { text: '€'.repeat(80) }],
    ['153 septets after a header', { text: 'a'.repeat(153), partCount: 2 }],
    ['70 units', { text: 'ก'.repeat(70), encoding: 'ucs2' }],
    ['67 units after a header', { text: 'ก'.repeat(67), encoding: 'ucs2', partCount: 2 }],
    ['part 255 of 255', { part: 255, partCount: 255, concatReference: 255 }],
  ])('takes %s', (_, change) => {
    const input = { ...plain, ...change };
    const { hex, tpduLength } = encodeSubmit(input);
    expect(hex.length / 2).toBe(tpduLength + 1);
    expect(decodeSubmit(hex).text).toBe(input.text);
  });

  it('is read back by the network, part by part, for any text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ maxLength: 400 }),
      fc
        .array(fc.constantFrom('ก', 'ผู้', '€', '😀', '{', '@', '\ud83d'), { maxLength: 200 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, fc.nat({ max: 255 }), fc.boolean(), (text, concatReference, requestReport) => {
        const { encoding, parts } = segmentText(text);
        const read = parts.map((partText, index) => {
          const part = { text: partText, encoding, part: index + 1, partCount: parts.length, concatReference };
          const { hex } = encodeSubmit({ ...plain, ...part, requestReport });
          expect(hex).toMatch(/^00[0-9A-F]+$/);
          const decoded = decodeSubmit(hex);
          expect(decoded).toEqual({
            destination: plain.destination,
            ...part,
            concatReference: parts.length > 1 ? concatReference : null,
            reference: 0,
            requestReport,
            validityMs: 4 * day,
          });
          return decoded.text;
        });
        expect(read.join('')).toBe(text);
      }),
      { seed, numRuns: 150 },
    );
  });
});

describe('decodeSubmit', () => {
  it('reads a submit without validity period, and with an absolute or enhanced one', () => {
    const tail = '0AE8329BFD4697D9EC37';
    const head = '0B916407281553F80000';
    expect(decodeSubmit(`000105${head}${tail}`)).toMatchObject({ text: 'hellohello', reference: 5, validityMs: null });
    expect(decodeSubmit(`001905${head}62105171530082${tail}`)).toMatchObject({ text: 'hellohello', validityMs: null });
    expect(decodeSubmit(`000905${head}01A70000000000${tail}`)).toMatchObject({ text: 'hellohello', validityMs: null });
  });

  it('refuses what is no submit', () => {
    expect(() => decodeSubmit('07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37')).toThrow(
      /not a message to be sent/,
    );
  });

  it('is told from a received message, as when a SIM lists what it sent', () => {
    expect(() => decodeFromNetwork(encodeSubmit(plain).hex)).toThrow(/sent from this SIM/);
  });
});
