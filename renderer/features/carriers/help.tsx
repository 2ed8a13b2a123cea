import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { FaultLine } from '../../ui/notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/clock.ts';
import { carrierWords } from '../../ui/reason-words.ts';
import { carrierLooks } from '../../ui/carrier-state.tsx';
import classes from './carriers.module.css';
import { PinDialog } from './pin-dialog.tsx';

/** Why a carrier does not send, loud where messages wait for it, and what helps within reach. Nothing while it is ready. */
export function Help({ item }: { readonly item: CarrierItem }) {
  const { language, t } = useLanguage();
  const now = useNow();
  const { state, facts } = item;
  const warning = typeof facts['warning'] === 'string' ? facts['warning'] : '';
  if (state === 'ready') {
    return warning === '' ? null : (
      <div className={classes.help} data-tone="orange">
        <Icon name="info" size={20} />
        <div>
          <p>{warning}</p>
        </div>
      </div>
    );
  }
  const { tone, icon } = carrierLooks[state];
  return (
    <div className={classes.help} data-tone={tone} role={state === 'faulty' ? 'alert' : 'status'}>
      <Icon name={icon} size={20} />
      <div>
        <b>{t(`carriers.means.${state}`)}</b>
        {state !== 'disabled' && state !== 'paused' && <p>{carrierWords(item, now, language, t)}</p>}
        {warning !== '' && <p>{warning}</p>}
        <Remedies item={item} />
      </div>
    </div>
  );
}

/** What can be done about it, as buttons. */
function Remedies({ item }: { readonly item: CarrierItem }) {
  const t = useText();
  const mayAct = useMay('operator');
  const mayChange = useMay('admin');
  const [asking, setAsking] = useState(false);
  const enable = useAct('carrierEnable', ['carriers', 'carrier', 'status']);
  const resume = useAct('carrierResume', ['carriers', 'carrier', 'status']);
  const { id, kind, state, facts } = item;
  const wantsPin = facts['sim'] === 'pin' || facts['sim'] === 'pin-refused';
  const isTroubled = typeof facts['troubles'] === 'string';
  const input = { params: { id } };
  const error = enable.error ?? resume.error;
  return (
    <>
      <div className={classes.remedies}>
        {mayChange && kind === 'modem' && wantsPin && (
          <Button size="xs" onClick={() => setAsking(true)}>
            {t('carriers.enterPin')}
          </Button>
        )}
        {mayAct && state === 'disabled' && (
          <Button size="xs" loading={enable.isPending} onClick={() => enable.mutate(input)}>
            {t('carriers.enable')}
          </Button>
        )}
        {mayAct && state === 'paused' && (
          <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate(input)}>
            {t('carriers.resume')}
          </Button>
        )}
        {mayAct && isTroubled && (
          <Button size="xs" variant="default" component={Link} to={pathTo('carriers', id, 'commands')}>
            {t('carriers.seeTroubles')}
          </Button>
        )}
        {mayChange && (state === 'faulty' || state === 'waiting') && (kind === 'smpp' || kind === 'upstream') && (
          <Button size="xs" variant="default" component={Link} to={pathTo('carriers', id, 'settings')}>
            {t('carriers.checkSettings')}
          </Button>
        )}
      </div>
      {error !== null && <FaultLine error={error} />}
      <PinDialog item={item} open={asking} onClose={() => setAsking(false)} />
    </>
  );
}
