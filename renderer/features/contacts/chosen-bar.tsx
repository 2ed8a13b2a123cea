import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ContactItem } from '../../../server/contract/admin-contacts.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import classes from './contacts.module.css';
import { RemoveContacts } from './remove-contacts.tsx';
import { RemoveFound } from './remove-found.tsx';
import { bookChanges, ofAccount } from './use-found.ts';
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
  const [open, setOpen] = useState<'chosen' | 'found' | null>(null);
  const close = () => setOpen(null);
  return (
    <div className={classes.chosen} role="group" aria-label={t('contacts.chosenLabel')}>
      <b aria-live="polite">{t('contacts.chosen', { count: items.length })}</b>
      <Membership items={items} found={found} onEnd={onEnd} />
      <Button variant="default" size="xs" onClick={() => setOpen('chosen')}>
        {t('contacts.remove')}
      </Button>
      {more && (
        <Button variant="default" size="xs" onClick={() => setOpen('found')}>
          {t('contacts.removeFound')}
        </Button>
      )}
      {onAll !== null && (
        <Button variant="subtle" size="xs" onClick={onAll}>
          {t('contacts.chooseAll')}
        </Button>
      )}
      <Button variant="subtle" size="xs" onClick={onEnd}>
        {t('contacts.chooseNone')}
      </Button>
      <RemoveContacts open={open === 'chosen'} items={items} onClose={close} onDone={onEnd} />
      <RemoveFound open={open === 'found'} found={found} onClose={close} onDone={onEnd} />
    </div>
  );
}

/** Contacts that one call takes. */
const atOnce = 1_000;

function Membership({ items, found, onEnd }: Pick<ChosenBarProps, 'items' | 'found' | 'onEnd'>) {
  const t = useText();
  const say = useToast();
  const groups = useAsk('groups', { query: ofAccount(found.account) });
  const change = useAct('groupMembers', bookChanges);
  const all = groups.data?.items ?? [];
  const current = all.find(({ id }) => id === found.groupId);

  async function move(group: number, way: 'add' | 'remove'): Promise<void> {
    let count = 0;
    let name = '';
    for (let from = 0; from < items.length; from += atOnce) {
      const ids = items.slice(from, from + atOnce).map(({ id }) => id);
      const answer = await change.mutateAsync({ params: { id: group }, body: { [way]: ids } });
      ({ name } = answer);
      count += way === 'add' ? answer.added : answer.removed;
    }
    say(t(way === 'add' ? 'groups.added' : 'groups.takenOut', { count, name }));
    onEnd();
  }
  // The failure is shown beside the buttons.
  const start = (group: number, way: 'add' | 'remove') => void move(group, way).catch(() => undefined);

  return (
    <>
      {all.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('groups.putInto')}
          value=""
          disabled={change.isPending}
          data={[
            { value: '', label: t('groups.putInto') },
            ...all.filter(({ id }) => id !== found.groupId).map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={(event) => {
            const id = Number(event.currentTarget.value);
            if (id > 0) start(id, 'add');
          }}
        />
      )}
      {current !== undefined && (
        <Button variant="default" size="xs" loading={change.isPending} onClick={() => start(current.id, 'remove')}>
          {t('groups.takeOut', { name: current.name })}
        </Button>
      )}
      {change.isError && <FaultLine error={change.error} />}
    </>
  );
}
