import { Textarea } from '@mantine/core';
import { useId, useRef } from 'react';
import { useText } from '../../i18n/language-context.tsx';
import { TextCounter } from '../../ui/text-counter.tsx';
import classes from './compose.module.css';

interface TextFieldProps {
  readonly text: string;
  /** Columns of the table: each can stand in the text as a placeholder. */
  readonly names: readonly string[];
  readonly onText: (text: string) => void;
}

/** The text, with what it takes as it is typed. */
export function TextField({ text, names, onText }: TextFieldProps) {
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
        autosize
        minRows={4}
        maxRows={16}
        maxLength={20_000}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        aria-describedby={`${id}-count`}
      />
      {names.length > 0 && (
        <div className={classes.names} role="group" aria-label={t('compose.insert')}>
          <span>{t('compose.insert')}</span>
          {names.map((name) => (
            <button key={name} type="button" onClick={() => insert(name)}>
              {`{${name}}`}
            </button>
          ))}
        </div>
      )}
      <TextCounter id={`${id}-count`} text={text} />
    </div>
  );
}
