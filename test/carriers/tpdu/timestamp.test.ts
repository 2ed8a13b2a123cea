import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTimestamp, encodeTimestamp } from '../../../server/carriers/tpdu/timestamp.ts';

const seed = 20260115;

function decoded(hex: string): string | null {
  const octets = Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  const at = decodeTimestamp(octets);
  return at === null ? null : new Date(at).toISOString();
}

describe('service centre time stamps', () => {
  it.each([
    ['99309251619580', '1999-03-29T13:16:59.000Z'],
    ['62105171530082', '2026-01-15T10:35:00.000Z'],
    ['62105171530000', '2026-01-15T17:35:00.000Z'],
    ['20806291731448', '2002-08-26T20:37:41.000Z'],
    ['62202100000082', '2026-02-11T17:00:00.000Z'],
  ])('%s is %s', (hex, expected) => {
    expect(decoded(hex)).toBe(expected);
  });

  it.each(['00000000000000', 'FFFFFFFFFFFFFF', '62315100000082', '62200300000082', '62105142000082', 'A2105171530082'])(
    '%s is no time',
    (hex) => {
      expect(decoded(hex)).toBeNull();
    },
  );

  it('takes an offset that cannot be as none', () => {
    expect(decoded('621051715300FF')).toBe('2026-01-15T17:35:00.000Z');
    expect(decoded('62105171530097')).toBe('2026-01-15T17:35:00.000Z');
  });

  it('are written in Thai time', () => {
    expect(encodeTimestamp(Date.UTC(2026, 0, 15, 10, 35, 0))).toEqual([0x62, 0x10, 0x51, 0x71, 0x53, 0x00, 0x82]);
  });

  it('give the second back, whatever the offset', () => {
    const seconds = fc.integer({ min: Date.UTC(1995, 0) / 1000, max: Date.UTC(2085, 0) / 1000 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: -56, max: 56 }), (at, offset) => {
        expect(decodeTimestamp(Uint8Array.from(encodeTimestamp(at * 1000, offset)))).toBe(at * 1000);
      }),
      { seed },
    );
  });
});
