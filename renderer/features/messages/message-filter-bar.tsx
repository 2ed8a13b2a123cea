import { useCallback } from 'react';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import type { useFilters } from '../../router/filters.ts';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Choice, DayField, FilterBar, SearchField } from '../../ui/filter-bar.tsx';
import { meaningOf, messageStates, searchedFor } from './filters.ts';
import type { filterNames } from './filters.ts';

interface MessageFilterBarProps {
  readonly filters: ReturnType<typeof useFilters<(typeof filterNames)[number]>>;
}

/** Which messages the list shows: by number or reference, state, sender and day. */
export function MessageFilterBar({ filters }: MessageFilterBarProps) {
  const t = useText();
  const { values, set } = filters;
  const senders = useAsk('senders', {});
  const names = [...new Set(senders.data?.items.map((sender) => sender.name) ?? [])];
  if (values.origin !== '' && !names.includes(values.origin)) names.unshift(values.origin);
  const search = useCallback(
    (text: string) => {
      const meaning = meaningOf(text);
      if ('uuid' in meaning) navigate(pathTo('messages', meaning.uuid));
      else set(meaning);
    },
    [set],
  );
  return (
    <FilterBar active={filters.active} onClear={filters.clear}>
      <SearchField label={t('messages.search')} value={searchedFor(values)} onSearch={search} />
      <Choice
        label={t('messages.column.state')}
        value={values.status}
        options={[
          { value: '', label: t('messages.anyState') },
          ...messageStates.map((state) => ({ value: state, label: t(`messages.status.${state}`) })),
        ]}
        onChange={(status) => set({ status })}
      />
      {names.length > 1 && (
        <Choice
          label={t('panel.origin')}
          value={values.origin}
          options={[
            { value: '', label: t('messages.anySender') },
            ...names.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(origin) => set({ origin })}
        />
      )}
      <DayField label={t('filter.from')} value={values.from} onChange={(from) => set({ from })} />
      <DayField label={t('filter.to')} value={values.to} onChange={(to) => set({ to })} />
    </FilterBar>
  );
}
