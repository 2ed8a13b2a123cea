import { useAsk } from '../../api/ask.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useAccountChoice } from '../../router/history.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/page.tsx';
import classes from './dashboard.module.css';

/** What each account still has. */
export function AccountsCard() {
  const { language, t } = useLanguage();
  const accounts = useAsk('accounts', {});
  const chosen = useAccountChoice();
  const shown = accounts.data?.items.filter(({ name }) => chosen === null || name === chosen) ?? [];
  return (
    <Card title={t('dashboard.credits')}>
      <ul className={classes.list}>
        {shown.map((account) => (
          <li key={account.id} className={classes.account}>
            <span className={classes.name}>{account.name}</span>
            {isLow(account) && (
              <Badge tone="orange" icon="alert">
                {t('credits.low')}
              </Badge>
            )}
            <span className={classes.amount}>
              {account.metered ? wholeNumber(account.balance, language) : t('credits.unmetered')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function isLow(account: { metered: boolean; balance: number; lowCreditThreshold: number | null }): boolean {
  return account.metered && (account.balance <= 0 || account.balance < (account.lowCreditThreshold ?? 0));
}
