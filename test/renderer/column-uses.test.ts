import { describe, expect, test } from 'vitest';
import { withField, withUse } from '../../renderer/features/contacts/column-uses.ts';
import { matches } from '../../renderer/features/templates/matches.ts';

const columns = [
  { header: 'mobile', use: 'msisdn', field: null },
  { header: 'วันที่ นัด', use: 'field', field: 'วันที่_นัด' },
  { header: 'วันที่ นัด', use: 'ignore', field: null },
  { header: '', use: 'ignore', field: null },
] as const;

describe('the columns of a file', () => {
  test('have one that is the number; what was it before becomes a value', () => {
    expect(withUse(columns, 1, 'msisdn').map(({ use, field }) => [use, field])).toEqual([
      ['field', 'mobile'],
      ['msisdn', null],
      ['ignore', null],
      ['ignore', null],
    ]);
  });

  test('become values under names that no other has', () => {
    expect(withUse(columns, 2, 'field')[2]).toMatchObject({ use: 'field', field: 'วันที่_นัด_2' });
    expect(withUse(columns, 3, 'field')[3]).toMatchObject({ use: 'field', field: 'column_4' });
  });

  test('take names as texts can write them, and none that is empty', () => {
    expect(withField(columns, 1, ' next visit! ')[1]).toMatchObject({ field: 'next_visit' });
    expect(withField(columns, 1, ' ?? ')[1]).toMatchObject({ field: 'วันที่_นัด' });
    expect(withField(columns, 0, 'x')[0]).toMatchObject({ field: null });
  });
});

test('a template is found by every word of its name and text, whatever their case, and by its purpose', () => {
  const item = { name: 'เตือนนัด', text: 'Dear {name}, see you', purposes: ['marketing' as const] };
  expect(matches(item, 'SEE นัด', '')).toBe(true);
  expect(matches(item, 'see never', '')).toBe(false);
  expect(matches(item, '', 'marketing')).toBe(true);
  expect(matches(item, 'see', 'otp')).toBe(false);
});
