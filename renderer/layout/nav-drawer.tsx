import { useEffect, useRef } from 'react';
import { useText } from '../i18n/language-context.tsx';
import type { Place } from '../router/routes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import classes from './nav-drawer.module.css';
import { Mark } from './mark.tsx';
import { Nav } from './nav.tsx';

interface NavDrawerProps {
  readonly page: Place['page'];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The navigation on a phone: slides over the page, and the browser itself keeps the focus inside. */
export function NavDrawer({ page, open, onClose }: NavDrawerProps) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={classes.drawer}
      aria-label={t('nav.label')}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={classes.top}>
        <IconButton icon="cross" label={t('action.close')} onClick={onClose} />
        <Mark size={24} />
        <b>{t('app.name')}</b>
      </div>
      <Nav page={page} onFollow={onClose} />
    </dialog>
  );
}
