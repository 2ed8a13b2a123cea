import { Button } from '@mantine/core';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { AccountState } from './account-state.tsx';
import type { Account } from './account-state.tsx';
import { AccountTerms } from './account-terms.tsx';

interface AccountPanelProps {
  readonly account: Account | undefined;
  readonly waiting: boolean;
  readonly closed: string;
}

/** One account: its credits, what belongs to it, and the terms on which it sends. */
export function AccountPanel({ account, waiting, closed }: AccountPanelProps) {
  const t = useText();
  const mayChange = useMay('admin');
  if (account === undefined) {
    return (
      <SidePanel label={t('accounts.panel')} closed={closed}>
        {waiting ? <PanelSkeleton /> : <PanelMissing title={t('accounts.missing')} text={t('panel.notFound.text')} />}
      </SidePanel>
    );
  }
  const ofThis = `?account=${encodeURIComponent(account.name)}`;
  return (
    <SidePanel
      label={t('accounts.panel')}
      closed={closed}
      head={
        <>
          <h2>{account.name}</h2>
          <AccountState account={account} />
        </>
      }
    >
      <Belongings name={account.name} />
      <Actions start>
        {(['messages', 'credits', 'keys'] as const).map((page) => (
          <Button key={page} component={Link} to={`${pathTo(page)}${ofThis}`} variant="default" size="sm">
            {t(`nav.${page}`)}
          </Button>
        ))}
      </Actions>
      {mayChange && <AccountTerms key={account.name} account={account} />}
    </SidePanel>
  );
}

function Belongings({ name }: { readonly name: string }) {
  const { language, t } = useLanguage();
  const view = useAsk('account', { params: { name } });
  if (view.data === undefined) return <PanelSkeleton />;
  const account = view.data;
  const count = (value: number) => wholeNumber(value, language);
  return (
    <>
      <Facts>
        <Fact name={t('credits.balance')}>{count(account.balance)}</Fact>
        <Fact name={t('nav.keys')}>{count(account.keys)}</Fact>
        <Fact name={t('nav.senders')}>{count(account.senders.approved)}</Fact>
        <Fact name={t('nav.webhooks')}>{count(account.webhooks.active + account.webhooks.inactive)}</Fact>
        {/* The first account is as old as the box, which does not know its own age. */}
        {Date.parse(account.createdAt) > 0 && (
          <Fact name={t('keys.created')}>
            <FullTime iso={account.createdAt} />
          </Fact>
        )}
      </Facts>
      <Section title={t('accounts.last30Days')}>
        <Facts>
          <Fact name={t('state.sent')}>{count(account.last30Days.sent)}</Fact>
          <Fact name={t('state.delivered')}>{count(account.last30Days.delivered)}</Fact>
          <Fact name={t('state.failed')}>{count(account.last30Days.failed)}</Fact>
        </Facts>
      </Section>
    </>
  );
}
