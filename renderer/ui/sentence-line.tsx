import type { ReactNode } from 'react';
import classes from './sentence-line.module.css';

interface SentenceLineProps {
  /** What a rule is about, and what is done with that. */
  readonly about: string;
  readonly then: string;
  readonly name: string;
  readonly off?: boolean;
  /** Badges beside it. */
  readonly children?: ReactNode;
}

/** A rule said as a sentence, with its name below. */
export function SentenceLine({ about, then, name, off = false, children }: SentenceLineProps) {
  return (
    <span className={classes.line} data-off={off}>
      <span className={classes.words}>
        <span className={classes.sentence}>
          {about} <span className={classes.arrow}>→</span> {then}
        </span>
        <span className={classes.name}>{name}</span>
      </span>
      {children}
    </span>
  );
}
