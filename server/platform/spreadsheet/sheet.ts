import { AppError } from '../../domain/errors.ts';

/** One row of a sheet as texts; no formula is ever worked out, no link followed. */
export interface SheetRow {
  /** Line of the file, or number of the row; the first is 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export const sheetLimits = { rows: 200_000, columns: 100, cell: 2_000 } as const;

export function unreadable(what: string, cause?: unknown): AppError {
  return new AppError('import.unreadable', what, cause === undefined ? {} : { cause });
}

export function tooManyRows(): AppError {
  const { rows } = sheetLimits;
  return new AppError('import.too_large', `The file has more than ${rows} rows. Split it into several files.`);
}

/** Cells within the limits, without blanks around them and without those at the end that are empty. */
export function tidyCells(cells: readonly string[]): string[] {
  const tidy = cells.slice(0, sheetLimits.columns).map((cell) => cell.trim().slice(0, sheetLimits.cell));
  while (tidy.length > 0 && tidy.at(-1) === '') tidy.pop();
  return tidy;
}
