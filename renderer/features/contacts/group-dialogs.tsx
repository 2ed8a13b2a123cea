import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { GroupItem } from '../../../server/contract/admin-contacts.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions, Confirm, Dialog } from '../../ui/dialog.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { bookChanges, ofAccount } from './use-found.ts';

interface NewGroupProps {
  readonly open: boolean;
  readonly account: string | null;
  readonly onClose: () => void;
  readonly onMade: (id: number) => void;
}

/** Makes a group. */
export function NewGroup({ open, account, onClose, onMade }: NewGroupProps) {
  const t = useText();
  const add = useAct('groupAdd', bookChanges);
  return (
    <Dialog open={open} title={t('groups.add')} onClose={onClose}>
      <NameForm
        first=""
        action={t('groups.make')}
        act={add}
        onClose={onClose}
        onName={(name) =>
          add.mutate(
            { body: { ...ofAccount(account), name } },
            {
              onSuccess: ({ id }) => {
                onClose();
                onMade(id);
              },
            },
          )
        }
      />
    </Dialog>
  );
}

interface GroupDialogProps {
  readonly open: boolean;
  readonly item: GroupItem;
  readonly onClose: () => void;
}

/** Gives a group another name. */
export function RenameGroup({ open, item, onClose }: GroupDialogProps) {
  const t = useText();
  const change = useAct('groupSet', bookChanges);
  return (
    <Dialog open={open} title={t('groups.renameTitle', { name: item.name })} onClose={onClose}>
      <NameForm
        first={item.name}
        action={t('form.save')}
        act={change}
        onClose={onClose}
        onName={(name) => change.mutate({ params: { id: item.id }, body: { name } }, { onSuccess: onClose })}
      />
    </Dialog>
  );
}

interface NameFormProps {
  readonly first: string;
  readonly action: string;
  readonly act: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown };
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

function NameForm({ first, action, act, onName, onClose }: NameFormProps) {
  const t = useText();
  const [name, setName] = useState(first);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() !== '') onName(name.trim());
  }
  return (
    <form onSubmit={submit}>
      <Fields>
        <TextInput
          label={t('groups.name')}
          placeholder={t('groups.namePlaceholder')}
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {act.isError && <FaultLine error={act.error} />}
        <Actions>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending} disabled={name.trim() === ''}>
            {action}
          </Button>
        </Actions>
      </Fields>
    </form>
  );
}

/** Removes a group after saying what happens to its contacts. */
export function RemoveGroup({ open, item, onClose, onDone }: GroupDialogProps & { readonly onDone: () => void }) {
  const t = useText();
  const say = useToast();
  const remove = useAct('groupRemove', bookChanges);
  const { name, members } = item;
  return (
    <Confirm
      open={open}
      title={t('groups.removeTitle', { name })}
      action={t('groups.remove')}
      danger
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { id: item.id } },
          {
            onSuccess: () => {
              onClose();
              say(t('groups.removed', { name }));
              onDone();
            },
          },
        )
      }
    >
      <p>{t('groups.removeText', { count: members })}</p>
      <p>{t('groups.removeSchedules')}</p>
    </Confirm>
  );
}
