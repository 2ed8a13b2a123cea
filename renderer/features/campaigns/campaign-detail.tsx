import { useAsk } from '../../api/ask.ts';
import { isApiError } from '../../api/api-error.ts';
import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Fault } from '../../ui/notice.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { PanelMissing, PanelSkeleton } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import classes from './campaign-detail.module.css';
import { CampaignMessages } from './campaign-messages.tsx';
import { isOver } from './campaign-counts.ts';
import { CampaignProblem } from './campaign-problem.tsx';
import { CampaignProgress } from './campaign-progress.tsx';
import { CampaignState } from './campaign-state.tsx';

/** Milliseconds after which a campaign that is under way is looked at again. */
const often = 2_000;
const seldom = 30_000;

/** One campaign: how far it is, what it says and to whom, and the messages that it became. */
export function CampaignDetail({ id }: { readonly id: string }) {
  const t = useText();
  const known = /^[1-9]\d{0,14}$/u.test(id);
  const campaign = useAsk(
    'campaign',
    { params: { id: Number(id) } },
    { enabled: known, every: (item) => (item === undefined || isMoving(item) ? often : seldom) },
  );
  const back = { to: pathTo('campaigns'), name: t('nav.campaigns') };
  const mayAct = useMay('operator');
  const item = campaign.data;
  if (!known || (campaign.isError && isApiError(campaign.error, 'campaign.not_found'))) {
    return (
      <Page title={t('nav.campaigns')} back={back}>
        <PanelMissing title={t('campaigns.missing')} text={t('panel.notFound.text')} />
      </Page>
    );
  }
  if (item === undefined) {
    return (
      <Page title={t('nav.campaigns')} back={back}>
        {campaign.isError ? (
          <Fault title={t('list.failed')} error={campaign.error} onRetry={() => void campaign.refetch()} />
        ) : (
          <PanelSkeleton />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={item.name}
      back={back}
      mark={<CampaignState item={item} />}
      actions={mayAct && <CampaignActions item={item} />}
    >
      {item.problem !== null && <CampaignProblem problem={item.problem} />}
      <CampaignProgress item={item} at={campaign.dataUpdatedAt} />
      <div className={classes.two}>
        <Card title={t('compose.text')}>
          <p className={classes.bubble} translate="no">
            {item.text}
          </p>
        </Card>
        <Card title={t('panel.section.facts')}>
          <CampaignFacts item={item} />
        </Card>
      </div>
      <Card title={t('nav.messages')} text={t('campaigns.messagesText')}>
        <CampaignMessages item={item} moving={isMoving(item)} />
      </Card>
    </Page>
  );
}

function isMoving(item: CampaignItem): boolean {
  return !isOver(item) && item.state !== 'paused';
}

function CampaignFacts({ item }: { readonly item: CampaignItem }) {
  const { language, t } = useLanguage();
  return (
    <Facts>
      <Fact name={t('panel.account')}>{item.account}</Fact>
      <Fact name={t('panel.origin')}>{item.origin}</Fact>
      <Fact name={t('compose.to')}>
        <Audience item={item} />
      </Fact>
      <Fact name={t('panel.credits')}>
        {wholeNumber(item.credits, language)}
        {item.refundedCount > 0 && ` · ${t('panel.refunded', { count: item.refundedCount })}`}
      </Fact>
      {item.priority === 'high' && <Fact name={t('compose.priority')}>{t('compose.priority.high')}</Fact>}
      <Fact name={t('campaigns.begun')}>
        <FullTime iso={item.createdAt} /> · {item.createdBy}
      </Fact>
      {item.scheduledTime !== null && (
        <Fact name={t('panel.scheduled')}>
          <FullTime iso={item.scheduledTime} />
        </Fact>
      )}
      {item.finishedAt !== null && (
        <Fact name={t('panel.completed')}>
          <FullTime iso={item.finishedAt} />
        </Fact>
      )}
      {item.scheduleId !== null && (
        <Fact name={t('campaigns.ofSchedule')}>
          <Link to={pathTo('schedules', item.scheduleId)} className={classes.link}>
            {t('campaigns.schedule', { id: String(item.scheduleId) })}
          </Link>
        </Fact>
      )}
    </Facts>
  );
}

/** Whom it was for, by name. */
function Audience({ item }: { readonly item: CampaignItem }) {
  const t = useText();
  const groups = useAsk('groups', { query: { account: item.account } }, { enabled: item.groups.length > 0 });
  const nameOf = (id: number) =>
    groups.data?.items.find((group) => group.id === id)?.name ?? t('writing.groupGone', { id: String(id) });
  const named = [
    ...item.groups.map(nameOf),
    ...(item.numbers > 0 ? [t('compose.count', { count: item.numbers })] : []),
    ...(item.importId === null ? [] : [t('campaigns.file')]),
  ];
  return named.join(', ');
}
