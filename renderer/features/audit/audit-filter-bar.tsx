import { useAsk } from '../../api/ask.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import type { useFilters } from '../../router/filters.ts';
import { Choice, DayField, FilterBar } from '../../ui/filter-bar.tsx';
import { auditedOperations, deedOf, doerOf } from './entry-words.ts';
import type { filterNames } from './filters.ts';

interface AuditFilterBarProps {
  readonly filters: ReturnType<typeof useFilters<(typeof filterNames)[number]>>;
}

/** Which rows are shown: by person, act and day. */
export function AuditFilterBar({ filters }: AuditFilterBarProps) {
  const { language, t } = useLanguage();
  const { values, set } = filters;
  const users = useAsk('users', {});
  const names = [...(users.data?.items.map(({ name }) => name) ?? []), 'command line', 'nobody'];
  // Who was removed since is still in the log.
  if (values.user !== '' && !names.includes(values.user)) names.unshift(values.user);
  const deeds = auditedOperations
    .map((value) => ({ value, label: deedOf(value, t) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language));
  return (
    <FilterBar active={filters.active} onClear={filters.clear}>
      <Choice
        label={t('audit.who')}
        value={values.user}
        options={[
          { value: '', label: t('audit.anyone') },
          ...names.map((value) => ({ value, label: doerOf(value, t) })),
        ]}
        onChange={(user) => set({ user })}
      />
      <Choice
        label={t('audit.what')}
        value={values.operation}
        options={[{ value: '', label: t('audit.anything') }, ...deeds]}
        onChange={(operation) => set({ operation })}
      />
      <DayField label={t('filter.from')} value={values.from} onChange={(from) => set({ from })} />
      <DayField label={t('filter.to')} value={values.to} onChange={(to) => set({ to })} />
    </FilterBar>
  );
}
