import { Button, NativeSelect } from '@mantine/core';
import type { ContactItem } from '../../../server/contract/admin-contacts.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { bookChanges, ofAccount } from './use-found.ts';
import type { useFound } from './use-found.ts';

interface MoveChosenProps {
  /** Contacts one by one, or all that are found. */
  readonly chosen: readonly ContactItem[] | 'found';
  readonly found: ReturnType<typeof useFound>;
  readonly onEnd: () => void;
}

type Way = 'add' | 'remove';

/** Puts the chosen into a group, or takes them out of the one that is looked at. */
export function MoveChosen({ chosen, found, onEnd }: MoveChosenProps) {
  const t = useText();
  const groups = useAsk('groups', { query: ofAccount(found.account) });
  const all = groups.data?.items ?? [];
  const current = all.find(({ id }) => id === found.groupId);
  const move = useMove(chosen, found, onEnd);
  return (
    <>
      {all.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('groups.putInto')}
          value=""
          disabled={move.busy}
          data={[
            { value: '', label: t('groups.putInto') },
            ...all.filter(({ id }) => id !== found.groupId).map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={(event) => {
            const id = Number(event.currentTarget.value);
            if (id > 0) move.start(id, 'add');
          }}
        />
      )}
      {current !== undefined && (
        <Button variant="default" size="xs" loading={move.busy} onClick={() => move.start(current.id, 'remove')}>
          {t('groups.takeOut', { name: current.name })}
        </Button>
      )}
      {move.error !== null && <FaultLine error={move.error} />}
    </>
  );
}

/** Contacts that one call takes. */
const atOnce = 1_000;

function useMove(chosen: MoveChosenProps['chosen'], found: MoveChosenProps['found'], onEnd: () => void) {
  const t = useText();
  const say = useToast();
  const members = useAct('groupMembers', bookChanges);
  const whole = useAct('groupMembersFound', bookChanges);

  async function move(group: number, way: Way): Promise<void> {
    const params = { id: group };
    let count = 0;
    let name = '';
    const take = (answer: { readonly name: string; readonly added: number; readonly removed: number }) => {
      ({ name } = answer);
      count += answer.added + answer.removed;
    };
    if (chosen === 'found') take(await whole.mutateAsync({ params, body: { ...found.found, way } }));
    else
      for (let from = 0; from < chosen.length; from += atOnce) {
        const ids = chosen.slice(from, from + atOnce).map(({ id }) => id);
        take(await members.mutateAsync({ params, body: { [way]: ids } }));
      }
    say(t(way === 'add' ? 'groups.added' : 'groups.takenOut', { count, name }));
    onEnd();
  }

  return {
    busy: members.isPending || whole.isPending,
    error: members.error ?? whole.error,
    // The failure is shown beside the buttons.
    start: (group: number, way: Way) => void move(group, way).catch(() => undefined),
  };
}
