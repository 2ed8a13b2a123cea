import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import classes from './state-badge.module.css';
import type { Tone } from './states.ts';

interface BadgeProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

/** A state by label, colour and picture. */
export function Badge({ tone, icon, title, children }: BadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone} title={title}>
      <Icon name={icon} size={14} />
      {children}
    </span>
  );
}
