import type { ImportItem } from '../../../server/contract/admin-imports.ts';
import { fieldName } from '../../../server/contract/import-rules.ts';
import type { ColumnUse } from '../../../server/contract/import-rules.ts';

export type Column = ImportItem['columns'][number];

/**
 * The columns when one of them is taken for something else. Numbers, names and notes are of one column alone: the one that
 * had it before becomes a value. A value gets a name from the column's head that no other has.
 */
export function withUse(columns: readonly Column[], at: number, use: ColumnUse): Column[] {
  const alone = use === 'msisdn' || use === 'name' || use === 'note';
  const freed = columns.map((column, index): Column => {
    if (index === at) return { ...column, use, field: null };
    return alone && column.use === use ? { ...column, use: 'field', field: null } : column;
  });
  return freed.map((column, index) =>
    column.use === 'field' && column.field === null ? { ...column, field: freeName(freed, index) } : column,
  );
}

/** The columns when a value has another name. */
export function withField(columns: readonly Column[], at: number, typed: string): Column[] {
  const name = fieldName(typed);
  return columns.map((column, index) =>
    index === at && name !== null && column.use === 'field' ? { ...column, field: name } : column,
  );
}

function freeName(columns: readonly Column[], at: number): string {
  const wanted = fieldName(columns[at]?.header ?? '') ?? `column_${at + 1}`;
  const taken = new Set(columns.flatMap(({ field }) => (field === null ? [] : [field])));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted.slice(0, 60)}_${number}`;
    if (!taken.has(name)) return name;
  }
}
