import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../server/domain/errors.ts';
import { OctetReader, hexToOctets, octetsToHex } from '../../../server/carriers/tpdu/octets.ts';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return isAppError(error) ? error.code : 'another error';
  }
  return 'no error';
}

describe('hex of PDUs', () => {
  it('is read in either case, with space around', () => {
    expect(hexToOctets(' 00fFa1\r\n')).toEqual(Uint8Array.of(0, 255, 0xa1));
    expect(octetsToHex([0, 255, 0xa1])).toBe('00FFA1');
    expect(hexToOctets('')).toHaveLength(0);
  });

  it.each(['0', '0G', '00 11', '0x11', '+CMTI: "SM",1', '００', 'FF'.repeat(353)])('is refused: %j', (text) => {
    expect(codeOf(() => hexToOctets(text))).toBe('validation.failed');
  });
});

describe('OctetReader', () => {
  it('reads up to the end and not beyond', () => {
    const reader = new OctetReader(Uint8Array.of(1, 2, 3));
    expect(reader.octet('a')).toBe(1);
    expect(reader.take(2, 'b')).toEqual(Uint8Array.of(2, 3));
    expect(reader.left).toBe(0);
    expect(reader.take(0, 'c')).toHaveLength(0);
    expect(codeOf(() => reader.octet('d'))).toBe('validation.failed');
    expect(codeOf(() => reader.take(1, 'e'))).toBe('validation.failed');
  });
});
