import { isApiError } from '../../api/api-error.ts';
import type { ScheduleItem } from '../../../server/contract/campaign-shapes.ts';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Fault } from '../../ui/notice.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Bubble, Phone } from '../../ui/phone-bubble.tsx';
import { PanelMissing, PanelSkeleton } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { MissedSlots } from './missed-slots.tsx';
import { Times } from './next-runs.tsx';
import { whenWords } from './recurrence-words.ts';
import { ScheduleActions } from './schedule-actions.tsx';
import { ScheduleRuns } from './schedule-runs.tsx';
import { ScheduleState } from './schedule-state.tsx';
import classes from './schedules.module.css';

const often = 15_000;

/** One schedule: when it sends next, what it sends to whom, and what became of its times. */
export function ScheduleDetail({ id }: { readonly id: string }) {
  const { language, t } = useLanguage();
  const known = /^[1-9]\d{0,14}$/u.test(id);
  const schedule = useAsk('schedule', { params: { id: Number(id) } }, { enabled: known, every: often });
  const mayAct = useMay('operator');
  const back = { to: pathTo('schedules'), name: t('nav.schedules') };
  const item = schedule.data;
  if (!known || (schedule.isError && isApiError(schedule.error, 'schedule.not_found'))) {
    return (
      <Page title={t('nav.schedules')} back={back}>
        <PanelMissing title={t('schedules.missing')} text={t('panel.notFound.text')} />
      </Page>
    );
  }
  if (item === undefined) {
    return (
      <Page title={t('nav.schedules')} back={back}>
        {schedule.isError ? (
          <Fault title={t('list.failed')} error={schedule.error} onRetry={() => void schedule.refetch()} />
        ) : (
          <PanelSkeleton />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={item.name}
      text={whenWords(item.cron, language, t)}
      back={back}
      mark={<ScheduleState state={item.state} />}
      actions={mayAct && item.state !== 'cancelled' && <ScheduleActions item={item} />}
    >
      <div className={classes.two}>
        <Card title={t('schedules.next')}>
          {item.nextRuns.length > 0 ? (
            <Times times={item.nextRuns} timeZone={item.timeZone} />
          ) : (
            <p className={classes.quiet}>{t(`schedules.stateHelp.${item.state}`)}</p>
          )}
        </Card>
        <Card title={t('panel.section.facts')}>
          <ScheduleFacts item={item} />
        </Card>
      </div>
      <Card title={t('compose.text')}>
        <ScheduleText item={item} />
      </Card>
      <Card title={t('schedules.runs')}>
        <MissedSlots />
        <ScheduleRuns id={item.id} timeZone={item.timeZone} />
      </Card>
    </Page>
  );
}

function ScheduleFacts({ item }: { readonly item: ScheduleItem }) {
  const t = useText();
  return (
    <Facts>
      <Fact name={t('panel.account')}>{item.account}</Fact>
      <Fact name={t('panel.origin')}>{item.origin}</Fact>
      <Fact name={t('compose.to')}>
        <Audience item={item} />
      </Fact>
      <Fact name={t('schedules.timeZone')}>{item.timeZone}</Fact>
      <Fact name={t('schedules.cron')} copy={item.cron}>
        <code>{item.cron}</code>
      </Fact>
      {item.priority === 'high' && <Fact name={t('compose.priority')}>{t('compose.priority.high')}</Fact>}
      <Fact name={t('schedules.made')}>
        <FullTime iso={item.createdAt} /> · {item.createdBy}
      </Fact>
    </Facts>
  );
}

/** Whom it goes to, by name. */
function Audience({ item }: { readonly item: ScheduleItem }) {
  const t = useText();
  const groups = useAsk('groups', { query: { account: item.account } }, { enabled: item.groups.length > 0 });
  const nameOf = (id: number) =>
    groups.data?.items.find((group) => group.id === id)?.name ?? t('writing.groupGone', { id: String(id) });
  const numbers = item.numbers.length;
  return [...item.groups.map(nameOf), ...(numbers > 0 ? [t('compose.count', { count: numbers })] : [])].join(', ');
}

/** The text, or that of the template as it is now. */
function ScheduleText({ item }: { readonly item: ScheduleItem }) {
  const t = useText();
  const { templateId } = item;
  const template = useAsk('template', { params: { id: templateId ?? 0 } }, { enabled: templateId !== null });
  const text = item.text ?? template.data?.text;
  return (
    <div className={classes.text} translate="no">
      {templateId !== null && (
        <p className={classes.quiet} translate="yes">
          {template.isError ? (
            t('writing.templateGone')
          ) : (
            <>
              {t('schedules.ofTemplate')}{' '}
              <Link to={pathTo('templates', templateId)} className={classes.link}>
                {template.data?.name ?? ''}
              </Link>
            </>
          )}
        </p>
      )}
      {text !== undefined && (
        <Phone>
          <Bubble parts={[text]} />
        </Phone>
      )}
    </div>
  );
}
