import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskMsisdn, normalizeMsisdn, sameSubscriber } from '../../server/domain/msisdn.ts';

const seed = 20260115;
const subscriber = fc
  .tuple(fc.constantFrom('6', '8', '9'), fc.stringMatching(/^\d{8}$/))
  .map(([first, rest]) => first + rest);

describe('normalizeMsisdn', () => {
  it.each([
    '66812345678',
    '0812345678',
    '+66812345678',
    '0066812345678',
    '+660812345678',
    '+66 (0)81-234-5678',
    ' 081-234-5678 ',
    '(081) 234 5678',
    '081.234.5678',
    '081\u00a0234\u00a05678',
    '081‑234‑5678',
    '๐๘๑๒๓๔๕๖๗๘',
    '０８１２３４５６７８',
    '＋66812345678',
    '\u202a+66812345678\u202c',
    '\ufeff0812345678',
  ])('reads %j', (written) => {
    expect(normalizeMsisdn(written)).toBe('66812345678');
  });

  it.each(['0612345678', '0912345678'])('takes the mobile prefix of %s', (written) => {
    expect(normalizeMsisdn(written)).toBe(`66${written.slice(1)}`);
  });

  it.each([
    '',
    ' ',
    '+',
    '021234567',
    '0212345678',
    '0312345678',
    '0412345678',
    '0512345678',
    '0712345678',
    '0112345678',
    '081234567',
    '08123456789',
    '812345678',
    '6681234567',
    '668123456789',
    '66212345678',
    '+0812345678',
    '000812345678',
    '0812345a78',
    '08123456+78',
    '++66812345678',
    '081,234,5678',
    '081/2345678',
    '447700900123',
    '+447700900123',
    '1175',
    '*121#',
    'hello',
    '0'.repeat(10_000),
    `0812345678${' '.repeat(100)}`,
  ])('refuses %j', (written) => {
    expect(normalizeMsisdn(written)).toBeNull();
  });

  it.each([
    ['+44 7700 900123', '447700900123'],
    ['00447700900123', '447700900123'],
    ['447700900123', '447700900123'],
    ['+6834000', '6834000'],
    ['81234567', '81234567'],
    ['123456789012345', '123456789012345'],
    ['0812345678', '66812345678'],
    ['+66 81 234 5678', '66812345678'],
  ])('reads %j where other countries are open', (written, expected) => {
    expect(normalizeMsisdn(written, { international: true })).toBe(expected);
  });

  it.each(['+447', '1234567', '1234567890123456', '+6621234567', '6621234567', '021234567', '+0447700900123'])(
    'refuses %j even then',
    (written) => {
      expect(normalizeMsisdn(written, { international: true })).toBeNull();
    },
  );

  it('gives the same number for every way to write it, and for its own answer', () => {
    const ways = fc.constantFrom('0', '66', '+66', '0066', '+660', '+66 (0)');
    fc.assert(
      fc.property(subscriber, ways, fc.nat({ max: 9 }), (digits, way, at) => {
        const written = `${way}${digits.slice(0, at)}-${digits.slice(at)}`;
        const msisdn = normalizeMsisdn(written);
        expect(msisdn).toBe(`66${digits}`);
        expect(normalizeMsisdn(msisdn ?? '')).toBe(msisdn);
      }),
      { seed },
    );
  });

  it('gives null or digits, and takes its own answer, whatever is written', () => {
    const written = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+(]?[0-9 .()-]{0,20}$/));
    fc.assert(
      fc.property(written, fc.boolean(), (text, international) => {
        const msisdn = normalizeMsisdn(text, { international });
        if (msisdn === null) return;
        expect(msisdn).toMatch(international ? /^[1-9]\d{6,14}$/ : /^66[689]\d{8}$/);
        expect(normalizeMsisdn(`+${msisdn}`, { international })).toBe(msisdn);
        // Seven digits alone are too few to be told from a local number.
        expect(normalizeMsisdn(msisdn, { international })).toBe(msisdn.length > 7 ? msisdn : null);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('reads 100,000 usual numbers in a moment', () => {
    const numbers = Array.from(
      { length: 100_000 },
      (_, index) => `${index % 2 === 0 ? '66' : '0'}81${2_000_000 + index}`,
    );
    const begun = performance.now();
    const read = numbers.filter((number) => normalizeMsisdn(number) !== null);
    expect(read).toHaveLength(numbers.length);
    expect(performance.now() - begun).toBeLessThan(250);
  });
});

describe('maskMsisdn', () => {
  it.each([
    ['66812345678', '66812***678'],
    ['0812345678', '0812***678'],
    ['447700900123', '44770***123'],
    ['1175', '***'],
    ['', '***'],
  ])('%s is shown as %s', (msisdn, shown) => {
    expect(maskMsisdn(msisdn)).toBe(shown);
  });
});

describe('sameSubscriber', () => {
  it.each([
    ['66812345678', '0812345678', true],
    ['+66812345678', '66812345678', true],
    ['812345678', '0066812345678', true],
    ['66812345678', '66812345679', false],
    ['1175', '1175', true],
    ['1175', '66812341175', false],
    ['', '', false],
    ['AIS', '', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(sameSubscriber(a, b)).toBe(same);
    expect(sameSubscriber(b, a)).toBe(same);
  });
});
