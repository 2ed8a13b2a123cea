import type { CSSProperties, ReactNode } from 'react';
import { Link } from '../router/link.tsx';
import classes from './data-table.module.css';
import { walkRows } from './walk-rows.ts';

export interface Column<R> {
  readonly key: string;
  readonly title: string;
  /** Grid track; takes what is left when not said. */
  readonly width?: string;
  readonly align?: 'end';
  /** Left out where the list is narrower: beside a panel, or on a tablet. A phone shows every cell. */
  readonly from?: 'wide';
  readonly cell: (row: R) => ReactNode;
}

interface DataTableProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly idOf: (row: R) => string;
  /** Address that a row opens; its first cell becomes the link. */
  readonly linkOf?: (row: R) => string;
  readonly selected?: string | null;
}

/** Rows in columns; on a phone each row is a card that names its cells. */
export function DataTable<R>({ label, rows, columns, idOf, linkOf, selected = null }: DataTableProps<R>) {
  const style: CSSProperties & Readonly<Record<`--${string}`, string>> = {
    '--columns-wide': tracks(columns),
    '--columns': tracks(columns.filter((column) => column.from !== 'wide')),
  };
  return (
    <div className={classes.table} role="table" aria-label={label} style={style} onKeyDown={walkRows}>
      <div role="rowgroup" className={classes.names}>
        <div role="row" className={classes.grid}>
          {columns.map((column) => (
            <span key={column.key} role="columnheader" data-align={column.align} data-from={column.from}>
              {column.title}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {rows.map((row) => {
          const id = idOf(row);
          return (
            <div
              key={id}
              role="row"
              className={`${classes.grid} ${classes.row}`}
              data-link={linkOf !== undefined}
              data-selected={id === selected}
            >
              {columns.map((column, index) => (
                <span
                  key={column.key}
                  role="cell"
                  data-title={column.title}
                  data-align={column.align}
                  data-from={column.from}
                >
                  {index === 0 && linkOf !== undefined ? (
                    <Link
                      to={linkOf(row)}
                      className={classes.link}
                      data-row={id}
                      aria-current={id === selected ? 'true' : undefined}
                    >
                      {column.cell(row)}
                    </Link>
                  ) : (
                    column.cell(row)
                  )}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function tracks<R>(columns: readonly Column<R>[]): string {
  return columns.map((column) => column.width ?? 'minmax(0, 1fr)').join(' ');
}
