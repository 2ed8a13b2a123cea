/** Rules about files of contacts that a page applies while they are looked at: the same code as that of the import. */
export { fieldName } from '../domain/contact.ts';
export { columnUses, rowProblems } from '../domain/import-columns.ts';
export type { ColumnUse, RowProblem } from '../domain/import-columns.ts';
