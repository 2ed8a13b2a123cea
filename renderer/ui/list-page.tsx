import { useEffect } from 'react';
import type { ReactNode, Ref, UIEventHandler } from 'react';
import { navigate } from '../router/history.ts';
import classes from './list-page.module.css';
import { focusRow } from './walk-rows.ts';

interface ListPageProps {
  readonly title: string;
  /** One sentence on what this is for. */
  readonly text?: string | undefined;
  /** Beside the title. */
  readonly mark?: ReactNode;
  readonly actions?: ReactNode;
  readonly filters?: ReactNode;
  readonly children: ReactNode;
  /** What the address has open beside the list. */
  readonly panel?: ReactNode;
  /** Row that is open, to give it the focus back. */
  readonly open?: string | null;
  /** Address of the list alone. */
  readonly closed?: string;
  readonly scrollerRef?: Ref<HTMLDivElement>;
  readonly onScroll?: UIEventHandler<HTMLDivElement>;
}

/** A list with its filters, and beside it what the address has open; Escape closes that. */
export function ListPage(props: ListPageProps) {
  const { title, text, mark, actions, filters, children, panel, open = null, closed, scrollerRef, onScroll } = props;
  useEffect(() => {
    if (open === null || closed === undefined) return undefined;
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isInOverlay(event.target)) return;
      navigate(closed);
      focusRow(open);
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [open, closed]);

  return (
    <div className={classes.page} data-open={open !== null}>
      <section className={classes.section} aria-labelledby="page-title">
        <header className={classes.head}>
          <div className={classes.title}>
            <h1 id="page-title">{title}</h1>
            {mark}
            {actions !== undefined && <div className={classes.actions}>{actions}</div>}
          </div>
          {text !== undefined && <p className={classes.text}>{text}</p>}
        </header>
        {filters}
        <div className={classes.scroller} ref={scrollerRef} onScroll={onScroll}>
          {children}
        </div>
      </section>
      {panel}
    </div>
  );
}

/** Escape first closes what lies on top of the page. */
function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog, [role="menu"], [role="dialog"]') !== null;
}
