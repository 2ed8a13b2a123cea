import { Button } from '@mantine/core';
import type { SessionItem } from '../../server/contract/admin-people.ts';
import { useText } from '../i18n/language-context.tsx';
import { Badge } from '../ui/badge.tsx';
import { ListState } from '../ui/list-state.tsx';
import { FaultLine } from '../ui/notice.tsx';
import { RelativeTime } from '../ui/time.tsx';
import classes from './session-list.module.css';

interface SessionListProps {
  readonly query: {
    readonly isPending: boolean;
    readonly isError: boolean;
    readonly error: unknown;
    readonly data: { readonly items: readonly SessionItem[] } | undefined;
    readonly refetch: () => unknown;
  };
  readonly error: unknown;
  readonly onEnd: (id: number) => void;
}

/** Open sessions, newest first, each with the way to end it. */
export function SessionList({ query, error, onEnd }: SessionListProps) {
  const t = useText();
  const items = query.data?.items ?? [];
  return (
    <ListState query={query} count={items.length} empty={<p className={classes.quiet}>{t('sessions.none')}</p>}>
      {error !== null && <FaultLine error={error} />}
      <ul className={classes.list}>
        {items.map((session) => (
          <li key={session.id}>
            <div>
              <b>{browserOf(session.agent) ?? t('sessions.unknown')}</b>
              <span>
                {session.address ?? ''} · <RelativeTime iso={session.seenAt} />
              </span>
            </div>
            {session.current ? (
              <Badge tone="green" icon="tick">
                {t('sessions.current')}
              </Badge>
            ) : (
              <Button size="compact-sm" variant="default" onClick={() => onEnd(session.id)}>
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </ListState>
  );
}

const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Electron/', 'SEPSMS Box'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const systems = ['Windows', 'Android', 'iPhone', 'iPad', 'Macintosh', 'Linux'] as const;
const longestShown = 40;

/** What a browser calls itself, in two words; null when it says nothing. */
function browserOf(agent: string | null): string | null {
  if (agent === null) return null;
  const browser = browsers.find(([mark]) => agent.includes(mark))?.[1];
  const system = systems.find((name) => agent.includes(name));
  const words = [browser, system === 'Macintosh' ? 'macOS' : system].filter((word) => word !== undefined);
  return words.length === 0 ? agent.slice(0, longestShown) : words.join(' · ');
}
