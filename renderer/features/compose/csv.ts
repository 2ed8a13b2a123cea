/** A table as a spreadsheet writes it: rows of cells. */
export type Rows = readonly (readonly string[])[];

const separators = [',', ';', '\t'] as const;

/** Reads a table of separated values (RFC 4180); which sign separates them is seen in the first line. */
export function parseCsv(text: string): Rows {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  const separator = separatorOf(plain);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain.charAt(at);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (plain.charAt(at + 1) === '"') {
        cell += sign;
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (sign === separator) {
      row.push(cell);
      cell = '';
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && plain.charAt(at + 1) === '\n') at += 1;
      row.push(cell);
      rows.push(row);
      row = [];
      cell = '';
    } else cell += sign;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows.map((cells) => cells.map((each) => each.trim())).filter((cells) => cells.some((each) => each !== ''));
}

function separatorOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/u, 1);
  const counts = separators.map((separator) => first.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The encodings in which spreadsheets of each language still write tables. */
const oldEncodings = { en: 'windows-1252', th: 'windows-874', 'zh-Hant': 'big5' } as const;

/** The text of a file: UTF-8 or UTF-16, else the old encoding of the reader's language. */
export function decodeTable(bytes: Uint8Array<ArrayBuffer>, language: keyof typeof oldEncodings): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(oldEncodings[language]).decode(bytes);
  }
}
