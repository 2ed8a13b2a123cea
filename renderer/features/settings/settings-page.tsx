import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { pathTo } from '../../router/routes.ts';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { grouped } from './setting-groups.ts';
import { SettingRow } from './setting-row.tsx';
import classes from './settings.module.css';

/** The settings of the box in groups, each with words and what it usually is. */
export function SettingsPage({ parts }: { readonly parts: readonly string[] }) {
  const t = useText();
  const settings = useAsk('settings', {});
  const groups = grouped(settings.data?.items ?? []);
  const shown = groups.find(({ name }) => name === parts[0]) ?? groups[0];
  return (
    <Page title={t('nav.settings')} text={t('settings.text')} width="form">
      <LinkTabs
        label={t('nav.settings')}
        tabs={groups.map(({ name }) => ({
          to: pathTo('settings', name),
          name: t(`settings.group.${name}`),
          current: name === shown?.name,
        }))}
      />
      <ListState query={settings} count={groups.length} empty={null}>
        {shown !== undefined && (
          <Card key={shown.name}>
            <ul className={classes.list} aria-label={t(`settings.group.${shown.name}`)}>
              {shown.items.map((item) => (
                <SettingRow key={`${item.name} ${JSON.stringify(item.value)}`} item={item} />
              ))}
            </ul>
          </Card>
        )}
      </ListState>
    </Page>
  );
}
