import { Button } from '@mantine/core';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import classes from './blank-frame.module.css';
import { Mark } from './mark.tsx';

interface CrashProps {
  readonly children: ReactNode;
  /** Inside the frame, which goes on working. */
  readonly inside?: boolean;
}

/** Stands in for a page that has broken, or whose piece the box did not give, instead of a white window. */
export class Crash extends Component<CrashProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken inside={this.props.inside === true} /> : this.props.children;
  }
}

function Broken({ inside }: { readonly inside: boolean }) {
  const t = useText();
  const Frame = inside ? 'div' : 'main';
  return (
    <Frame className={classes.frame} data-inside={inside} role="alert">
      <Mark size={40} />
      <div>
        <h1>{t('app.crashed.title')}</h1>
        <p>{t('app.crashed.text')}</p>
      </div>
      <Button onClick={() => window.location.reload()}>{t('app.crashed.action')}</Button>
    </Frame>
  );
}
