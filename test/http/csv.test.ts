import { expect, test } from 'vitest';
import { csvLine } from '../../server/http/csv.ts';

test.each<[string, (string | number | null)[], string]>([
  ['texts and numbers', ['a', 5, -5], '"a","5","-5"'],
  ['nothing', [null, ''], '"",""'],
  ['quotes, commas and line ends', ['say "hi", now', 'a\nb'], '"say ""hi"", now","a\nb"'],
  ['what a spreadsheet would run', ['=1+1', '+66', '-x', '@SUM', '\tx'], `"'=1+1","'+66","'-x","'@SUM","'\tx"`],
])('%s', (_what, cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});
