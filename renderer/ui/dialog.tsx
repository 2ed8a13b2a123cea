import { Button, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import classes from './dialog.module.css';
import { IconButton } from './icon-button.tsx';
import { FaultLine } from './notice.tsx';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A window over the page; the browser itself keeps the focus inside and gives it back. */
export function Dialog({ open, title, onClose, children, wide = false }: DialogProps) {
  const t = useText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      data-wide={wide}
      aria-labelledby={id}
      onClose={() => {
        // Told later than it happens: the window may be open again.
        if (dialog.current?.open !== true) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {open && (
        <div className={classes.inside}>
          <header className={classes.top}>
            <h2 id={id}>{title}</h2>
            <IconButton icon="cross" label={t('action.close')} onClick={onClose} />
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}

/** The buttons at the foot of a dialog or form; with `start` those beside what they are about. */
export function Actions({ start = false, children }: { readonly start?: boolean; readonly children: ReactNode }) {
  return (
    <div className={classes.actions} data-start={start}>
      {children}
    </div>
  );
}

interface ConfirmProps {
  readonly open: boolean;
  readonly title: string;
  /** Names what is touched, and how many. */
  readonly children: ReactNode;
  /** What the button does, as a verb. */
  readonly action: string;
  /** What the other button says, where "Cancel" could be taken for the act. */
  readonly dismiss?: string;
  readonly danger?: boolean;
  /** Asked to be typed before what is truly final. */
  readonly typed?: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before an act that cannot be taken back, or that touches more than is seen. */
export function Confirm(props: ConfirmProps) {
  const { open, title, children, action, dismiss, danger = false, typed, busy, error, onConfirm, onClose } = props;
  const t = useText();
  const [word, setWord] = useState('');
  return (
    <Dialog open={open} title={title} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === undefined || word.trim() === typed) onConfirm();
        }}
      >
        <div className={classes.text}>{children}</div>
        {typed !== undefined && (
          <TextInput
            label={t('confirm.type', { word: typed })}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        {error !== null && <FaultLine error={error} />}
        <Actions>
          <Button variant="default" onClick={onClose}>
            {dismiss ?? t('action.cancel')}
          </Button>
          <Button
            type="submit"
            loading={busy}
            disabled={typed !== undefined && word.trim() !== typed}
            {...(danger ? { color: 'red' } : {})}
          >
            {action}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
