import { useEffect } from 'react';
import type { SessionInfo } from '../../../server/contract/admin-shapes.ts';
import { navigate } from '../../router/history.ts';
import { messagesPath } from '../../router/routes.ts';
import { MessageList } from './message-list.tsx';
import { MessagePanel } from './message-panel.tsx';
import classes from './messages-page.module.css';

interface MessagesPageProps {
  readonly uuid: string | null;
  readonly txId: string | null;
  readonly role: SessionInfo['role'];
}

/** The list of messages, and beside it the one that the address names. */
export function MessagesPage({ uuid, txId, role }: MessagesPageProps) {
  useEffect(() => {
    if (uuid === null) return undefined;
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isInOverlay(event.target)) return;
      navigate(messagesPath());
      document.querySelector<HTMLElement>(`[data-message="${CSS.escape(uuid)}"]`)?.focus();
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [uuid]);

  return (
    <div className={classes.page} data-open={uuid !== null}>
      <MessageList selected={uuid} />
      {uuid !== null && <MessagePanel key={uuid} uuid={uuid} txId={txId} mayResend={role !== 'viewer'} />}
    </div>
  );
}

/** Escape first closes what lies on top of the page. */
function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog, [role="menu"], [role="dialog"]') !== null;
}
