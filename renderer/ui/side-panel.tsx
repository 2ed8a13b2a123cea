import { Skeleton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import { navigate } from '../router/history.ts';
import { IconButton } from './icon-button.tsx';
import classes from './side-panel.module.css';

interface SidePanelProps {
  readonly label: string;
  /** Beside the way out: a state, a name. */
  readonly head?: ReactNode;
  /** Address of the list alone. */
  readonly closed: string;
  readonly children: ReactNode;
}

/** What a row opens, beside its list; the whole page on a phone. */
export function SidePanel({ label, head, closed, children }: SidePanelProps) {
  const t = useText();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the list is gone while the panel is open, and the focus with it.
    if (document.activeElement === null || document.activeElement === document.body) panel.current?.focus();
  }, []);
  return (
    <aside className={classes.panel} ref={panel} tabIndex={-1} aria-label={label}>
      <header className={classes.top}>
        <div className={classes.head}>{head}</div>
        <IconButton icon="cross" label={t('action.close')} onClick={() => navigate(closed)} />
      </header>
      <div className={classes.body}>{children}</div>
    </aside>
  );
}

/** Where the facts of a panel will be. */
export function PanelSkeleton() {
  return (
    <div className={classes.waiting} aria-busy="true">
      <Skeleton height={72} radius={12} />
      <Skeleton height={14} width="60%" />
      <Skeleton height={14} width="45%" />
      <Skeleton height={14} width="52%" />
      <Skeleton height={14} width="38%" />
    </div>
  );
}

/** Says that the address names nothing that is there. */
export function PanelMissing({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className={classes.missing}>
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}

/** A part of a panel or page under a small title. */
export function Section({
  title,
  mark,
  children,
}: {
  readonly title: string;
  readonly mark?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes.section}>
      <h2>
        {title}
        {mark !== undefined && <span>{mark}</span>}
      </h2>
      {children}
    </section>
  );
}
