import { describe, expect, test } from 'vitest';
import { contactSearch, fieldName, foldName, nameWords, sheetMsisdn } from '../../server/domain/contact.ts';
import { csvLine } from '../../server/domain/csv.ts';
import { guessColumns, RowJudge, rowValues } from '../../server/domain/import-columns.ts';

const options = { international: false };
const uses = (rows: string[][]) => guessColumns(rows, options).columns.map(({ use, field }) => field ?? use);

describe('the columns of a file are guessed', () => {
  test.each([
    [
      [
        ['Name', 'Mobile', 'Note'],
        ['Ann', '0812345678', 'x'],
      ],
      ['name', 'msisdn', 'note'],
    ],
    [
      [
        ['ชื่อ', 'เบอร์โทร', 'วันที่ นัด'],
        ['สมชาย', '0812345678', '1/2'],
      ],
      ['name', 'msisdn', 'วันที่_นัด'],
    ],
    [
      [
        ['姓名', '手機號碼', '備註'],
        ['王', '0812345678', ''],
      ],
      ['name', 'msisdn', 'note'],
    ],
    [
      [
        ['ref', 'to', 'ref'],
        ['1', '812345678', '2'],
      ],
      ['ref', 'msisdn', 'ignore'],
    ],
    [
      [
        ['phone', 'name'],
        ['', 'Ann'],
      ],
      ['msisdn', 'name'],
    ],
    [
      [
        ['office phone', 'mobile'],
        ['02', '0812345678'],
        ['02', '0812345679'],
      ],
      ['office_phone', 'msisdn'],
    ],
    [
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      ['a', 'b'],
    ],
  ])('%j', (rows, expected) => {
    expect(uses(rows)).toEqual(expected);
    expect(guessColumns(rows, options).hasHeader).toBe(true);
  });

  test('also without a line of names', () => {
    const guessed = guessColumns([['0812345678', 'Ann'], ['0812345679']], options);
    expect(guessed.hasHeader).toBe(false);
    expect(guessed.columns).toEqual([
      { header: 'Column 1', use: 'msisdn', field: null },
      { header: 'Column 2', use: 'ignore', field: null },
    ]);
  });
});

test('each line needs a number that none before it has', () => {
  const columns = [{ header: 'to', use: 'msisdn', field: null } as const];
  const judge = new RowJudge(columns, options);
  const written = ['0812345678', '', '+66 81 234 5678', '12', "'0812345679"];
  expect(written.map((cell, at) => judge.judge(at + 2, [cell]))).toEqual([
    { msisdn: '66812345678', problem: null, sameAs: null },
    { msisdn: null, problem: 'missing_number', sameAs: null },
    { msisdn: '66812345678', problem: 'duplicate', sameAs: 2 },
    { msisdn: null, problem: 'bad_number', sameAs: null },
    { msisdn: '66812345679', problem: null, sameAs: null },
  ]);
  expect([judge.rows, judge.problems]).toEqual([5, 3]);
});

test('the values of a line follow its columns, whatever they are called', () => {
  const columns = [
    { header: 'n', use: 'name', field: null },
    { header: 'x', use: 'field', field: '__proto__' },
    { header: 'y', use: 'field', field: 'y' },
    { header: 'z', use: 'ignore', field: null },
  ] as const;
  const { name, fields } = rowValues(['Ann', 'evil', '', 'z'], columns);
  expect([name, Object.entries(fields)]).toEqual(['Ann', [['__proto__', 'evil']]]);
});

test.each([
  ['812345678', '66812345678'],
  ['0812345678', '66812345678'],
  ["'+66812345678", '66812345678'],
  ['21234567', null],
])('a spreadsheet that writes %s means %s', (cell, msisdn) => {
  expect(sheetMsisdn(cell, options)).toBe(msisdn);
});

test.each([
  ['081 234', { by: 'number', prefix: '6681234' }],
  ['6681', { by: 'number', prefix: '6681' }],
  ['+44 77', { by: 'number', prefix: '4477' }],
  ['8123', { by: 'number', prefix: '668123' }],
  ['๐๘๑', { by: 'name', words: ['๐๘๑'] }],
  ['Ann  LEE', { by: 'name', words: ['ann', 'lee'] }],
  ['  ', null],
])('who types %j looks for %j', (typed, search) => {
  expect(contactSearch(typed)).toEqual(search);
});

test('names are folded and cut into words', () => {
  expect(foldName('  Ａｎｎ\u00a0 LEE ')).toBe('ann lee');
  expect(nameWords('Ann Lee, ANN (Co.)')).toEqual(['ann', 'lee', 'co.']);
  expect(nameWords('')).toEqual([]);
});

test.each([
  ['วันที่ นัด', 'วันที่_นัด'],
  ['Order #', 'Order'],
  ['2nd name', '_2nd_name'],
  ['  ', null],
  ['***', null],
])('a column %j is called %j in templates', (header, name) => {
  expect(fieldName(header)).toBe(name);
});

test('no cell of a CSV file is a formula', () => {
  const cells = ['=1+1', '+66', '-1', '@x', '\tx', 'a,b', 'a"b', "'x", 'plain', ' x'];
  expect(csvLine(cells)).toBe(`"'=1+1","'+66","'-1","'@x","'\tx","a,b","a""b","'x",plain," x"\r\n`);
});
