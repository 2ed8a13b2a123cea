import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { pathTo } from '../../router/routes.ts';
import { CarrierState } from '../../ui/carrier-state.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { PanelMissing, PanelSkeleton, SidePanel } from '../../ui/side-panel.tsx';
import classes from './carriers.module.css';
import { CommandsTab } from './commands-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';

interface CarrierPanelProps {
  readonly item: CarrierItem | undefined;
  readonly waiting: boolean;
  readonly closed: string;
  readonly tab: string | undefined;
}

/** One carrier: how it is and what helps, what can be asked of it, and what it is set to. */
export function CarrierPanel({ item, waiting, closed, tab }: CarrierPanelProps) {
  const t = useText();
  const mayAct = useMay('operator');
  const mayChange = useMay('admin');
  if (item === undefined) {
    return (
      <SidePanel label={t('carriers.panel')} closed={closed}>
        {waiting ? <PanelSkeleton /> : <PanelMissing title={t('carriers.missing')} text={t('panel.notFound.text')} />}
      </SidePanel>
    );
  }
  const tabs = [
    { name: t('carriers.tab.overview'), part: undefined, shown: true },
    { name: t('carriers.tab.commands'), part: 'commands', shown: mayAct },
    { name: t('carriers.tab.settings'), part: 'settings', shown: mayChange },
  ];
  return (
    <SidePanel
      label={t('carriers.panel')}
      closed={closed}
      head={
        <>
          <h2>{item.name}</h2>
          <CarrierState state={item.state} />
        </>
      }
    >
      {mayAct && (
        <div className={classes.tabs}>
          <LinkTabs
            label={item.name}
            tabs={tabs
              .filter(({ shown }) => shown)
              .map(({ name, part }) => ({ name, to: pathTo('carriers', item.id, part), current: tab === part }))}
          />
        </div>
      )}
      {tab === 'commands' && mayAct ? (
        <CommandsTab item={item} />
      ) : tab === 'settings' && mayChange ? (
        <SettingsTab item={item} closed={closed} />
      ) : (
        <OverviewTab item={item} />
      )}
    </SidePanel>
  );
}
