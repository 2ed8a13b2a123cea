import { Button } from '@mantine/core';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions } from '../../ui/dialog.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Section } from '../../ui/side-panel.tsx';
import { Answer } from './answer.tsx';
import { AtConsole } from './at-console.tsx';
import classes from './carriers.module.css';
import { Troubles } from './troubles.tsx';
import { UssdDialogue } from './ussd-dialogue.tsx';

/** What can be asked of a carrier while it works. */
export function CommandsTab({ item }: { readonly item: CarrierItem }) {
  const t = useText();
  const mayCommand = useMay('admin');
  const isModem = item.kind === 'modem' || item.kind === 'simulator';
  if (!item.enabled) return <Hint tone="grey">{t('carriers.commandsOff')}</Hint>;
  return (
    <div className={classes.body}>
      <Asks item={item} />
      {isModem && <UssdDialogue id={item.id} />}
      {isModem && mayCommand && <AtConsole id={item.id} />}
      {item.kind === 'simulator' && <Troubles item={item} />}
    </div>
  );
}

/** Questions that need no words. */
function Asks({ item }: { readonly item: CarrierItem }) {
  const t = useText();
  const ask = useAct('carrierOperate', ['carriers', 'carrier', 'status']);
  const asked = (kind: 'probe' | 'balance') => ask.mutate({ params: { id: item.id }, body: { kind } });
  const busy = (kind: 'probe' | 'balance') => ask.isPending && ask.variables.body.kind === kind;
  return (
    <Section title={t('carriers.ask')}>
      <Actions start>
        <Button variant="default" loading={busy('probe')} onClick={() => asked('probe')}>
          {t('carriers.probe')}
        </Button>
        {item.kind !== 'smpp' && (
          <Button variant="default" loading={busy('balance')} onClick={() => asked('balance')}>
            {t('carriers.balance')}
          </Button>
        )}
      </Actions>
      {ask.isError && <FaultLine error={ask.error} />}
      {ask.data !== undefined && <Answer answer={ask.data} />}
    </Section>
  );
}
