import { readCsv } from './csv-reader.ts';
import type { SheetRow } from './sheet.ts';
import { looksLikeZip, readXlsx } from './xlsx-reader.ts';

export type SheetKind = 'csv' | 'xlsx';

/** What a file is by its first bytes, whatever its name says. */
export function sheetKind(bytes: Uint8Array): SheetKind {
  return looksLikeZip(bytes) ? 'xlsx' : 'csv';
}

/** Rows of a CSV or XLSX file; empty ones are left out. @throws AppError `import.unreadable`, `import.too_large`. */
export function readSheet(bytes: Uint8Array): AsyncGenerator<SheetRow> {
  return sheetKind(bytes) === 'xlsx' ? readXlsx(bytes) : readCsv(bytes);
}
