import type { ReactNode } from 'react';
import { useText } from '../../i18n/language-context.tsx';
import { LanguageMenu } from '../../layout/language-menu.tsx';
import { Mark } from '../../layout/mark.tsx';
import { ThemeMenu } from '../../layout/theme-menu.tsx';
import classes from './session.module.css';

interface SessionFrameProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

/** The page around a form for strangers: who this is, what is asked, in which language. */
export function SessionFrame({ title, text, children }: SessionFrameProps) {
  const t = useText();
  return (
    <div className={classes.frame}>
      <header className={classes.top}>
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main className={classes.card}>
        <div className={classes.brand}>
          <Mark size={28} />
          <span>{t('app.name')}</span>
        </div>
        <h1>{title}</h1>
        <p className={classes.text}>{text}</p>
        {children}
      </main>
    </div>
  );
}
