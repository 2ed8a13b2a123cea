import { useText } from '../../i18n/language-context.tsx';
import { pathTo } from '../../router/routes.ts';
import { LinkTabs } from '../../ui/link-tabs.tsx';

/** The parts of the address book. */
export function ContactTabs({ current }: { readonly current: 'contacts' | 'groups' | 'imports' }) {
  const t = useText();
  return (
    <LinkTabs
      label={t('nav.contacts')}
      tabs={[
        { to: pathTo('contacts'), name: t('contacts.all'), current: current === 'contacts' },
        { to: pathTo('contacts', 'groups'), name: t('groups.title'), current: current === 'groups' },
        { to: pathTo('contacts', 'imports'), name: t('imports.title'), current: current === 'imports' },
      ]}
    />
  );
}
