import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { bookChanges } from './use-found.ts';
import type { Found } from './use-found.ts';

interface RemoveFoundProps {
  readonly open: boolean;
  readonly found: { readonly found: Found; readonly active: boolean };
  /** How many there are. */
  readonly count: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Has their number typed, and removes all contacts of a search or a group. */
export function RemoveFound({ open, found: { found, active }, count, onClose, onDone }: RemoveFoundProps) {
  const t = useText();
  const say = useToast();
  const remove = useAct('contactsRemoveFound', bookChanges);
  return (
    <Confirm
      open={open}
      title={t('contacts.removeTitle', { count })}
      action={t('contacts.removeDo', { count })}
      danger
      typed={String(count)}
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { body: { ...found, most: count } },
          {
            onSuccess: ({ removed }) => {
              onClose();
              say(t('contacts.removed', { count: removed }));
              onDone();
            },
          },
        )
      }
    >
      <p>{t(active ? 'contacts.removeFoundText' : 'contacts.removeAllText')}</p>
      <p>{t('contacts.removeText')}</p>
    </Confirm>
  );
}
