import type { ReactNode } from 'react';
import { isApiError } from '../../api/api-error.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Fault } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, SidePanel } from '../../ui/side-panel.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { stateOfMessage } from '../../ui/states.ts';
import { CancelMessage } from './cancel-message.tsx';
import { MessageFactsView } from './message-facts.tsx';
import { RecipientList } from './recipient-list.tsx';
import { useMessage, useMessageNews } from './use-message.ts';

interface MessagePanelProps {
  readonly uuid: string;
  readonly txId: string | null;
  /** Address of the list alone. */
  readonly closed: string;
  /** Whether the reader may send again and cancel. */
  readonly mayAct: boolean;
}

/** Everything about one message, beside the list. */
export function MessagePanel({ uuid, txId, closed, mayAct }: MessagePanelProps) {
  const t = useText();
  const message = useMessage(uuid);
  useMessageNews(uuid);
  return (
    <SidePanel
      label={t('panel.label')}
      closed={closed}
      head={
        message.data !== undefined && (
          <>
            <StateBadge state={stateOfMessage(message.data)} />
            <span>{message.data.refNo}</span>
          </>
        )
      }
    >
      {message.data !== undefined ? (
        <>
          <MessageFactsView message={message.data} />
          {mayAct && <CancelMessage message={message.data} />}
          <RecipientList message={message.data} txId={txId} mayResend={mayAct} />
        </>
      ) : (
        <Missing error={message.error} onRetry={() => void message.refetch()} />
      )}
    </SidePanel>
  );
}

function Missing({ error, onRetry }: { readonly error: Error | null; readonly onRetry: () => void }): ReactNode {
  const t = useText();
  if (error === null) return <PanelSkeleton />;
  if (isApiError(error, 'message.not_found')) {
    return <PanelMissing title={t('panel.notFound.title')} text={t('panel.notFound.text')} />;
  }
  return <Fault title={t('panel.failed.title')} error={error} onRetry={onRetry} />;
}
