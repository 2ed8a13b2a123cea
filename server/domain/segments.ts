/**
 * How a text is cut into the parts that are sent and charged: one function for the API, the preview, the admin UI and
 * the carriers (3GPP TS 23.040 §9.2.3.24.1, TS 23.038 §6.2).
 */

import { isExtensionUnit, septetCount } from './gsm7.ts';

export type SegmentEncoding = 'gsm7' | 'ucs2';

export interface Segmentation {
  readonly encoding: SegmentEncoding;
  /** `parts.join('')` is the text; empty for an empty text. */
  readonly parts: string[];
  /** Septets for GSM-7, UTF-16 units for UCS-2; headers are not counted. */
  readonly units: number;
  /** Unicode code points. */
  readonly characters: number;
  /** Units that still fit into the last part. */
  readonly unitsLeft: number;
}

const limits = {
  gsm7: { whole: 160, part: 153 },
  ucs2: { whole: 70, part: 67 },
} as const;

/** Cuts a text into parts; `parts.length` is what it costs, which can exceed the units divided by the limit. */
export function segmentText(text: string): Segmentation {
  const septets = septetCount(text);
  return septets === null ? segmentUcs2(text) : segmentGsm7(text, septets);
}

/** How many parts the text takes; 0 for an empty text. */
export function countSegments(text: string): number {
  if (text.length === 0) return 0;
  const septets = septetCount(text);
  if (septets === null) return text.length <= limits.ucs2.whole ? 1 : splitUcs2(text).length;
  return septets <= limits.gsm7.whole ? 1 : splitGsm7(text).parts.length;
}

function segmentGsm7(text: string, septets: number): Segmentation {
  const common = { encoding: 'gsm7', units: septets, characters: text.length } as const;
  if (septets <= limits.gsm7.whole) {
    return { ...common, parts: text === '' ? [] : [text], unitsLeft: limits.gsm7.whole - septets };
  }
  const { parts, lastUnits } = splitGsm7(text);
  return { ...common, parts, unitsLeft: limits.gsm7.part - lastUnits };
}

function splitGsm7(text: string): { parts: string[]; lastUnits: number } {
  const parts: string[] = [];
  let start = 0;
  let used = 0;
  for (let at = 0; at < text.length; at++) {
    const size = isExtensionUnit(text.charCodeAt(at)) ? 2 : 1;
    if (used + size > limits.gsm7.part) {
      parts.push(text.slice(start, at));
      start = at;
      used = 0;
    }
    used += size;
  }
  parts.push(text.slice(start));
  return { parts, lastUnits: used };
}

function segmentUcs2(text: string): Segmentation {
  const whole = text.length <= limits.ucs2.whole;
  const parts = whole ? [text] : splitUcs2(text);
  const limit = whole ? limits.ucs2.whole : limits.ucs2.part;
  return {
    encoding: 'ucs2',
    parts,
    units: text.length,
    characters: countCodePoints(text),
    unitsLeft: limit - (parts.at(-1)?.length ?? 0),
  };
}

function countCodePoints(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at++) {
    if (isSurrogatePair(text, at)) {
      count--;
      at++;
    }
  }
  return count;
}

function isSurrogatePair(text: string, lowAt: number): boolean {
  return (text.charCodeAt(lowAt) & 0xfc00) === 0xdc00 && (text.charCodeAt(lowAt - 1) & 0xfc00) === 0xd800;
}

/**
 * `border` is the last grapheme border known so far; it lies after `start` only while the tail of a cluster that is
 * larger than a part is being sent.
 */
function splitUcs2(text: string): string[] {
  const size = limits.ucs2.part;
  const parts: string[] = [];
  let start = 0;
  let border = 0;
  while (text.length - start > size) {
    const limit = start + size;
    if (border <= limit) border = lastBorder(text, border, limit);
    if (border <= start) border = clusterEnd(text, start);
    const end = border <= limit ? border : codePointBorder(text, limit);
    parts.push(text.slice(start, end));
    start = end;
  }
  parts.push(text.slice(start));
  return parts;
}

function codePointBorder(text: string, at: number): number {
  return isSurrogatePair(text, at) ? at - 1 : at;
}

/** The last grapheme border in `from`…`limit`, where `from` is one itself. */
function lastBorder(text: string, from: number, limit: number): number {
  const plain = lastPlainBorder(text, from, limit);
  if (plain !== null) return plain;
  // Whether there is a border depends on what precedes it and on the one code point after it, so two units beyond do.
  const window = text.slice(from, limit + 2);
  let border = from;
  for (const { index, segment } of graphemes().segment(window)) {
    const end = from + index + segment.length;
    if (end > limit) break;
    border = end;
  }
  return border;
}

/** Finds a border without the segmenter where only Latin and Thai characters are near; null when it cannot tell. */
function lastPlainBorder(text: string, from: number, limit: number): number | null {
  for (let at = limit; at > from; at--) {
    const unit = text.charCodeAt(at);
    if (!isLatinOrThai(text.charCodeAt(at - 1))) return null;
    if (startsCluster(unit)) return at;
    if (!isThai(unit)) return null;
  }
  return null;
}

function isThai(unit: number): boolean {
  return unit >= 0x0e01 && unit <= 0x0e5b;
}

function isLatinOrThai(unit: number): boolean {
  return unit < 0x0300 || isThai(unit);
}

/** Printable ASCII, or Thai other than the vowels and tone marks that belong to the consonant before them. */
function startsCluster(unit: number): boolean {
  if (unit >= 0x20 && unit <= 0x7e) return true;
  if (!isThai(unit)) return false;
  const joins = unit === 0x0e31 || (unit >= 0x0e33 && unit <= 0x0e3a) || (unit >= 0x0e47 && unit <= 0x0e4e);
  return !joins;
}

/** The end of the cluster that begins at `start`, looked for in growing windows so that the work stays linear. */
function clusterEnd(text: string, start: number): number {
  for (let width = 4 * limits.ucs2.part; ; width *= 2) {
    const window = text.slice(start, start + width);
    const length = graphemes().segment(window).containing(0)?.segment.length ?? window.length;
    if (length + 2 <= window.length || start + width >= text.length) return start + length;
  }
}

let segmenter: Intl.Segmenter | undefined;

/** Made at the first need: loading its data takes milliseconds, and most texts never ask. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}
