import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTxIdCodec } from '../../server/domain/tx-id.ts';

const seed = 20260115;
const key = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 11) & 0xff);
const rowId = fc.oneof(fc.nat(), fc.maxSafeNat());

describe('txId', () => {
  const codec = createTxIdCodec(key);

  it('is the same for the life of a store', () => {
    expect([0, 1, 4_294_967_296, Number.MAX_SAFE_INTEGER].map((id) => createTxIdCodec(key).encode(id))).toEqual([
      codec.encode(0),
      codec.encode(1),
      codec.encode(4_294_967_296),
      codec.encode(Number.MAX_SAFE_INTEGER),
    ]);
    expect(codec.encode(1)).toMatchInlineSnapshot(`"7b39ded5e7b4cb9b"`);
  });

  it('gives the row id back', () => {
    fc.assert(
      fc.property(rowId, (id) => {
        const txId = codec.encode(id);
        expect(txId).toMatch(/^[0-9a-f]{16}$/);
        expect(codec.decode(txId)).toBe(id);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('gives no two rows the same id', () => {
    expect(new Set(Array.from({ length: 20_000 }, (_, id) => codec.encode(id))).size).toBe(20_000);
    fc.assert(
      fc.property(rowId, rowId, (a, b) => {
        expect(codec.encode(a) === codec.encode(b)).toBe(a === b);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('hides order: neighbours differ in about half of their bits', () => {
    let differing = 0;
    for (let id = 0; id < 1000; id++) {
      const both = BigInt(`0x${codec.encode(id)}`) ^ BigInt(`0x${codec.encode(id + 1)}`);
      differing += both.toString(2).replaceAll('0', '').length;
    }
    expect(differing / 1000).toBeGreaterThan(30);
    expect(differing / 1000).toBeLessThan(34);
  });

  it('depends on every byte of the key', () => {
    const seen = new Set([codec.encode(1)]);
    for (let at = 0; at < key.length; at++) seen.add(createTxIdCodec(key.with(at, (key[at] ?? 0) ^ 1)).encode(1));
    expect(seen.size).toBe(33);
  });

  it.each([
    '',
    '0',
    'g'.repeat(16),
    ' 23456789abcdef0',
    '0x3456789abcdef0',
    '1'.repeat(17),
    'DB3E18A96BEA4B1C',
    '１'.repeat(16),
  ])('does not decode %j', (txId) => {
    expect(codec.decode(txId)).toBeNull();
  });

  it('does not decode what lies beyond the row ids', () => {
    // 2^53 of 2^64 texts are ids, so of a thousand made at random hardly one is.
    const decoded = fc
      .sample(fc.stringMatching(/^[0-9a-f]{16}$/), { seed, numRuns: 1000 })
      .filter((txId) => codec.decode(txId) !== null);
    expect(decoded.length).toBeLessThan(10);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses to encode %d', (id) => {
    expect(() => codec.encode(id)).toThrow(/row id/);
  });

  it('refuses a key of another length', () => {
    expect(() => createTxIdCodec(new Uint8Array(16))).toThrow(/32 bytes/);
  });
});
