import { useText } from '../../i18n/language-context.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import classes from './empty-messages.module.css';

/** Teaches the first step where there is nothing to show yet. */
export function EmptyMessages() {
  const t = useText();
  const command = firstMessage(window.location.origin);
  return (
    <div className={classes.empty}>
      <span className={classes.picture}>
        <Icon name="messages" size={24} />
      </span>
      <h2>{t('messages.empty.title')}</h2>
      <p>{t('messages.empty.text')}</p>
      <figure className={classes.command} aria-label={t('messages.empty.command')}>
        <pre>{command}</pre>
        <CopyButton value={command} what={t('messages.empty.command')} />
      </figure>
    </div>
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
