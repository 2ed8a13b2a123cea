import type { ReactNode } from 'react';
import { useText } from '../../i18n/language-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import classes from './welcome.module.css';

interface StepProps {
  readonly number: number;
  readonly name: 'carrier' | 'sender' | 'credits' | 'message';
  readonly done: boolean;
  /** Whether it is the one to do now. */
  readonly open: boolean;
  readonly children: ReactNode;
}

/** One step of the set-up: its number or a tick, what it is for, and the way to do it. */
export function Step({ number, name, done, open, children }: StepProps) {
  const t = useText();
  return (
    <li className={classes.step} data-open={open} data-done={done} aria-current={open && !done ? 'step' : undefined}>
      <span className={classes.number} data-tone={done ? 'green' : 'grey'}>
        {done ? <Icon name="tick" /> : number}
      </span>
      <div className={classes.inside}>
        <h2>
          {t(`welcome.step.${name}`)}
          {done && <span className={classes.hidden}>{t('welcome.done')}</span>}
        </h2>
        <p>{t(`welcome.help.${name}`)}</p>
        {(open || done) && <div className={classes.body}>{children}</div>}
      </div>
    </li>
  );
}
