import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromSeptets,
  isExtensionUnit,
  isGsm7,
  packSeptets,
  septetCount,
  toSeptets,
  unpackSeptets,
} from '../../server/domain/gsm7.ts';

const seed = 20260115;
const septets = fc.uint8Array({ min: 0, max: 127, maxLength: 170 });

function hex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

describe('GSM 7-bit alphabet', () => {
  it('packs the well-known example', () => {
    expect(hex(packSeptets(toSeptets('hellohello') ?? new Uint8Array()))).toBe('e8329bfd4697d9ec37');
  });

  it('puts every character where TS 23.038 §6.2.1 has it', () => {
    const samples: [string, number][] = [
      ['@', 0x00],
      ['$', 0x02],
      ['Ç', 0x09],
      ['\n', 0x0a],
      ['Δ', 0x10],
      ['_', 0x11],
      ['Ξ', 0x1a],
      ['Æ', 0x1c],
      [' ', 0x20],
      ['¤', 0x24],
      ['?', 0x3f],
      ['¡', 0x40],
      ['A', 0x41],
      ['Z', 0x5a],
      ['Ä', 0x5b],
      ['§', 0x5f],
      ['¿', 0x60],
      ['a', 0x61],
      ['à', 0x7f],
    ];
    for (const [character, code] of samples) expect(toSeptets(character)).toEqual(Uint8Array.of(code));
  });

  it('writes extension characters as two septets', () => {
    expect(toSeptets('^{}\\[~]|€\f')).toEqual(
      Uint8Array.from([0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65, 0x0a].flatMap((code) => [0x1b, code])),
    );
    expect(septetCount('a€b')).toBe(4);
    expect(isExtensionUnit('€'.charCodeAt(0))).toBe(true);
    expect(isExtensionUnit('a'.charCodeAt(0))).toBe(false);
    expect(isExtensionUnit('ก'.charCodeAt(0))).toBe(false);
  });

  it.each(['ก', '฿', '`', 'ç', 'α', '\u001b', '\t', '😀', '\u200b', 'Ā'])('has no %j', (character) => {
    expect(isGsm7(`a${character}`)).toBe(false);
    expect(septetCount(`a${character}`)).toBeNull();
    expect(toSeptets(`a${character}`)).toBeNull();
  });

  it('gives back all 127 characters of the default table', () => {
    const codes = Uint8Array.from({ length: 128 }, (_, code) => code).filter((code) => code !== 0x1b);
    const text = fromSeptets(codes);
    expect(new Set(text).size).toBe(127);
    expect(toSeptets(text)).toEqual(codes);
  });

  it('reads escapes that stand for nothing as a phone shows them', () => {
    expect(fromSeptets(Uint8Array.of(0x1b, 0x41))).toBe('A');
    expect(fromSeptets(Uint8Array.of(0x1b))).toBe(' ');
    expect(fromSeptets(Uint8Array.of(0x61, 0x1b, 0x1b, 0x62))).toBe('a b');
  });

  it('unpacks what it packed, after any number of fill bits', () => {
    fc.assert(
      fc.property(septets, fc.nat({ max: 6 }), (codes, fillBits) => {
        const octets = packSeptets(codes, fillBits);
        expect(octets.length).toBe(Math.ceil((fillBits + 7 * codes.length) / 8));
        expect(unpackSeptets(octets, codes.length, fillBits)).toEqual(codes);
      }),
      { seed },
    );
  });

  it('unpacks no more than the octets hold', () => {
    expect(unpackSeptets(new Uint8Array(7), 100)).toHaveLength(8);
    expect(unpackSeptets(new Uint8Array(0), 5, 3)).toHaveLength(0);
  });

  it('agrees with itself on what the alphabet holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const codes = toSeptets(text);
        expect(isGsm7(text)).toBe(codes !== null);
        expect(septetCount(text)).toBe(codes?.length ?? null);
        expect(codes === null ? text : fromSeptets(codes)).toBe(text);
      }),
      { seed, numRuns: 300 },
    );
  });
});
