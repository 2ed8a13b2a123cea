import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { KeywordItem } from '../../../../server/contract/admin-keywords.ts';
import { useAct, useAsk } from '../../../api/ask.ts';
import type { CallAnswer } from '../../../api/call.ts';
import { useMay } from '../../../api/session.ts';
import { useText } from '../../../i18n/language-context.tsx';
import { Link } from '../../../router/link.tsx';
import { pathTo } from '../../../router/routes.ts';
import { Badge } from '../../../ui/badge.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ListPage } from '../../../ui/list-page.tsx';
import { ListState } from '../../../ui/list-state.tsx';
import { FaultLine } from '../../../ui/notice.tsx';
import { OrderedList } from '../../../ui/ordered-list.tsx';
import { SentenceLine } from '../../../ui/sentence-line.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { InboxTabs } from '../inbox-tabs.tsx';
import { RuleForm } from './rule-form.tsx';
import { RulePanel } from './rule-panel.tsx';
import { RuleTrial } from './rule-trial.tsx';
import { actWords, fitWords } from './rule-words.ts';
import classes from './rules.module.css';

type BuiltIn = CallAnswer<'keywords'>['builtIn'][number];

/** Keyword rules in reading order: what is done with texts that come in. */
export function RulesPage({ open }: { readonly open: string | null }) {
  const t = useText();
  const rules = useAsk('keywords', {});
  const carriers = useAsk('carriers', {});
  const rows = rules.data?.items ?? [];
  const carrierName = (id: number) => carriers.data?.items.find((one) => one.id === id)?.name ?? String(id);
  const closed = pathTo('inbox', 'rules');
  const mayAdd = useMay('admin');
  const mayTry = useMay('operator');
  return (
    <ListPage
      title={t('nav.inbox')}
      text={t('rules.text')}
      actions={
        <>
          {mayTry && (
            <Button variant="default" component={Link} to={pathTo('inbox', 'rules', 'try')}>
              {t('rules.try')}
            </Button>
          )}
          {mayAdd && <AddRule />}
        </>
      }
      open={open}
      closed={closed}
      filters={<InboxTabs rules />}
      panel={
        open !== null && (
          <Panel key={open} open={open} rows={rows} carrierName={carrierName} waiting={rules.isPending} />
        )
      }
    >
      <BuiltInRules rules={rules.data?.builtIn ?? []} />
      <ListState query={rules} count={rows.length} empty={<Empty />}>
        <RuleList rows={rows} open={open} carrierName={carrierName} />
        <p className={classes.rest}>
          {t('rules.rest')} <span>→</span> {t('rules.restThen')}
        </p>
      </ListState>
    </ListPage>
  );
}

function AddRule() {
  const t = useText();
  return (
    <Button component={Link} to={pathTo('inbox', 'rules', 'new')} leftSection={<Icon name="plus" />}>
      {t('rules.add')}
    </Button>
  );
}

function Empty() {
  const t = useText();
  const mayAdd = useMay('admin');
  return (
    <EmptyState
      icon="inbox"
      title={t('rules.empty.title')}
      text={t('rules.empty.text')}
      action={mayAdd && <AddRule />}
    />
  );
}

/** The words by which people leave and come back: before all rules, set by settings. */
function BuiltInRules({ rules }: { readonly rules: readonly BuiltIn[] }) {
  const t = useText();
  const used = rules.filter(({ keywords }) => keywords.length > 0);
  if (used.length === 0) return null;
  return (
    <ul className={classes.builtIn}>
      {used.map(({ name, keywords }) => (
        <li key={name}>
          <SentenceLine
            about={t('rules.fit.exact', { keywords: keywords.map((keyword) => `“${keyword}”`).join(', ') })}
            then={t(name === 'opt-in' ? 'rules.act.in' : 'rules.act.out')}
            name={t(`rules.builtIn.${name === 'opt-in' ? 'in' : 'out'}`)}
          />
          <Link to={pathTo('settings', 'guards')}>{t('rules.toSettings')}</Link>
        </li>
      ))}
    </ul>
  );
}

interface RuleListProps {
  readonly rows: readonly KeywordItem[];
  readonly open: string | null;
  readonly carrierName: (id: number) => string;
}

function RuleList({ rows, open, carrierName }: RuleListProps) {
  const t = useText();
  const client = useQueryClient();
  const mayOrder = useMay('admin');
  const order = useAct('keywordOrder', ['keywords']);
  const move = (ids: number[]) =>
    order.mutate({ body: { ids } }, { onSuccess: (answer) => client.setQueryData(['keywords', {}], answer) });
  return (
    <>
      {order.isError && <FaultLine error={order.error} />}
      <OrderedList
        label={t('rules.title')}
        rows={rows}
        idOf={(rule) => rule.id}
        nameOf={(rule) => rule.name}
        linkOf={(rule) => pathTo('inbox', 'rules', rule.id)}
        selected={open}
        onOrder={mayOrder ? move : null}
      >
        {(rule) => (
          <SentenceLine
            about={fitWords(rule, carrierName, t)}
            then={actWords(rule, t)}
            name={rule.name}
            off={!rule.enabled}
          >
            {!rule.enabled && (
              <Badge tone="grey" icon="slash">
                {t('routes.off')}
              </Badge>
            )}
          </SentenceLine>
        )}
      </OrderedList>
    </>
  );
}

interface PanelProps {
  readonly open: string;
  readonly rows: readonly KeywordItem[];
  readonly carrierName: (id: number) => string;
  readonly waiting: boolean;
}

function Panel({ open, rows, carrierName, waiting }: PanelProps) {
  const t = useText();
  const mayAdd = useMay('admin');
  const mayTry = useMay('operator');
  const closed = pathTo('inbox', 'rules');
  if (open === 'try' && mayTry) return <RuleTrial closed={closed} />;
  if (open === 'new' && mayAdd) {
    return (
      <SidePanel label={t('rules.add')} head={<h2>{t('rules.add')}</h2>} closed={closed}>
        <RuleForm rule={null} closed={closed} />
      </SidePanel>
    );
  }
  const rule = rows.find(({ id }) => String(id) === open);
  return <RulePanel rule={rule} carrierName={carrierName} waiting={waiting} closed={closed} />;
}
