import { NativeSelect } from '@mantine/core';
import { useAsk } from '../api/ask.ts';
import { wholeNumber } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language-context.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import classes from './writing.module.css';

interface GroupFieldProps {
  readonly account: string;
  readonly chosen: readonly number[];
  readonly onChange: (chosen: readonly number[]) => void;
}

/** Groups of contacts, each with how many are in it. */
export function GroupField({ account, chosen, onChange }: GroupFieldProps) {
  const { language, t } = useLanguage();
  const groups = useAsk('groups', { query: account === '' ? {} : { account } }, { enabled: account !== '' });
  const items = groups.data?.items ?? [];
  const picked = chosen.map((id) => ({ id, group: items.find((group) => group.id === id) }));
  const left = items.filter(({ id }) => !chosen.includes(id));
  if (groups.data !== undefined && items.length === 0 && chosen.length === 0) return null;
  return (
    <div className={classes.group}>
      {left.length === 0 ? (
        <span className={classes.label}>{t('writing.groups')}</span>
      ) : (
        <NativeSelect
          label={t('writing.groups')}
          description={t('writing.groupsHint')}
          value=""
          data={[
            { value: '', label: t('writing.groupsAdd') },
            ...left.map(({ id, name, members }) => ({
              value: String(id),
              label: `${name} (${wholeNumber(members, language)})`,
            })),
          ]}
          onChange={(event) => {
            const id = Number(event.currentTarget.value);
            if (id > 0) onChange([...chosen, id]);
          }}
        />
      )}
      {picked.length > 0 && (
        <ul className={classes.chips} aria-label={t('writing.groupsChosen')}>
          {picked.map(({ id, group }) => (
            <li key={id} data-missing={groups.data !== undefined && group === undefined}>
              <Icon name="users" size={14} />
              <span>{group?.name ?? t('writing.groupGone', { id: String(id) })}</span>
              {group !== undefined && <b>{wholeNumber(group.members, language)}</b>}
              <IconButton
                icon="cross"
                label={t('writing.groupRemove', { name: group?.name ?? String(id) })}
                onClick={() => onChange(chosen.filter((other) => other !== id))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
