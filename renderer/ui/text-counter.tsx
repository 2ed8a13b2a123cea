import { segmentText } from '../../server/contract/text-rules.ts';
import { useText } from '../i18n/language-context.tsx';
import classes from './text-counter.module.css';

/** What a text takes as it is typed: characters, parts, room left in the last part, and why it is so much. */
export function TextCounter({ id, text }: { readonly id: string; readonly text: string }) {
  const t = useText();
  const { encoding, characters, parts, unitsLeft } = segmentText(text);
  return (
    <p id={id} className={classes.counter}>
      <span>
        {t('compose.characters', { count: characters })} · {t('messages.parts', { count: Math.max(1, parts.length) })} ·{' '}
        {t('compose.left', { count: unitsLeft })}
      </span>
      <span title={t(`compose.encodingHelp.${encoding}`)}>{t(`compose.encoding.${encoding}`)}</span>
    </p>
  );
}
