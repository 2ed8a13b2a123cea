import type { ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import classes from './phone-bubble.module.css';

/** The ground of a phone on which texts lie. */
export function Phone({ children }: { readonly children: ReactNode }) {
  return <div className={classes.phone}>{children}</div>;
}

interface BubbleProps {
  /** Whose phone it is; nothing when that is not known. */
  readonly head?: string | undefined;
  readonly parts: readonly string[];
  /** What stands there while there is no text. */
  readonly empty?: string;
}

/** A text as a phone shows it, with a mark where one part ends and the next begins. */
export function Bubble({ head, parts, empty }: BubbleProps) {
  const t = useText();
  return (
    <div className={classes.sample}>
      {head !== undefined && <span className={classes.number}>{head}</span>}
      <p className={classes.bubble} data-empty={parts.length === 0}>
        {parts.length === 0
          ? (empty ?? t('preview.empty'))
          : parts.map((part, index) => (
              <span
                key={index}
                className={classes.part}
                title={t('preview.part', { part: index + 1, parts: parts.length })}
              >
                {part}
              </span>
            ))}
      </p>
    </div>
  );
}
