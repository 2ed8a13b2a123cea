import { Button, Textarea } from '@mantine/core';
import { useId, useRef } from 'react';
import { segmentText } from '../../server/contract/text-rules.ts';
import { useText } from '../i18n/language-context.tsx';
import { TextCounter } from '../ui/text-counter.tsx';
import { plainer } from './plainer.ts';
import classes from './writing.module.css';

interface TextFieldProps {
  readonly text: string;
  /** What can stand in the text for a value of each recipient. */
  readonly names: readonly string[];
  readonly onText: (text: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly most?: number;
}

/** The text, with what it takes as it is typed. */
export function TextField({ text, names, onText, hint, error, most = 20_000 }: TextFieldProps) {
  const t = useText();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);

  function insert(name: string): void {
    const at = field.current?.selectionStart ?? text.length;
    const end = field.current?.selectionEnd ?? at;
    onText(`${text.slice(0, at)}{${name}}${text.slice(end)}`);
    field.current?.focus();
  }

  return (
    <div className={classes.group}>
      <Textarea
        ref={field}
        id={id}
        label={t('compose.text')}
        description={hint}
        error={error}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={most}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        aria-describedby={`${id}-count`}
      />
      <TextCounter id={`${id}-count`} text={text} />
      {names.length > 0 && (
        <div className={classes.names} role="group" aria-label={t('compose.insert')}>
          <span>{t('compose.insert')}</span>
          {names.map((name) => (
            <button key={name} type="button" translate="no" onClick={() => insert(name)}>
              {`{${name}}`}
            </button>
          ))}
        </div>
      )}
      <PlainerOffer text={text} onText={onText} />
    </div>
  );
}

const shownChanges = 6;

/** Offers plain signs for those that make 70 characters of 160. */
function PlainerOffer({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const t = useText();
  const offer = plainer(text);
  if (offer === null) return null;
  const words = offer.changes
    .slice(0, shownChanges)
    .map(({ from, to }) => (to === '' ? t('writing.plainer.without', { sign: from }) : `${from} → ${to}`));
  const before = segmentText(text).parts.length;
  const after = Math.max(1, segmentText(offer.text).parts.length);
  return (
    <div className={`${classes.notice} ${classes.offer}`} data-tone="orange" role="status">
      <span>
        {t('writing.plainer.text', { signs: words.join(', ') })}{' '}
        {after < before && t('writing.plainer.saves', { before, after })}
      </span>
      <Button variant="default" size="compact-sm" onClick={() => onText(offer.text)}>
        {t('writing.plainer.action')}
      </Button>
    </div>
  );
}
