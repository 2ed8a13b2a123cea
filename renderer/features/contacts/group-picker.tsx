import { NativeSelect } from '@mantine/core';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Icon } from '../../ui/icon.tsx';
import classes from './contacts.module.css';
import { ofAccount } from './use-found.ts';

interface GroupPickerProps {
  readonly account: string;
  readonly chosen: readonly { readonly id: number; readonly name: string }[];
  readonly readOnly?: boolean;
  readonly label?: string;
  readonly onAdd: (id: number) => void;
  readonly onRemove: (id: number) => void;
}

/** Groups as pieces that can be taken away, and a list of those that can be added. */
export function GroupPicker({ account, chosen, readOnly = false, label, onAdd, onRemove }: GroupPickerProps) {
  const t = useText();
  const groups = useAsk('groups', { query: ofAccount(account) });
  const ids = new Set(chosen.map(({ id }) => id));
  const rest = (groups.data?.items ?? []).filter(({ id }) => !ids.has(id));
  return (
    <div className={classes.picker} role="group" aria-label={label ?? t('groups.title')}>
      {label !== undefined && <span className={classes.label}>{label}</span>}
      {chosen.length > 0 && (
        <ul className={classes.chips} aria-label={t('groups.title')}>
          {chosen.map(({ id, name }) => (
            <li key={id}>
              <Link to={`${pathTo('contacts', 'groups', id)}?account=${encodeURIComponent(account)}`}>{name}</Link>
              {!readOnly && (
                <button type="button" aria-label={t('groups.takeOut', { name })} onClick={() => onRemove(id)}>
                  <Icon name="cross" size={12} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {chosen.length === 0 && readOnly && <p className={classes.quiet}>{t('groups.inNone')}</p>}
      {!readOnly && rest.length > 0 && (
        <NativeSelect
          size="sm"
          aria-label={t('groups.putInto')}
          value=""
          data={[
            { value: '', label: t('groups.putInto') },
            ...rest.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={(event) => {
            const id = Number(event.currentTarget.value);
            if (id > 0) onAdd(id);
          }}
        />
      )}
      {!readOnly && groups.data?.items.length === 0 && <p className={classes.quiet}>{t('groups.noneYet')}</p>}
    </div>
  );
}
