import { sheetLimits, tidyCells, tooManyRows, type SheetRow } from './sheet.ts';
import { dateFormats, dateText, firstSheet, sharedStrings, type DateFormats } from './xlsx-parts.ts';
import { readXml, type XmlHandler } from './xml-reader.ts';
import { ZipReader } from './zip-reader.ts';

export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * Rows of the first sheet of an XLSX workbook (ECMA-376-1 §18.3), read a little in each turn of the event loop. Of a
 * formula its last result is taken, as a text.
 * @throws AppError `import.unreadable`, `import.too_large`.
 */
export async function* readXlsx(bytes: Uint8Array): AsyncGenerator<SheetRow> {
  const zip = await ZipReader.open(bytes);
  const path = await firstSheet(zip);
  const cells = new CellReader(await sharedStrings(zip), await dateFormats(zip));
  let rows = 0;
  for await (const _ of readXml(zip.text(path), cells)) {
    for (const row of cells.take()) {
      rows += 1;
      if (rows > sheetLimits.rows) throw tooManyRows();
      yield row;
    }
  }
}

/** Gathers rows as the tags of a sheet go by. */
class CellReader implements XmlHandler {
  readonly #strings: readonly string[];
  readonly #dates: DateFormats;
  #rows: SheetRow[] = [];
  #line = 0;
  #cells: string[] = [];
  #column = 0;
  #type = 'n';
  #style = -1;
  #value = '';
  #inValue = false;
  #inReading = false;

  constructor(strings: readonly string[], dates: DateFormats) {
    this.#strings = strings;
    this.#dates = dates;
  }

  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      const line = Number(attributes['r'] ?? Number.NaN);
      this.#line = Number.isSafeInteger(line) ? line : this.#line + 1;
      this.#cells = [];
      this.#column = 0;
    } else if (name === 'c') {
      this.#column = columnOf(attributes['r']) ?? this.#column;
      this.#type = attributes['t'] ?? 'n';
      this.#style = Number(attributes['s'] ?? -1);
      this.#value = '';
    } else if (name === 'rPh') this.#inReading = true;
    else if (name === 'v' || name === 't') this.#inValue = !this.#inReading;
  }

  text(text: string): void {
    if (this.#inValue && this.#value.length < sheetLimits.cell) this.#value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#inValue = false;
    else if (name === 'rPh') this.#inReading = false;
    else if (name === 'c') {
      if (this.#column < sheetLimits.columns) this.#put(this.#shown());
      this.#column += 1;
    } else if (name === 'row') {
      const cells = tidyCells(this.#cells);
      if (cells.length > 0) this.#rows.push({ line: this.#line, cells });
    }
  }

  #put(text: string): void {
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
  }

  #shown(): string {
    const value = this.#value;
    if (this.#type === 's') return this.#strings[Number(value)] ?? '';
    if (this.#type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (this.#type !== 'n' || value === '') return value;
    const number = Number(value);
    if (Number.isNaN(number)) return value;
    const form = this.#dates[this.#style] ?? null;
    return form === null ? String(number) : dateText(number, form);
  }
}

/** `BC12` is column 54, counted from 0. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/u.exec(reference ?? '')?.[0];
  if (letters === undefined) return null;
  return Array.from(letters, (letter) => letter.charCodeAt(0) - 64).reduce((sum, one) => sum * 26 + one, 0) - 1;
}
