import type { ReactNode } from 'react';
import classes from './empty-state.module.css';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  /** A picture or a command that teaches. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Teaches the next step where there is nothing yet: one sentence, one picture or command, one button. */
export function EmptyState({ icon, title, text, children, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.picture}>
        <Icon name={icon} size={24} />
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children !== undefined && <div className={classes.lesson}>{children}</div>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
