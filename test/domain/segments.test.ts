import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { septetCount } from '../../server/domain/gsm7.ts';
import { countSegments, segmentText } from '../../server/domain/segments.ts';

const seed = 20260115;

/** Characters that are awkward to cut between, and plain ones. */
const pieces = fc.constantFrom(
  'a',
  ' ',
  '{',
  '€',
  '\r\n',
  '\n',
  'ก',
  'ผู้',
  'น้ำ',
  'ที่',
  'เ',
  '฿',
  'é',
  'e\u0301',
  '\u0301',
  '่',
  '😀',
  '👩‍👩‍👧‍👦',
  '👍🏽',
  '🇹🇭',
  '🇯🇵',
  '1️⃣',
  '\u200d',
  '\u0600',
  'क्षि',
  '각',
  '\ud83d',
  '\ude00',
  '漢',
);
const awkward = fc.array(pieces, { maxLength: 260 }).map((parts) => parts.join(''));
const oversized = fc
  .tuple(
    awkward,
    fc.constantFrom('a\u0301', '👩‍', 'ก่', '\u0600', 'ท\u0301'),
    fc.integer({ min: 60, max: 200 }),
    awkward,
  )
  .map(([before, unit, times, after]) => before + unit + unit.slice(1).repeat(times) + unit.repeat(times % 40) + after);
const anyText = fc.oneof(
  awkward,
  oversized,
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ maxLength: 500 }),
);

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

function timeOf(text: string): number {
  const begun = performance.now();
  countSegments(text);
  return performance.now() - begun;
}

function borders(parts: readonly string[]): Set<number> {
  const found = new Set<number>();
  let at = 0;
  for (const part of parts) found.add((at += part.length));
  return found;
}

