import { csvForm, readCsv, type CsvForm } from './csv-reader.ts';
import type { SheetRow } from './sheet.ts';
import { looksLikeZip, readXlsx } from './xlsx-reader.ts';

export type SheetKind = 'csv' | 'xlsx';

/** What a file is by its first bytes, whatever its name says. */
export function sheetKind(bytes: Uint8Array): SheetKind {
  return looksLikeZip(bytes) ? 'xlsx' : 'csv';
}

/** What a file is, and how one of text is written. */
export function sheetForm(bytes: Uint8Array): { readonly kind: SheetKind; readonly csv: CsvForm | null } {
  const kind = sheetKind(bytes);
  return { kind, csv: kind === 'csv' ? csvForm(bytes) : null };
}

/** Rows of a CSV or XLSX file; empty ones are left out. @throws AppError `import.unreadable`, `import.too_large`. */
export function readSheet(bytes: Uint8Array): AsyncGenerator<SheetRow> {
  return sheetKind(bytes) === 'xlsx' ? readXlsx(bytes) : readCsv(bytes);
}
