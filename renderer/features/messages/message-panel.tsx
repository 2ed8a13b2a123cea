import { Skeleton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { isApiError } from '../../api/api-error.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { messagesPath } from '../../router/routes.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Fault } from '../../ui/notice.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { stateOfMessage } from '../../ui/states.ts';
import { MessageFactsView } from './message-facts.tsx';
import classes from './message-panel.module.css';
import { RecipientList } from './recipient-list.tsx';
import { useMessage, useMessageNews } from './use-message.ts';

interface MessagePanelProps {
  readonly uuid: string;
  readonly txId: string | null;
  readonly mayResend: boolean;
}

/** Everything about one message, beside the list. */
export function MessagePanel({ uuid, txId, mayResend }: MessagePanelProps) {
  const t = useText();
  const panel = useRef<HTMLElement>(null);
  const message = useMessage(uuid);
  useMessageNews(uuid);
  useEffect(() => {
    // On a phone the list is gone while the panel is open, and the focus with it.
    if (document.activeElement === null || document.activeElement === document.body) panel.current?.focus();
  }, []);

  return (
    <aside className={classes.panel} ref={panel} tabIndex={-1} aria-label={t('panel.label')}>
      <header className={classes.top}>
        {message.data !== undefined && (
          <>
            <StateBadge state={stateOfMessage(message.data)} />
            <span className={classes.refNo}>{message.data.refNo}</span>
          </>
        )}
        <span className={classes.close}>
          <IconButton icon="cross" label={t('action.close')} onClick={() => navigate(messagesPath())} />
        </span>
      </header>
      <div className={classes.body}>
        {message.data !== undefined ? (
          <>
            <MessageFactsView message={message.data} />
            <RecipientList message={message.data} txId={txId} mayResend={mayResend} />
          </>
        ) : (
          <Missing error={message.error} onRetry={() => void message.refetch()} />
        )}
      </div>
    </aside>
  );
}

function Missing({ error, onRetry }: { readonly error: Error | null; readonly onRetry: () => void }): ReactNode {
  const t = useText();
  if (error === null) return <Waiting />;
  if (!isApiError(error, 'message.not_found')) {
    return <Fault title={t('panel.failed.title')} error={error} onRetry={onRetry} />;
  }
  return (
    <div className={classes.missing}>
      <h2>{t('panel.notFound.title')}</h2>
      <p>{t('panel.notFound.text')}</p>
    </div>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting} aria-busy="true">
      <Skeleton height={72} radius={12} />
      <Skeleton height={14} width="60%" />
      <Skeleton height={14} width="45%" />
      <Skeleton height={14} width="52%" />
      <Skeleton height={14} width="38%" />
    </div>
  );
}
