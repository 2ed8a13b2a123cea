import { crc32, deflateRawSync } from 'node:zlib';

/** What stands in a cell: a text, a number, a formula with its last result, or anything as XML. */
export type Cell =
  | string
  | number
  | { readonly formula: string; readonly result: string }
  | { readonly xml: string }
  | null;

interface Part {
  readonly name: string;
  readonly text: string;
  /** What the ZIP says of its size; the truth when left out. */
  readonly claims?: number;
}

function header(signature: number, part: Part, packed: Buffer, plain: Buffer, rest: Buffer[]): Buffer {
  const name = Buffer.from(part.name);
  const fields = Buffer.alloc(signature === 0x04034b50 ? 26 : 42);
  let at = 0;
  const put = (bytes: number, value: number) => {
    fields.writeUIntLE(value, at, bytes);
    at += bytes;
  };
  if (signature === 0x02014b50) put(2, 20);
  for (const [bytes, value] of [
    [2, 20],
    [2, 0],
    [2, 8],
    [2, 0],
    [2, 0x21],
    [4, crc32(plain)],
    [4, packed.length],
    [4, part.claims ?? plain.length],
    [2, name.length],
    [2, 0],
  ] as const)
    put(bytes, value);
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signature);
  return Buffer.concat([mark, fields, ...rest, name]);
}

/** A ZIP file of texts. */
export function zip(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const plain = Buffer.from(part.text);
    const packed = deflateRawSync(plain);
    const local = Buffer.concat([header(0x04034b50, part, packed, plain, []), packed]);
    const central = header(0x02014b50, part, packed, plain, []);
    central.writeUInt32LE(offset, 42);
    directory.push(central);
    files.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listed, end]);
}

function letter(column: number): string {
  return String.fromCodePoint(65 + column);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function cellXml(cell: Cell, place: string, strings: string[]): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') {
    strings.push(cell);
    return `<c r="${place}" t="s"><v>${strings.length - 1}</v></c>`;
  }
  if ('xml' in cell) return cell.xml.replace('<c', `<c r="${place}"`);
  return `<c r="${place}" t="str"><f>${escape(cell.formula)}</f><v>${escape(cell.result)}</v></c>`;
}

/** A workbook as spreadsheet programs write it. */
export function xlsx(
  rows: readonly (readonly Cell[])[],
  more: { readonly styles?: string; readonly parts?: readonly Part[]; readonly sheetHead?: string } = {},
): Buffer {
  const strings: string[] = [];
  const body = rows
    .map((row, at) => {
      const cells = row.map((cell, column) => cellXml(cell, `${letter(column)}${at + 1}`, strings)).join('');
      return `<row r="${at + 1}">${cells}</row>`;
    })
    .join('');
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  return zip([
    {
      name: 'xl/workbook.xml',
      text: `${head}<workbook ${main} xmlns:r="urn:r"><sheets><sheet name="People" sheetId="1" r:id="rId7"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `${head}<Relationships><Relationship Id="rId7" Target="worksheets/people.xml"/></Relationships>`,
    },
    {
      name: 'xl/sharedStrings.xml',
      text: `${head}<sst ${main}>${strings.map((one) => `<si><t>${escape(one)}</t></si>`).join('')}</sst>`,
    },
    ...(more.styles === undefined ? [] : [{ name: 'xl/styles.xml', text: more.styles }]),
    {
      name: 'xl/worksheets/people.xml',
      text: `${more.sheetHead ?? head}<worksheet ${main}><sheetData>${body}</sheetData></worksheet>`,
    },
    ...(more.parts ?? []),
  ]);
}
