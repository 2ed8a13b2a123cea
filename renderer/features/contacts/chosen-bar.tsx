import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ContactItem } from '../../../server/contract/admin-contacts.ts';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import classes from './contacts.module.css';
import { MoveChosen } from './move-chosen.tsx';
import { RemoveContacts } from './remove-contacts.tsx';
import { RemoveFound } from './remove-found.tsx';
import type { useFound } from './use-found.ts';

interface ChosenBarProps {
  readonly items: readonly ContactItem[];
  readonly found: ReturnType<typeof useFound>;
  /** Whether there are contacts that are not on the page yet. */
  readonly more: boolean;
  /** Chooses all that are on the page; nothing where they are chosen. */
  readonly onAll: (() => void) | null;
  readonly onEnd: () => void;
}

/** What can be done with the contacts that are chosen, or with all that are found. */
export function ChosenBar({ items, found, more, onAll, onEnd }: ChosenBarProps) {
  const t = useText();
  const [removing, setRemoving] = useState(false);
  const [whole, setWhole] = useState(false);
  const counted = useAsk('contactsCount', { query: found.found }, { enabled: whole });
  const count = whole ? (counted.data?.count ?? null) : items.length;
  const close = () => setRemoving(false);
  return (
    <div className={classes.chosen} role="group" aria-label={t('contacts.chosenLabel')}>
      <b aria-live="polite">{count === null ? '…' : t('contacts.chosen', { count })}</b>
      <MoveChosen chosen={whole ? 'found' : items} found={found} onEnd={onEnd} />
      <Button variant="default" size="xs" disabled={count === null} onClick={() => setRemoving(true)}>
        {t('contacts.remove')}
      </Button>
      {onAll !== null && (
        <Button variant="subtle" size="xs" onClick={onAll}>
          {t('contacts.chooseAll')}
        </Button>
      )}
      {onAll === null && more && !whole && (
        <Button variant="subtle" size="xs" onClick={() => setWhole(true)}>
          {t('contacts.chooseFound')}
        </Button>
      )}
      <Button variant="subtle" size="xs" onClick={onEnd}>
        {t('contacts.chooseNone')}
      </Button>
      <RemoveContacts open={removing && !whole} items={items} onClose={close} onDone={onEnd} />
      {whole && count !== null && (
        <RemoveFound open={removing} found={found} count={count} onClose={close} onDone={onEnd} />
      )}
    </div>
  );
}
