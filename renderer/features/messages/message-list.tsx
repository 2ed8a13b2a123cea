import { Button } from '@mantine/core';
import { useText } from '../../i18n/language-context.tsx';
import { useFilters } from '../../router/filters.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListSkeleton, ListState, More } from '../../ui/list-state.tsx';
import { walkRows } from '../../ui/walk-rows.ts';
import { EmptyMessages } from './empty-messages.tsx';
import { filterNames } from './filters.ts';
import classes from './message-list.module.css';
import { MessageLine } from './message-line.tsx';
import type { useMessageList } from './use-message-list.ts';

interface MessageListProps {
  readonly list: ReturnType<typeof useMessageList>;
  readonly filtered: boolean;
  readonly selected: string | null;
  readonly onShowNew: () => void;
}

/** The rows of the list, with those that are new announced above them. */
export function MessageList({ list, filtered, selected, onShowNew }: MessageListProps) {
  const t = useText();
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {list.heldCount > 0 && (
        <div className={classes.newsPlace}>
          <button type="button" className={classes.news} onClick={onShowNew} title={t('messages.newHelp')}>
            <Icon name="up" size={14} />
            {t('messages.new', { count: list.heldCount })}
          </button>
        </div>
      )}
      {/* A page of a filtered list may be empty and yet have a next one. */}
      <ListState query={list} count={rows.length + (list.hasNextPage ? 1 : 0)} empty={<Empty filtered={filtered} />}>
        {rows.length === 0 ? (
          <ListSkeleton />
        ) : (
          <div className={classes.table} role="table" aria-label={t('messages.title')} onKeyDown={walkRows}>
            <ColumnNames />
            <div role="rowgroup">
              {rows.map((row) => (
                <MessageLine key={row.uuid} row={row} selected={row.uuid === selected} />
              ))}
            </div>
          </div>
        )}
        <More query={list} end={t('messages.end')} />
      </ListState>
    </>
  );
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  const t = useText();
  const { clear } = useFilters(filterNames);
  if (!filtered) return <EmptyMessages />;
  return (
    <EmptyState
      icon="search"
      title={t('messages.none.title')}
      text={t('messages.none.text')}
      action={
        <Button variant="default" onClick={clear}>
          {t('filter.clear')}
        </Button>
      }
    />
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
