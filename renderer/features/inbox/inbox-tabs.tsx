import type { ReactNode } from 'react';
import { useText } from '../../i18n/language-context.tsx';
import { pathTo } from '../../router/routes.ts';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';

interface InboxTabsProps {
  /** Whether the rules are shown rather than the texts. */
  readonly rules?: boolean;
  readonly active?: boolean;
  readonly onClear?: () => void;
  /** Filters of what is shown. */
  readonly children?: ReactNode;
}

/** The two sides of the inbox: what came, and what is done with it. */
export function InboxTabs({ rules = false, active = false, onClear = () => {}, children }: InboxTabsProps) {
  const t = useText();
  return (
    <FilterBar active={active} onClear={onClear}>
      <LinkTabs
        label={t('nav.inbox')}
        tabs={[
          { to: pathTo('inbox'), name: t('inbox.texts'), current: !rules },
          { to: pathTo('inbox', 'rules'), name: t('rules.title'), current: rules },
        ]}
      />
      {children}
    </FilterBar>
  );
}
