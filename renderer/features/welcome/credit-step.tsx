import { Button } from '@mantine/core';
import { useAct } from '../../api/ask.ts';
import type { CallAnswer } from '../../api/call.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import classes from './welcome.module.css';

const firstCredits = 1000;

/** Whether the box counts credits, and how many there are to begin with. */
export function CreditStep({ account }: { readonly account: CallAnswer<'accounts'>['items'][number] | undefined }) {
  const { language, t } = useLanguage();
  const add = useAct('creditAdd', ['accounts']);
  const change = useAct('accountSet', ['accounts']);
  if (account === undefined) return null;
  if (!account.metered) return <p>{t('welcome.notCounted')}</p>;
  if (account.balance > 0) return <p>{t('welcome.credits', { count: account.balance })}</p>;
  return (
    <>
      <div className={classes.row}>
        <Button
          loading={change.isPending}
          onClick={() => change.mutate({ params: { name: account.name }, body: { metered: false } })}
        >
          {t('welcome.dontCount')}
        </Button>
        <Button
          variant="default"
          loading={add.isPending}
          onClick={() => add.mutate({ body: { amount: firstCredits, account: account.name } })}
        >
          {t('welcome.addCredits', { number: wholeNumber(firstCredits, language) })}
        </Button>
      </div>
      {add.isError && <FaultLine error={add.error} />}
      {change.isError && <FaultLine error={change.error} />}
    </>
  );
}
