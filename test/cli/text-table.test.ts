import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { counted, oneLine, shortTime, textFields, textTable } from '../../server/cli/text-table.ts';

test('columns line up under Thai marks and Chinese characters', () => {
  const rows = [
    ['ที่นี่', 'a'],
    ['簡訊', 'b'],
    ['abcd', 'c'],
  ];
  expect(textTable(['N', 'X'], rows, '')).toBe('N     X\nที่นี่    a\n簡訊  b\nabcd  c\n');
});

test('no rows: a sentence instead', () => {
  expect(textTable(['N'], [], 'There is none.')).toBe('There is none.\n');
});

test('fields line up', () => {
  const fields = [
    ['A', 1],
    ['Long', 'x\ny'],
  ] as const;
  expect(textFields(fields)).toBe('A:    1\nLong: x y\n');
});

test('whatever comes from outside stays on its line and cannot move the cursor', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
      expect(textTable(['H'], [[text]], '').split('\n')).toHaveLength(3);
    }),
    { seed: 20260115 },
  );
});

test('emoji families and Persian words keep their joiners', () => {
  expect(oneLine('👩\u200d🚀 می\u200cخواهم')).toBe('👩\u200d🚀 می\u200cخواهم');
});

test('times and counts read as people write them', () => {
  expect(shortTime('2026-01-15T10:35:00.000Z')).toBe('2026-01-15 10:35:00 UTC');
  expect(shortTime(null, 'never')).toBe('never');
  expect(counted(1, 'credit')).toBe('1 credit');
  expect(counted(10_000, 'credit')).toBe('10,000 credits');
});
