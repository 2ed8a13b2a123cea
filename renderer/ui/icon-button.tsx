import type { ButtonHTMLAttributes, Ref } from 'react';
import { Icon } from './icon.tsx';
import classes from './icon-button.module.css';
import type { IconName } from './icon.tsx';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  readonly label: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that is only a picture; its label is told to screen readers and shown as tooltip. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" title={label} aria-label={label} {...rest} className={classes.button}>
      <Icon name={icon} />
    </button>
  );
}
