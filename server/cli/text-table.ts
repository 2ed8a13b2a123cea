const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u;

/** Columns that a text takes on a terminal: Thai marks take none of their own, Chinese characters two. */
function columns(text: string): number {
  let count = 0;
  for (const { segment } of graphemes.segment(text)) count += wide.test(segment) ? 2 : 1;
  return count;
}

/** Text fit for one line of a terminal: what came from outside cannot move the cursor or start a line. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, (found) => (/^[\u200c\u200d]+$/u.test(found) ? found : ' '));
}

/** An aligned table with a head, two spaces between columns, or `empty` when there are no rows. Ends in a line end. */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  empty: string,
): string {
  if (rows.length === 0) return `${empty}\n`;
  const lines = [head, ...rows].map((row) => row.map((cell) => oneLine(String(cell))));
  const widths = head.map((_title, index) => Math.max(...lines.map((line) => columns(line[index] ?? ''))));
  return lines
    .map((line) => {
      const cells = line.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - columns(cell)));
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}

/** Lines of `name: value`, values aligned. Ends in a line end. */
export function textFields(fields: readonly (readonly [name: string, value: string | number])[]): string {
  const width = Math.max(0, ...fields.map(([name]) => columns(name)));
  return fields
    .map(([name, value]) => `${name}:${' '.repeat(width - columns(name))} ${oneLine(String(value))}\n`)
    .join('');
}

/** "2026-01-15 10:35:00 UTC" from an ISO time, or `none` when there is no time. */
export function shortTime(iso: string | null, none = '-'): string {
  return iso === null ? none : `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** "1 credit", "2 credits", "10,000 credits". */
export function counted(count: number, thing: string, things = `${thing}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? thing : things}`;
}
