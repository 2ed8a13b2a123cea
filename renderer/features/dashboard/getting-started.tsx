import { Button } from '@mantine/core';
import type { BoxStatus } from '../../../server/contract/admin-shapes.ts';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Icon } from '../../ui/icon.tsx';
import { Card } from '../../ui/page.tsx';
import classes from './dashboard.module.css';

/** What a box needs before its first message, with what is done already; stands where figures will be. */
export function GettingStarted({ status }: { readonly status: BoxStatus }) {
  const t = useText();
  const mayAdd = useMay('admin');
  const maySend = useMay('operator');
  const senders = useAsk('senders', {});
  const accounts = useAsk('accounts', {});
  const steps = [
    { name: 'carrier', to: pathTo('carriers', ...(mayAdd ? ['new'] : [])), done: status.carriers.length > 0 },
    {
      name: 'sender',
      to: pathTo('senders'),
      done: senders.data?.items.some(({ state }) => state === 'approved') ?? false,
    },
    {
      name: 'credits',
      to: pathTo('credits'),
      done: accounts.data?.items.some(({ metered, balance }) => !metered || balance > 0) ?? false,
    },
    { name: 'message', to: pathTo(maySend ? 'compose' : 'messages'), done: false },
  ] as const;
  return (
    <Card title={t('start.title')} text={t('start.text')}>
      <ol className={classes.steps}>
        {steps.map(({ name, to, done }, index) => (
          <li key={name} data-done={done} data-tone={done ? 'green' : 'grey'}>
            <span className={classes.stepMark}>{done ? <Icon name="tick" /> : index + 1}</span>
            <Link to={to}>{t(`start.${name}`)}</Link>
            <span className={classes.quiet}>{done ? t('start.done') : t(`start.${name}Help`)}</span>
          </li>
        ))}
      </ol>
      {mayAdd && (
        <div className={classes.startAction}>
          <Button component={Link} to={pathTo('welcome')}>
            {t('start.go')}
          </Button>
        </div>
      )}
    </Card>
  );
}
