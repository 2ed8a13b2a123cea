import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeApiKey, displayApiKey, isWellFormedApiKey } from '../../server/domain/api-key-format.ts';

const seed = 20260115;
const random = fc.uint8Array({ minLength: 20, maxLength: 20 });

describe('API keys', () => {
  it('have the prefix, the random part and its CRC-32', () => {
    // CRC-32 of forty characters "0", as zlib counts it.
    expect(composeApiKey(new Uint8Array(20))).toBe(`sk_sep_${'0'.repeat(40)}963fbb8e`);
  });

  it('are well-formed as composed', () => {
    fc.assert(
      fc.property(random, (bytes) => {
        const key = composeApiKey(bytes);
        expect(key).toMatch(/^sk_sep_[0-9a-f]{48}$/);
        expect(isWellFormedApiKey(key)).toBe(true);
      }),
      { seed },
    );
  });

  it('tell every typo in one place', () => {
    fc.assert(
      fc.property(
        random,
        fc.integer({ min: 7, max: 54 }),
        fc.constantFrom(...Array.from('0123456789abcdefgA')),
        (bytes, at, digit) => {
          const key = composeApiKey(bytes);
          fc.pre(key[at] !== digit);
          expect(isWellFormedApiKey(key.slice(0, at) + digit + key.slice(at + 1))).toBe(false);
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  it('tell a cut, a padded and a foreign key', () => {
    const key = composeApiKey(new Uint8Array(20).fill(7));
    for (const wrong of [
      '',
      key.slice(0, -1),
      `${key}0`,
      ` ${key}`,
      `${key}\n`,
      key.toUpperCase(),
      key.replace('sep', 'sap'),
    ]) {
      expect(isWellFormedApiKey(wrong)).toBe(false);
    }
  });

  it('are shown by their ends only', () => {
    const key = composeApiKey(
      Uint8Array.from({ length: 20 }, (_, index) => (index === 0 ? 0x3f : index === 1 ? 0x9a : index)),
    );
    expect(displayApiKey(key)).toBe(`sk_sep_3f9a...${key.slice(-4)}`);
    expect(displayApiKey('hunter2')).toBe('sk_sep_...');
  });

  it('need 20 bytes', () => {
    expect(() => composeApiKey(new Uint8Array(19))).toThrow(/20 random bytes/);
  });
});
