import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import classes from './facts.module.css';

/** Names and values, one below the other. */
export function Facts({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return (
    <dl className={classes.facts} aria-label={label}>
      {children}
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  /** What a copy button puts on the clipboard; none without it. */
  readonly copy?: string | undefined;
  readonly children: ReactNode;
}

export function Fact({ name, copy, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span>{children}</span>
        {copy !== undefined && <CopyButton value={copy} what={name} />}
      </dd>
    </div>
  );
}
