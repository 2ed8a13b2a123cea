import { Button } from '@mantine/core';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Teaches the first step where there is nothing to show yet. */
export function EmptyMessages() {
  const t = useText();
  const maySend = useMay('operator');
  return (
    <EmptyState
      icon="messages"
      title={t('messages.empty.title')}
      text={t('messages.empty.text')}
      action={
        maySend && (
          <Button component={Link} to={pathTo('compose')}>
            {t('messages.empty.action')}
          </Button>
        )
      }
    >
      <CodeBlock label={t('messages.empty.command')} code={firstMessage(window.location.origin)} />
    </EmptyState>
  );
}

/** A command that sends a message through the box at `origin`. */
export function firstMessage(origin: string): string {
  return [
    `curl ${origin}/api/v2/message/send \\`,
    `  -H 'X-API-Key: sk_sep_...' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"origin": "SEPSMS", "message": "Hello", "recipients": ["0812345678"]}'`,
  ].join('\n');
}
