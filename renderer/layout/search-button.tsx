import { useEffect, useState } from 'react';
import { useText } from '../i18n/language-context.tsx';
import { Icon } from '../ui/icon.tsx';
import classes from './header.module.css';
import { Search } from './search.tsx';

/** The way to a number, a message or a page from anywhere: a press, `/` or Ctrl-K. */
export function SearchButton() {
  const t = useText();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const asks = event.key === '/' ? !isTyping(event.target) : event.key === 'k' && (event.ctrlKey || event.metaKey);
      if (!asks || event.altKey || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, []);
  return (
    <>
      <button type="button" className={classes.search} onClick={() => setOpen(true)} aria-label={t('search.open')}>
        <Icon name="search" size={14} />
        <span>{t('search.open')}</span>
        <kbd>/</kbd>
      </button>
      <Search open={open} onClose={() => setOpen(false)} />
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
