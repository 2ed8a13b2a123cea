import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRelativeValidity, encodeRelativeValidity } from '../../../server/carriers/tpdu/validity.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('relative validity period', () => {
  it.each([
    [0, 0],
    [-1, 0],
    [Number.NaN, 0],
    [5 * minute, 0],
    [10 * minute - 1, 0],
    [10 * minute, 1],
    [hour, 0x0b],
    [12 * hour, 143],
    [12 * hour + 29 * minute, 143],
    [12 * hour + 30 * minute, 144],
    [day, 0xa7],
    [2 * day - 1, 0xa7],
    [2 * day, 168],
    [4 * day, 0xaa],
    [30 * day, 196],
    [35 * day - 1, 196],
    [35 * day, 197],
    [441 * day, 255],
    [Infinity, 255],
  ])('%d ms is octet %d', (ms, octet) => {
    expect(encodeRelativeValidity(ms)).toBe(octet);
  });

  it('gives every octet back', () => {
    for (let octet = 0; octet < 256; octet++) expect(encodeRelativeValidity(decodeRelativeValidity(octet))).toBe(octet);
  });

  it('is never longer than asked for, and the next octet would be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5 * minute, max: 450 * day }), (ms) => {
        const octet = encodeRelativeValidity(ms);
        expect(decodeRelativeValidity(octet)).toBeLessThanOrEqual(ms);
        const next = octet < 255 ? decodeRelativeValidity(octet + 1) : Infinity;
        expect(next).toBeGreaterThan(ms);
      }),
      { seed: 20260115 },
    );
  });
});
