import { Button } from '@mantine/core';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAct } from '../../api/ask.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useNow } from '../../ui/clock.ts';
import { carrierWords } from '../../ui/reason-words.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { CarrierState } from '../../ui/carrier-state.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import classes from './welcome.module.css';

/** What messages leave through: a real carrier, or a simulated modem to try the box with. */
export function CarrierStep({ carriers }: { readonly carriers: readonly CarrierItem[] }) {
  const { language, t } = useLanguage();
  const now = useNow();
  const add = useAct('carrierAdd', ['carriers', 'status']);
  return (
    <>
      {carriers.map((carrier) => (
        <div key={carrier.id} className={classes.row}>
          <b>{carrier.name}</b>
          <CarrierState state={carrier.state} />
          {carrier.reason !== '' && <span className={classes.reason}>{carrierWords(carrier, now, language, t)}</span>}
        </div>
      ))}
      {carriers.length === 0 && (
        <div className={classes.row}>
          <Button component={Link} to={pathTo('carriers', 'new')}>
            {t('carriers.add')}
          </Button>
          <Button variant="default" loading={add.isPending} onClick={() => add.mutate({ body: { kind: 'simulator' } })}>
            {t('welcome.simulator')}
          </Button>
        </div>
      )}
      {add.isError && <FaultLine error={add.error} />}
    </>
  );
}
