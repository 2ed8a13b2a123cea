import { Button } from '@mantine/core';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import classes from './blank-frame.module.css';
import { Mark } from './mark.tsx';

interface CrashProps {
  readonly children: ReactNode;
}

/** Stands in for a page that has broken, instead of a white window. */
export class Crash extends Component<CrashProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const t = useText();
  return (
    <main className={classes.frame} role="alert">
      <Mark size={40} />
      <div>
        <h1>{t('app.crashed.title')}</h1>
        <p>{t('app.crashed.text')}</p>
      </div>
      <Button onClick={() => window.location.reload()}>{t('app.crashed.action')}</Button>
    </main>
  );
}
