import type { CallAnswer } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import classes from './carriers.module.css';

/** What came back: the words, and behind a fold the lines of the other side. */
export function Answer({ answer }: { readonly answer: CallAnswer<'carrierOperate'> }) {
  const t = useText();
  const { ok, text, lines } = answer;
  return (
    <div className={classes.answer} role="status" data-tone={ok ? 'green' : 'red'}>
      <p>
        <Icon name={ok ? 'tick' : 'alert'} />
        <span>{text}</span>
      </p>
      {lines.length > 0 && (
        <details>
          <summary>{t('carriers.lines')}</summary>
          <pre>{lines.join('\n')}</pre>
        </details>
      )}
    </div>
  );
}
