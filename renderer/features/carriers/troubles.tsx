import { Switch } from '@mantine/core';
import { carrierTroubles } from '../../../server/contract/carrier-commands.ts';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { Section } from '../../ui/side-panel.tsx';
import classes from './carriers.module.css';

/** Makes a simulated modem fail in the ways in which real ones do. */
export function Troubles({ item }: { readonly item: CarrierItem }) {
  const t = useText();
  const act = useAct('carrierOperate', ['carriers', 'carrier', 'status']);
  const told = String(item.facts['troubles'] ?? '').split(' ');
  const sent = act.isPending && act.variables.body.kind === 'trouble' ? act.variables.body.troubles : null;
  const now = new Set<string>(sent ?? told);
  const turn = (trouble: (typeof carrierTroubles)[number], on: boolean) =>
    act.mutate({
      params: { id: item.id },
      body: {
        kind: 'trouble',
        troubles: carrierTroubles.filter((each) => (each === trouble ? on : now.has(each))),
      },
    });
  return (
    <Section title={t('carriers.troubles')}>
      <p className={classes.quiet}>{t('carriers.troublesText')}</p>
      <Fields>
        {carrierTroubles.map((trouble) => (
          <Switch
            key={trouble}
            label={t(`carriers.trouble.${trouble}`)}
            description={t(`carriers.troubleHelp.${trouble}`)}
            checked={now.has(trouble)}
            disabled={act.isPending}
            onChange={(event) => turn(trouble, event.currentTarget.checked)}
          />
        ))}
      </Fields>
      {act.isError && <FaultLine error={act.error} />}
    </Section>
  );
}
