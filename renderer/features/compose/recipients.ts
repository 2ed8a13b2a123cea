import type { Rows } from './csv.ts';

/** Recipients from a table: the column of the numbers, and a name for every other one. */
export interface NumberTable {
  readonly file: string;
  readonly names: readonly string[];
  readonly rows: Rows;
  /** Which column holds the numbers. */
  readonly numberAt: number;
}

export interface Recipients {
  readonly to: readonly string[];
  /** Values by number, then by name; null without a table. */
  readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>> | null;
}

const looksLikeNumber = /^\+?[\d\s().-]{8,24}$/u;

/** Numbers as people write or paste them: by lines, commas, semicolons, or spaces between whole numbers. */
export function parseNumbers(text: string): readonly string[] {
  return text
    .split(/[\n\r,;\t]+/u)
    .flatMap((piece) => {
      const words = piece.trim().split(/\s+/u);
      return words.every((word) => word.replaceAll(/\D/gu, '').length >= 9) ? words : [piece.trim()];
    })
    .filter((number) => number !== '');
}

/** A table's columns; the first row names them unless it holds a number itself. Null when no column holds numbers. */
export function tableOf(file: string, rows: Rows): NumberTable | null {
  const width = Math.max(0, ...rows.slice(0, 100).map((row) => row.length));
  const [first = []] = rows;
  const hasHead = !first.some((cell) => looksLikeNumber.test(cell));
  const body = hasHead ? rows.slice(1) : rows;
  const hits = Array.from({ length: width }, (_, column) => countNumbers(body, column));
  const most = Math.max(0, ...hits);
  if (most === 0) return null;
  const names: string[] = [];
  for (let column = 0; column < width; column += 1)
    names.push(nameOf(hasHead ? (first[column] ?? '') : '', column, names));
  return { file, names, rows: body, numberAt: hits.indexOf(most) };
}

/** What is sent to: the numbers of the table with their values, else the numbers that were typed. */
export function recipientsOf(typed: string, table: NumberTable | null): Recipients {
  if (table === null) return { to: parseNumbers(typed), variables: null };
  const to: string[] = [];
  const variables: Record<string, Record<string, string>> = Object.create(null);
  for (const row of table.rows) {
    const number = row[table.numberAt] ?? '';
    if (number === '') continue;
    to.push(number);
    variables[number] = Object.fromEntries(table.names.map((name, column) => [name, row[column] ?? '']));
  }
  return { to, variables };
}

function countNumbers(rows: Rows, column: number): number {
  return rows.slice(0, 200).filter((row) => looksLikeNumber.test(row[column] ?? '')).length;
}

/** A name that a placeholder can have: letters, digits and underscores, the first no digit, each once. */
function nameOf(title: string, column: number, taken: readonly string[]): string {
  const plain = title
    .trim()
    .replaceAll(/[^\p{L}\p{M}\p{Nd}_]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '')
    .slice(0, 40);
  const name = plain === '' ? `column_${column + 1}` : /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`;
  return taken.includes(name) ? `${name}_${column + 1}` : name;
}
