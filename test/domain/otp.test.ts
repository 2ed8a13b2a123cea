import { assert, boolean, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultTemplate,
  makeCode,
  makeReference,
  otpTexts,
  typedCode,
  typedReference,
} from '../../server/domain/otp.ts';
import { countSegments, segmentText } from '../../server/domain/segments.ts';
import { systemRandom } from '../../server/platform/crypto.ts';

const seed = 20260115;

describe('one-time codes', () => {
  test('have as many digits as asked for, each digit about as often as the others', () => {
    const counts = new Map<string, number>();
    const rounds = 5_000;
    for (let round = 0; round < rounds; round += 1) {
      const code = makeCode(systemRandom, 8);
      expect(code).toMatch(/^\d{8}$/u);
      for (const digit of code) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }
    const fair = (rounds * 8) / 10;
    expect(counts.size).toBe(10);
    // Nine standard deviations: a fair generator does not get there.
    for (const count of counts.values()) expect(Math.abs(count - fair)).toBeLessThan(9 * Math.sqrt(fair * 0.9));
  });

  test('are drawn without the bias of a plain remainder', () => {
    const high = { bytes: (n: number) => new Uint8Array(n).fill(255).with(n - 1, 7), fraction: () => 0 };
    expect(makeCode(high, 1)).toBe('7');
  });

  test('have references of six of A–Z 0–9', () => {
    for (let round = 0; round < 200; round += 1) expect(makeReference(systemRandom)).toMatch(/^[A-Z0-9]{6}$/u);
  });

  test('fit one segment with the usual template, in Thai and English', () => {
    const { clear } = otpTexts(defaultTemplate, '12345678', 'A3K9X2');
    expect(segmentText(clear)).toMatchObject({ encoding: 'ucs2', parts: [clear] });
    expect(clear).toMatch(/[ก-๙].*[A-Za-z]/u);
  });

  test('are hidden in texts of the same encoding and length, whatever the template', () => {
    const template = tuple(string({ unit: 'grapheme' }), string({ unit: 'grapheme' }), boolean());
    assert(
      property(template, constantFrom('1234', '12345678'), ([before, after, twice], code) => {
        const text = `${before}{code}${after}{ref}${twice ? '{code}' : ''}`;
        const { clear, masked } = otpTexts(text, code, 'A3K9X2');
        expect(segmentText(masked).encoding).toBe(segmentText(clear).encoding);
        expect(countSegments(masked)).toBe(countSegments(clear));
        expect(masked.length).toBe(clear.length);
        expect(masked.includes(code)).toBe(`${before}|${after}`.includes(code));
      }),
      { seed },
    );
  });

  test('leave other braces alone', () => {
    expect(otpTexts('{code} {name} {ref}', '1234', 'A3K9X2').clear).toBe('1234 {name} A3K9X2');
  });

  test('may be typed with Thai or full-width digits, spaces and dashes', () => {
    expect(typedCode(' ๑๒๓ ４５６')).toBe('123456');
    expect(typedCode('123-456')).toBe('123456');
    expect(typedReference(' a3k9x2 ')).toBe('A3K9X2');
  });
});
