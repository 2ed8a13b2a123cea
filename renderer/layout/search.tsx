import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useMay } from '../api/session.ts';
import { useText } from '../i18n/language-context.tsx';
import { navigate } from '../router/history.ts';
import { Icon } from '../ui/icon.tsx';
import { findings } from './findings.ts';
import { navGroups } from './nav-map.ts';
import classes from './search.module.css';

interface SearchProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** One field that takes a number, a message's id or reference, or the name of a page. */
export function Search({ open, onClose }: SearchProps) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-label={t('search.open')}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {open && <Field onClose={onClose} />}
    </dialog>
  );
}

function Field({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = findings(text, useReachable(), t);
  const chosen = Math.min(at, found.length - 1);

  function go(to: string | undefined): void {
    if (to === undefined) return;
    onClose();
    navigate(to);
  }

  function onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((chosen + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(found[chosen]?.to);
    }
  }

  return (
    <>
      <div className={classes.field}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length === 0 ? undefined : `${id}-${chosen}`}
          aria-label={t('search.open')}
          placeholder={t('search.hint')}
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <ul role="listbox" id={`${id}-list`} aria-label={t('search.results')} className={classes.list}>
        {found.map((finding, index) => (
          <li
            key={finding.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onPointerMove={() => setAt(index)}
            onClick={() => go(finding.to)}
          >
            <Icon name={finding.icon} />
            <span>{finding.title}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Pages that the reader may see. */
function useReachable() {
  const operator = useMay('operator');
  const admin = useMay('admin');
  return navGroups
    .flatMap((group) => group.entries)
    .filter(({ role }) => role === 'viewer' || (role === 'operator' ? operator : admin));
}
