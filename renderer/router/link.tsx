import type { AnchorHTMLAttributes, MouseEvent, Ref } from 'react';
import { navigate, useHref } from './history.ts';

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  readonly to: string;
  readonly ref?: Ref<HTMLAnchorElement>;
};

/** An anchor that stays one: it can be opened in a new tab, copied and reached by keyboard. */
export function Link({ to, onClick, children, ...rest }: LinkProps) {
  const href = useHref(to);
  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    onClick?.(event);
    const special = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || special) return;
    event.preventDefault();
    navigate(to);
  }
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  );
}
