import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { errorMessage } from '../i18n/error-text.ts';
import { useText } from '../i18n/language-context.tsx';
import { Icon } from './icon.tsx';
import classes from './notice.module.css';
import type { Tone } from './states.ts';

interface FaultProps {
  readonly title: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Says what could not be read, why, and lets the reader try again. */
export function Fault({ title, error, onRetry }: FaultProps) {
  const t = useText();
  return (
    <div className={classes.notice} role="alert">
      <span className={classes.icon} data-tone="red">
        <Icon name="alert" size={20} />
      </span>
      <h2>{title}</h2>
      <p>{errorMessage(error, t)}</p>
      <Button variant="default" size="sm" onClick={onRetry}>
        {t('action.retry')}
      </Button>
    </div>
  );
}

/** One line inside a page: what went wrong with what was just asked for. */
export function FaultLine({ error }: { readonly error: unknown }) {
  const t = useText();
  return (
    <p className={classes.line} role="alert" data-tone="red">
      <Icon name="alert" />
      <span>{errorMessage(error, t)}</span>
    </p>
  );
}

/** What is wrong with a group of fields, below them. */
export function FieldFault({ children }: { readonly children: ReactNode }) {
  return (
    <p className={classes.fieldFault} role="alert">
      {children}
    </p>
  );
}

/** A short word beside what it is about. */
export function Hint({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <p className={classes.hint} data-tone={tone}>
      <Icon name="info" />
      <span>{children}</span>
    </p>
  );
}
