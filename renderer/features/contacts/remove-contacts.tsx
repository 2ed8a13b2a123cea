import type { ContactItem } from '../../../server/contract/admin-contacts.ts';
import { useAct } from '../../api/ask.ts';
import { phoneNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { bookChanges } from './use-found.ts';

interface RemoveContactsProps {
  readonly open: boolean;
  readonly items: readonly ContactItem[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Contacts that one call takes. */
const atOnce = 1_000;
const named = 3;

/** Asks, naming who goes, and removes contacts. */
export function RemoveContacts({ open, items, onClose, onDone }: RemoveContactsProps) {
  const { language, t } = useLanguage();
  const say = useToast();
  const remove = useAct('contactsRemove', bookChanges);
  const count = items.length;

  async function removeAll(): Promise<void> {
    let removed = 0;
    for (let from = 0; from < count; from += atOnce) {
      const ids = items.slice(from, from + atOnce).map(({ id }) => id);
      const answer = await remove.mutateAsync({ body: { ids, account: items[0]?.account } });
      removed += answer.removed;
    }
    onClose();
    say(t('contacts.removed', { count: removed }));
    onDone();
  }

  const names = items.slice(0, named).map((item) => item.name || phoneNumber(item.msisdn));
  if (count > named) names.push(t('contacts.andMore', { count: count - named }));
  return (
    <Confirm
      open={open}
      title={t('contacts.removeTitle', { count })}
      action={t('contacts.removeDo', { count })}
      danger
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => {
        // The failure is shown by the window itself.
        removeAll().catch(() => undefined);
      }}
    >
      <p>
        <b>{new Intl.ListFormat(language).format(names)}</b>
      </p>
      <p>{t('contacts.removeText')}</p>
    </Confirm>
  );
}
