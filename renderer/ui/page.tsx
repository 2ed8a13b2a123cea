import type { ReactNode } from 'react';
import { Link } from '../router/link.tsx';
import { Icon } from './icon.tsx';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly mark?: ReactNode;
  readonly actions?: ReactNode;
  /** The page above this one. */
  readonly back?: { readonly to: string; readonly name: string };
  /** One column for a form, or the whole width. */
  readonly width?: 'form' | 'wide';
  readonly children: ReactNode;
}

/** A page that is no list: its title, what it is for, and what can be done. */
export function Page({ title, text, mark, actions, back, width = 'wide', children }: PageProps) {
  return (
    <div className={classes.scroller}>
      <section className={classes.page} data-width={width} aria-labelledby="page-title">
        {back !== undefined && (
          <Link to={back.to} className={classes.back}>
            <Icon name="back" size={14} />
            {back.name}
          </Link>
        )}
        <header className={classes.head}>
          <div className={classes.title}>
            <h1 id="page-title">{title}</h1>
            {mark}
            {actions !== undefined && <div className={classes.actions}>{actions}</div>}
          </div>
          {text !== undefined && <p>{text}</p>}
        </header>
        {children}
      </section>
    </div>
  );
}

interface CardProps {
  readonly title?: string;
  readonly text?: string | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page on ground of its own. */
export function Card({ title, text, actions, children }: CardProps) {
  return (
    <section className={classes.card}>
      {title !== undefined && (
        <header>
          <h2>{title}</h2>
          {actions}
        </header>
      )}
      {text !== undefined && <p className={classes.cardText}>{text}</p>}
      {children}
    </section>
  );
}

/** Fields of a form, one below the other. */
export function Fields({ children }: { readonly children: ReactNode }) {
  return <div className={classes.fields}>{children}</div>;
}
