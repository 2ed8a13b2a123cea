import { describe, expect, test } from 'vitest';
import { readSheet, sheetKind } from '../../server/platform/spreadsheet/read-sheet.ts';
import { xlsx, zip } from '../fakes/xlsx.ts';

async function read(bytes: Uint8Array) {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  for await (const row of readSheet(bytes)) {
    rows.push(row.cells);
    lines.push(row.line);
  }
  return { rows, lines };
}

const csv = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const cells = async (bytes: Uint8Array) => (await read(bytes)).rows;
const table = [
  ['phone', 'name'],
  ['0812345678', 'สมชาย'],
];

describe('a CSV file', () => {
  test.each([
    ['commas', 'phone,name\r\n0812345678,สมชาย\r\n'],
    ['semicolons', 'phone;name\n0812345678;สมชาย'],
    ['tabs', 'phone\tname\n0812345678\tสมชาย\n'],
    ['old line ends', 'phone,name\r0812345678,สมชาย\r'],
    ['a byte order mark', '\u{feff}phone,name\n0812345678,สมชาย\n'],
    ['blanks and empty lines', '\n phone , name ,,\n\n0812345678,สมชาย,\n,,\n'],
  ])('is read with %s', async (_what, text) => {
    expect(await cells(csv(text))).toEqual(table);
  });

  test('may be UTF-16, or Thai of older Windows', async () => {
    expect(await cells(csv('\u{feff}phone\tname\n0812345678\tสมชาย\n', 'utf16le'))).toEqual(table);
    const thai = Buffer.from([...Buffer.from('phone,name\n0812345678,'), 0xca, 0xc1, 0xaa, 0xd2, 0xc2]);
    expect(await cells(thai)).toEqual(table);
  });

  test('keeps delimiters, quotes and line ends inside quotes, and tells the lines of the file', async () => {
    const { rows, lines } = await read(csv('a,"b, ""c""\nd"\ne,f"g\n'));
    expect(rows).toEqual([
      ['a', 'b, "c"\nd'],
      ['e', 'f"g'],
    ]);
    expect(lines).toEqual([2, 3]);
  });

  test('of many lines comes in the same order', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => [`08${n}`, `นาย ${n}`]);
    const rows = await cells(csv(many.map((row) => row.join()).join('\n')));
    expect(rows).toEqual(many);
  });

  test('may not have more rows than the box takes', async () => {
    await expect(read(csv('1\n'.repeat(200_001)))).rejects.toMatchObject({ code: 'import.too_large' });
  });

  test('that is none is told so', async () => {
    await expect(read(Buffer.from([1, 0, 2, 0, 3]))).rejects.toMatchObject({ code: 'import.unreadable' });
    await expect(read(csv(`a,"${'b'.repeat(1_100_000)}"`))).rejects.toMatchObject({ code: 'import.unreadable' });
  });
});

describe('an XLSX workbook', () => {
  test('is known by its bytes and read from its first sheet', async () => {
    const file = xlsx([['phone', null, 'name'], [812345678, null, 'สมชาย <b> & co'], [], [66_812_345_678, 'x']]);
    expect(sheetKind(file)).toBe('xlsx');
    expect(await read(file)).toEqual({
      rows: [
        ['phone', '', 'name'],
        ['812345678', '', 'สมชาย <b> & co'],
        ['66812345678', 'x'],
      ],
      lines: [1, 2, 4],
    });
  });

  test('gives the last result of a formula, and never works one out', async () => {
    const formula = { formula: 'HYPERLINK("http://evil.test","x")', result: '=cmd' };
    expect(await cells(xlsx([[formula, { xml: '<c><f>1+1</f></c>' }, 'end']]))).toEqual([['=cmd', '', 'end']]);
  });

  test('gives rich and inline texts, truth values, numbers in any form, and dates as dates', async () => {
    const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-41E]d mmm yyyy;@"/><numFmt numFmtId="165" formatCode="0.00\\d"/></numFmts>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>`;
    const row = [
      { xml: '<c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r><rPh><t>no</t></rPh></is></c>' },
      { xml: '<c t="b"><v>1</v></c>' },
      { xml: '<c><v>6.6812345678E10</v></c>' },
      { xml: '<c s="1"><v>46037</v></c>' },
      { xml: '<c s="2"><v>46037</v></c>' },
      { xml: '<c s="3"><v>1.5</v></c>' },
      { xml: '<c s="4"><v>46037.4375</v></c>' },
      { xml: '<c t="e"><v>#REF!</v></c>' },
    ];
    expect(await cells(xlsx([row], { styles }))).toEqual([
      ['a b', 'TRUE', '66812345678', '2026-01-15', '2026-01-15', '1.5', '2026-01-15 10:30', '#REF!'],
    ]);
  });

  test('with a document type is refused: nothing is expanded', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>';
    const file = xlsx([[{ xml: '<c t="inlineStr"><is><t>&b;</t></is></c>' }]], { sheetHead: bomb });
    await expect(read(file)).rejects.toMatchObject({ code: 'import.unreadable' });
  });

  test('that unpacks to more than it says, or to too much, is refused', async () => {
    const big = 'x'.repeat(30_000_000);
    const strings = { name: 'xl/sharedStrings.xml', text: `<sst><si><t>${big}</t></si></sst>` };
    const sheet = { name: 'xl/worksheets/sheet1.xml', text: `<worksheet><sheetData/></worksheet>` };
    const thin = zip([{ ...strings, claims: 100 }, sheet]);
    expect(thin.length).toBeLessThan(100_000);
    await expect(read(thin)).rejects.toMatchObject({ code: 'import.unreadable' });
    const fat = zip([{ ...strings, text: `<sst><si><t>${big}${big}${big}</t></si></sst>` }, sheet]);
    await expect(read(fat)).rejects.toMatchObject({ code: 'import.too_large' });
  });

  test.each([
    ['cut short', (file: Buffer) => file.subarray(0, file.length - 30)],
    ['nothing but the mark of a ZIP', () => Buffer.from('PK')],
    ['without a sheet', () => zip([{ name: 'word/document.xml', text: '<x/>' }])],
    ['of broken XML', () => zip([{ name: 'xl/worksheets/sheet1.xml', text: '<worksheet><row></worksheet>' }])],
    [
      'damaged inside',
      (file: Buffer) => {
        const broken = Buffer.from(file);
        broken.fill(0x55, 60, 120);
        return broken;
      },
    ],
  ])('%s is told to be unreadable', async (_what, spoil) => {
    const file = xlsx([['a', 'b']]);
    await expect(read(spoil(file))).rejects.toMatchObject({ code: 'import.unreadable' });
  });
});
