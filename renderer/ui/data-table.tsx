import { Checkbox } from '@mantine/core';
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

/** Rows that can be chosen, to do something with all of them. */
export interface RowChoice {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** What a row's box is called. */
  readonly labelOf: (id: string) => string;
  readonly allLabel: string;
}

interface DataTableProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly idOf: (row: R) => string;
  /** Address that a row opens; its first cell becomes the link. */
  readonly linkOf?: (row: R) => string;
  readonly selected?: string | null;
  readonly choice?: RowChoice | undefined;
}

/** Rows in columns; on a phone each row is a card that names its cells. */
export function DataTable<R>({ label, rows, columns, idOf, linkOf, selected = null, choice }: DataTableProps<R>) {
  const style: CSSProperties & Readonly<Record<`--${string}`, string>> = {
    '--columns-wide': tracks(columns, choice !== undefined),
    '--columns': tracks(
      columns.filter((column) => column.from !== 'wide'),
      choice !== undefined,
    ),
  };
  return (
    <div className={classes.table} role="table" aria-label={label} style={style} onKeyDown={walkRows}>
      <div role="rowgroup" className={classes.names}>
        <div role="row" className={classes.grid}>
          {choice !== undefined && (
            <span role="columnheader" data-choice="true">
              <ChooseAll choice={choice} ids={rows.map(idOf)} />
            </span>
          )}
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
          const link = linkOf === undefined ? undefined : { to: linkOf(row), id, current: id === selected };
          return (
            <div
              key={id}
              role="row"
              className={`${classes.grid} ${classes.row}`}
              data-link={link !== undefined}
              data-selected={id === selected}
            >
              {choice !== undefined && (
                <span role="cell" data-choice="true">
                  <ChooseOne choice={choice} id={id} />
                </span>
              )}
              <Cells row={row} columns={columns} link={link} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface CellsProps<R> {
  readonly row: R;
  readonly columns: readonly Column<R>[];
  readonly link: { readonly to: string; readonly id: string; readonly current: boolean } | undefined;
}

function Cells<R>({ row, columns, link }: CellsProps<R>) {
  return columns.map((column, index) => (
    <span
      key={column.key}
      role="cell"
      data-main={index === 0 ? 'true' : undefined}
      data-title={column.title}
      data-align={column.align}
      data-from={column.from}
    >
      {index === 0 && link !== undefined ? (
        <Link to={link.to} className={classes.link} data-row={link.id} aria-current={link.current ? 'true' : undefined}>
          {column.cell(row)}
        </Link>
      ) : (
        column.cell(row)
      )}
    </span>
  ));
}

function ChooseAll({ choice, ids }: { readonly choice: RowChoice; readonly ids: readonly string[] }) {
  const { chosen } = choice;
  const some = ids.some((id) => chosen.has(id));
  const all = some && ids.every((id) => chosen.has(id));
  return (
    <Checkbox
      size="xs"
      aria-label={choice.allLabel}
      checked={all}
      indeterminate={some && !all}
      onChange={() => choice.onChange(all ? new Set() : new Set([...chosen, ...ids]))}
    />
  );
}

function ChooseOne({ choice, id }: { readonly choice: RowChoice; readonly id: string }) {
  const { chosen } = choice;
  return (
    <Checkbox
      size="xs"
      aria-label={choice.labelOf(id)}
      checked={chosen.has(id)}
      onChange={(event) => {
        const next = new Set(chosen);
        if (event.currentTarget.checked) next.add(id);
        else next.delete(id);
        choice.onChange(next);
      }}
    />
  );
}

function tracks<R>(columns: readonly Column<R>[], chooses: boolean): string {
  return [...(chooses ? ['16px'] : []), ...columns.map((column) => column.width ?? 'minmax(0, 1fr)')].join(' ');
}
