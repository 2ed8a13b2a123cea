import { describe, expect, it } from 'vitest';
import { decodeTable, parseCsv } from '../../renderer/features/compose/csv.ts';
import { parseNumbers, recipientsOf, tableOf } from '../../renderer/features/compose/recipients.ts';

describe('numbers that are typed or pasted', () => {
  it.each([
    ['0812345678', ['0812345678']],
    ['0812345678, 0898765432;0822222222\n0833333333', ['0812345678', '0898765432', '0822222222', '0833333333']],
    ['081 234 5678\n+66 (0)89-876-5432', ['081 234 5678', '+66 (0)89-876-5432']],
    ['0812345678 0898765432', ['0812345678', '0898765432']],
    ['  \n,, ;', []],
    ['hello', ['hello']],
  ])('%j', (text, numbers) => {
    expect(parseNumbers(text)).toEqual(numbers);
  });
});

describe('a table', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\ufeffa;b\r\n1;2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '"a, ""b""",c\n"two\nlines",d',
      [
        ['a, "b"', 'c'],
        ['two\nlines', 'd'],
      ],
    ],
    [
      'a,b\n\n , \n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['', []],
  ])('is read as spreadsheets write it: %j', (text, rows) => {
    expect(parseCsv(text)).toEqual(rows);
  });

  it('is read in the old encoding of the language where it is no UTF-8', () => {
    const thai = new Uint8Array([0xca, 0xc7, 0xd1, 0xca, 0xb4, 0xd5]);
    expect(decodeTable(thai, 'th')).toBe('สวัสดี');
    expect(decodeTable(new TextEncoder().encode('สวัสดี'), 'en')).toBe('สวัสดี');
    expect(decodeTable(new Uint8Array([0xff, 0xfe, 0x41, 0x00]), 'en')).toBe('A');
    expect(decodeTable(new Uint8Array([0xa4, 0xa4]), 'zh-Hant')).toBe('中');
  });

  it('gives its numbers, and values by the names of its columns', () => {
    const table = tableOf('guests.csv', parseCsv('Name,Phone no.,2nd\nAnn,0812345678,x\nBo,0898765432,\n,,y'));
    expect(table).toMatchObject({ names: ['Name', 'Phone_no', '_2nd'], numberAt: 1 });
    expect(recipientsOf('ignored', table)).toEqual({
      to: ['0812345678', '0898765432'],
      variables: {
        '0812345678': { Name: 'Ann', Phone_no: '0812345678', _2nd: 'x' },
        '0898765432': { Name: 'Bo', Phone_no: '0898765432', _2nd: '' },
      },
    });
  });

  it('needs no first row of names, and names each column once', () => {
    expect(tableOf('a.csv', parseCsv('0812345678,Ann\n0898765432,Bo'))).toMatchObject({
      names: ['column_1', 'column_2'],
      numberAt: 0,
    });
    expect(tableOf('a.csv', parseCsv('ชื่อ,ชื่อ,โทร\nก,ข,0812345678'))?.names).toEqual(['ชื่อ', 'ชื่อ_2', 'โทร']);
  });

  it('without numbers is none', () => {
    expect(tableOf('a.csv', parseCsv('a,b\nc,d'))).toBeNull();
    expect(tableOf('a.csv', [])).toBeNull();
  });
});
