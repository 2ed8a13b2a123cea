import { Skeleton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import classes from './list-state.module.css';
import { Fault } from './notice.tsx';

interface ListQuery {
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly data: unknown;
  readonly refetch: () => unknown;
}

interface ListStateProps {
  readonly query: ListQuery;
  readonly count: number;
  /** What stands where there is nothing. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** A list as far as it is known: on its way, not to be had, empty, or there. */
export function ListState({ query, count, empty, children }: ListStateProps) {
  const t = useText();
  if (query.isError && query.data === undefined) {
    return <Fault title={t('list.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isPending) return <ListSkeleton />;
  return count === 0 ? empty : children;
}

const widths = [62, 48, 70, 40, 55, 66];

/** Where rows will be. */
export function ListSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {widths.map((width) => (
        <div key={width}>
          <Skeleton height={14} width={`${width}%`} />
          <Skeleton height={12} width={72} />
          <Skeleton height={12} width={56} />
        </div>
      ))}
    </div>
  );
}

interface MoreProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  /** What to say below the last row. */
  readonly end?: string | undefined;
}

/** Reads on when the reader comes near the end; a button does the same for a keyboard. */
export function More({ query, end }: MoreProps) {
  const t = useText();
  const { hasNextPage: more, isFetchingNextPage: busy } = query;
  const mark = useRef<HTMLDivElement>(null);
  const reach = useRef(query.fetchNextPage);
  useEffect(() => {
    reach.current = query.fetchNextPage;
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
        <button type="button" onClick={() => void query.fetchNextPage()} disabled={busy}>
          {t('action.showMore')}
        </button>
      ) : (
        end
      )}
    </div>
  );
}
