import { useEffect, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import { Link } from '../router/link.tsx';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icon.tsx';
import { moved } from './moved.ts';
import classes from './ordered-list.module.css';
import { walkRows } from './walk-rows.ts';

interface OrderedListProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly idOf: (row: R) => number;
  readonly nameOf: (row: R) => string;
  readonly linkOf: (row: R) => string;
  readonly selected: string | null;
  /** Takes the whole order after a row was moved; not given to those who may not move any. */
  readonly onOrder: ((ids: number[]) => void) | null;
  /** What stands inside the link of a row. */
  readonly children: (row: R) => ReactNode;
}

/** Rows whose order has a meaning: moved by dragging, or by their buttons. */
export function OrderedList<R>(props: OrderedListProps<R>) {
  const { label, rows, idOf, nameOf, linkOf, selected, onOrder, children } = props;
  const t = useText();
  const ids = rows.map(idOf);
  const drag = useDrag(ids, onOrder);
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<{ readonly button: string; readonly order: string } | null>(null);
  const [said, setSaid] = useState('');
  const order = ids.join();
  useEffect(() => {
    // A row that moves in the page loses the focus of its button.
    if (pressed.current === null || pressed.current.order === order) return;
    const button = list.current?.querySelector<HTMLButtonElement>(`[data-move="${pressed.current.button}"]`);
    const usable = button?.disabled === true ? button.parentElement?.querySelector<HTMLElement>(':enabled') : button;
    usable?.focus();
    pressed.current = null;
  });

  function move(row: R, to: number, way: string): void {
    pressed.current = { button: `${idOf(row)} ${way}`, order };
    setSaid(t('order.moved', { name: nameOf(row), place: to + 1, count: rows.length }));
    onOrder?.(moved(ids, ids.indexOf(idOf(row)), to));
  }

  return (
    <>
      <ol className={classes.list} aria-label={label} ref={list} onKeyDown={walkRows}>
        {rows.map((row, index) => (
          <li
            key={idOf(row)}
            className={classes.row}
            data-still={onOrder === null}
            data-selected={String(idOf(row)) === selected}
            {...drag.rowOf(index)}
          >
            {onOrder !== null && (
              <span className={classes.grip} title={t('order.drag')} {...drag.gripOf(index)}>
                <Icon name="grip" />
              </span>
            )}
            <span className={classes.number}>{index + 1}.</span>
            <Link
              to={linkOf(row)}
              className={classes.link}
              data-row={String(idOf(row))}
              aria-current={String(idOf(row)) === selected ? 'true' : undefined}
            >
              {children(row)}
            </Link>
            {onOrder !== null && (
              <span className={classes.moves}>
                <IconButton
                  icon="up"
                  label={t('order.up', { name: nameOf(row) })}
                  disabled={index === 0}
                  data-move={`${idOf(row)} up`}
                  onClick={() => move(row, index - 1, 'up')}
                />
                <IconButton
                  icon="down"
                  label={t('order.down', { name: nameOf(row) })}
                  disabled={index === rows.length - 1}
                  data-move={`${idOf(row)} down`}
                  onClick={() => move(row, index + 1, 'down')}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      <p className={classes.said} role="status">
        {said}
      </p>
    </>
  );
}

/** What the rows of a list need to be dragged by their grips and dropped between each other. */
function useDrag(ids: readonly number[], onOrder: ((ids: number[]) => void) | null) {
  const [from, setFrom] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setFrom(null);
    setOver(null);
  };
  const gripOf = (index: number) => ({
    draggable: true,
    onDragStart: (event: DragEvent<HTMLElement>) => {
      const row = event.currentTarget.parentElement;
      if (row !== null) event.dataTransfer.setDragImage(row, 16, 24);
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', String(ids[index]));
      setFrom(index);
    },
    onDragEnd: end,
  });
  const rowOf = (index: number) => ({
    'data-dragged': index === from,
    'data-over': from === null || index !== over || index === from ? undefined : index < from ? 'above' : 'below',
    onDragOver: (event: DragEvent) => {
      if (from === null) return;
      event.preventDefault();
      setOver(index);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      if (from !== null && from !== index) onOrder?.(moved(ids, from, index));
      end();
    },
  });
  return { gripOf, rowOf };
}
