import { useEffect, useState } from 'react';
import { useText } from '../i18n/language-context.tsx';
import classes from './copy-button.module.css';
import { copyText } from './copy-text.ts';
import { Icon } from './icon.tsx';

interface CopyButtonProps {
  readonly value: string;
  /** What is copied, for a screen reader and where several stand together. */
  readonly what?: string;
}

/** Copies a value and says so for two seconds. */
export function CopyButton({ value, what }: CopyButtonProps) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const action = copied ? t('action.copied') : t('action.copy');
  return (
    <button
      type="button"
      className={classes.button}
      data-copied={copied}
      title={action}
      aria-label={what === undefined ? action : `${action}: ${what}`}
      onClick={() => {
        void copyText(value).then(setCopied);
      }}
    >
      <Icon name={copied ? 'tick' : 'copy'} size={14} />
    </button>
  );
}