describe('segmentText', () => {
  it.each([
    ['a'.repeat(160), 1, 0],
    ['a'.repeat(161), 2, 145],
    ['a'.repeat(306), 2, 0],
    ['a'.repeat(307), 3, 152],
    ['€'.repeat(80), 1, 0],
    [`${'€'.repeat(80)}a`, 2, 144],
  ])('cuts GSM-7 at 160 and 153 septets (%#)', (text, count, unitsLeft) => {
    const { encoding, parts, unitsLeft: left } = segmentText(text);
    expect({ encoding, count: parts.length, left }).toEqual({ encoding: 'gsm7', count, left: unitsLeft });
  });

  it.each([
    ['ก'.repeat(70), 1, 0],
    ['ก'.repeat(71), 2, 63],
    ['ก'.repeat(134), 2, 0],
    ['ก'.repeat(135), 3, 66],
    [`${'a'.repeat(69)}฿`, 1, 0],
    ['😀'.repeat(35), 1, 0],
    ['😀'.repeat(36), 2, 61],
  ])('cuts UCS-2 at 70 and 67 units (%#)', (text, count, unitsLeft) => {
    const { encoding, parts, unitsLeft: left } = segmentText(text);
    expect({ encoding, count: parts.length, left }).toEqual({ encoding: 'ucs2', count, left: unitsLeft });
  });

  it('has nothing to send for an empty text', () => {
    expect(segmentText('')).toEqual({ encoding: 'gsm7', parts: [], units: 0, characters: 0, unitsLeft: 160 });
    expect(countSegments('')).toBe(0);
  });

  it('keeps an extension character whole', () => {
    const { parts } = segmentText(`${'a'.repeat(152)}€${'b'.repeat(20)}`);
    expect(parts).toEqual(['a'.repeat(152), `€${'b'.repeat(20)}`]);
  });

  it('keeps a Thai consonant with its vowel and tone mark', () => {
    const { parts } = segmentText(`${'ก'.repeat(65)}ที่${'ก'.repeat(10)}`);
    expect(parts).toEqual(['ก'.repeat(65), `ที่${'ก'.repeat(10)}`]);
  });

  it('keeps sara am with its consonant', () => {
    expect(segmentText(`${'ก'.repeat(65)}น้ำ${'ก'.repeat(10)}`).parts[0]).toBe('ก'.repeat(65));
  });

  it('keeps an emoji sequence whole', () => {
    expect(segmentText(`${'ก'.repeat(60)}👩‍👩‍👧‍👦${'ก'.repeat(10)}`).parts).toEqual(['ก'.repeat(60), `👩‍👩‍👧‍👦${'ก'.repeat(10)}`]);
  });

  it('counts units and characters', () => {
    expect(segmentText('a😀ก')).toMatchObject({ units: 4, characters: 3, unitsLeft: 66 });
    expect(segmentText('a{b')).toMatchObject({ units: 4, characters: 3, unitsLeft: 156 });
    expect(segmentText('\ud83dก\ude00')).toMatchObject({ units: 3, characters: 3 });
  });

  it('gives parts that make up the text and fit', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { encoding, parts, units, unitsLeft, characters } = segmentText(text);
        expect(parts.join('')).toBe(text);
        expect(countSegments(text)).toBe(parts.length);
        expect(characters).toBe(Array.from(text).length);
        const sizes = parts.map((part) => (encoding === 'gsm7' ? (septetCount(part) ?? Infinity) : part.length));
        const whole = encoding === 'gsm7' ? 160 : 70;
        const limit = parts.length > 1 ? (encoding === 'gsm7' ? 153 : 67) : whole;
        expect(units).toBe(sizes.reduce((sum, size) => sum + size, 0));
        for (const size of sizes) expect(size > 0 && size <= limit).toBe(true);
        expect(unitsLeft).toBe(limit - (sizes.at(-1) ?? 0));
        expect(parts.length > 1).toBe(units > whole);
      }),
      { seed, numRuns: 400 },
    );
  });

  it('never cuts a surrogate pair, nor a grapheme cluster that fits into a part', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { encoding, parts } = segmentText(text);
        if (encoding === 'gsm7') return;
        const cuts = borders(parts);
        for (const cut of cuts)
          expect(/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(cut - 1, cut + 1))).toBe(false);
        for (const { index, segment } of segmenter.segment(text)) {
          if (segment.length > 67) continue;
          for (let inside = index + 1; inside < index + segment.length; inside++) expect(cuts.has(inside)).toBe(false);
        }
      }),
      { seed, numRuns: 400 },
    );
  });

  it('fills each part as far as whole clusters allow', () => {
    fc.assert(
      fc.property(awkward, (written) => {
        // Beside line ends a border may be passed over, which costs a unit and nothing else.
        const text = written.replaceAll(/[\r\n]/g, '');
        const { encoding, parts } = segmentText(text);
        if (encoding === 'gsm7' || parts.length < 2) return;
        const ends = new Set([...segmenter.segment(text)].map(({ index, segment }) => index + segment.length));
        let start = 0;
        for (const part of parts.slice(0, -1)) {
          const end = start + part.length;
          for (let later = end + 1; later <= start + 67; later++) expect(ends.has(later)).toBe(false);
          start = end;
        }
      }),
      { seed, numRuns: 200 },
    );
  });

  it.each([
    ['a cluster as long as the text', `ก${'่'.repeat(100_000)}`],
    ['flags', '🇹🇭'.repeat(25_000)],
    ['families', '👩‍👩‍👧‍👦'.repeat(9_000)],
    ['many clusters larger than a part', `e${'\u0301'.repeat(80)}`.repeat(1_200)],
    ['Thai', 'ผู้ใหญ่'.repeat(15_000)],
    ['extension characters', 'a{'.repeat(50_000)],
  ])('takes linear time for 100,000 characters: %s', (_, text) => {
    const half = text.slice(0, text.length / 2);
    timeOf(half);
    const short = Math.min(timeOf(half), timeOf(half), timeOf(half));
    const long = Math.min(timeOf(text), timeOf(text), timeOf(text));
    // Twice the text: twice the time when linear, four times when not; the constant forgives a busy machine.
    expect(long).toBeLessThan(3 * short + 30);
  });
});
