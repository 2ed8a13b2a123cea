import { Skeleton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useLiveState } from '../../api/live-context.tsx';
import { useText } from '../../i18n/language-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Fault } from '../../ui/notice.tsx';
import { EmptyMessages } from './empty-messages.tsx';
import classes from './message-list.module.css';
import { MessageLine } from './message-line.tsx';
import { countRows } from './rows.ts';
import { useMessageList } from './use-message-list.ts';

/** Pixels from the top within which the reader counts as being at the top. */
const topZone = 8;

/** The live list of messages. */
export function MessageList({ selected }: { readonly selected: string | null }) {
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useMessageList(() => (scroller.current?.scrollTop ?? 0) > topZone);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];

  function showNew(): void {
    scroller.current?.scrollTo({ top: 0 });
    list.release();
  }

  return (
    <section className={classes.section} aria-labelledby="messages-title">
      <div className={classes.title}>
        <h1 id="messages-title">{t('messages.title')}</h1>
        <LiveDot />
      </div>
      <div
        className={classes.scroller}
        ref={scroller}
        onScroll={(event) => event.currentTarget.scrollTop <= topZone && list.release()}
      >
        {list.heldCount > 0 && (
          <div className={classes.newsPlace}>
            <button type="button" className={classes.news} onClick={showNew} title={t('messages.newHelp')}>
              <Icon name="up" size={14} />
              {t('messages.new', { count: list.heldCount })}
            </button>
          </div>
        )}
        {list.isPending && <Waiting />}
        {list.isError && list.data === undefined && (
          <Fault title={t('messages.failed.title')} error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.isSuccess && countRows(list.data) === 0 && <EmptyMessages />}
        {rows.length > 0 && (
          <div className={classes.table} role="table" aria-labelledby="messages-title" onKeyDown={walk}>
            <ColumnNames />
            <div role="rowgroup">
              {rows.map((row) => (
                <MessageLine key={row.uuid} row={row} selected={row.uuid === selected} />
              ))}
            </div>
          </div>
        )}
        {rows.length > 0 && (
          <End more={list.hasNextPage} busy={list.isFetchingNextPage} onReach={() => void list.fetchNextPage()} />
        )}
      </div>
    </section>
  );
}

function LiveDot() {
  const t = useText();
  const open = useLiveState() === 'open';
  if (!open) return null;
  return (
    <span className={classes.live} data-tone="green" title={t('messages.liveHelp')}>
      <span />
      {t('messages.live')}
    </span>
  );
}

function ColumnNames() {
  const t = useText();
  return (
    <div role="rowgroup" className={classes.names}>
      <div role="row">
        {(['state', 'message', 'recipients', 'credits', 'time'] as const).map((column) => (
          <span key={column} role="columnheader" data-column={column}>
            {t(`messages.column.${column}`)}
          </span>
        ))}
      </div>
    </div>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting} aria-busy="true">
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index}>
          <Skeleton height={22} width={96} radius={11} />
          <Skeleton height={14} width={`${[62, 48, 70, 40, 55, 66, 44, 58][index] ?? 50}%`} />
          <Skeleton height={12} width={72} />
        </div>
      ))}
    </div>
  );
}

interface EndProps {
  readonly more: boolean;
  readonly busy: boolean;
  readonly onReach: () => void;
}

/** Reads on when the reader comes near the end; a button does the same for a keyboard. */
function End({ more, busy, onReach }: EndProps) {
  const t = useText();
  const mark = useRef<HTMLDivElement>(null);
  const reach = useRef(onReach);
  useEffect(() => {
    reach.current = onReach;
  });
  useEffect(() => {
    if (!more || busy || mark.current === null) return undefined;
    const watcher = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && reach.current(),
      { rootMargin: '400px' },
    );
    watcher.observe(mark.current);
    return () => watcher.disconnect();
  }, [more, busy]);
  return (
    <div ref={mark} className={classes.end} aria-busy={busy}>
      {more ? (
        <button type="button" onClick={onReach} disabled={busy}>
          {t('action.showMore')}
        </button>
      ) : (
        t('messages.end')
      )}
    </div>
  );
}

/** Arrow keys, j and k go from row to row; Enter opens, as on every link. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-message]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at + step];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
