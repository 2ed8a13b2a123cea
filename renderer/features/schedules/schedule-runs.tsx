import type { ScheduleRun } from '../../../server/contract/campaign-shapes.ts';
import { usePages } from '../../api/ask.ts';
import { dayTime } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { ListState, More } from '../../ui/list-state.tsx';
import { RunOutcome } from './schedule-state.tsx';
import classes from './schedules.module.css';

const pageSize = 20;
const often = 15_000;

interface ScheduleRunsProps {
  readonly id: number;
  readonly timeZone: string;
}

/** What became of the times of a schedule, newest first. */
export function ScheduleRuns({ id, timeZone }: ScheduleRunsProps) {
  const { language, t } = useLanguage();
  const runs = usePages('scheduleRuns', { params: { id } }, pageSize, { every: () => often });
  return (
    <ListState query={runs} count={runs.items.length} empty={<p className={classes.quiet}>{t('schedules.noRuns')}</p>}>
      <ul className={classes.runs} aria-label={t('schedules.runs')}>
        {runs.items.map((run) => (
          <li key={run.slot}>
            <time dateTime={run.slot}>{dayTime(run.slot, language, timeZone)}</time>
            <RunOutcome outcome={run.outcome} />
            <Why run={run} />
            {run.campaignId !== null && <Link to={pathTo('campaigns', run.campaignId)}>{t('schedules.campaign')}</Link>}
          </li>
        ))}
      </ul>
      {runs.hasNextPage && <More query={runs} />}
    </ListState>
  );
}

/** Why a time was late, skipped or failed; the box's own words are in the tooltip. */
function Why({ run }: { readonly run: ScheduleRun }) {
  const t = useText();
  const minutes = Math.max(1, Math.round((Date.parse(run.at) - Date.parse(run.slot)) / 60_000));
  const words = {
    sent: '',
    manual: '',
    late: t('schedules.whyLate', { count: minutes }),
    skipped: t('schedules.whySkipped', { count: minutes }),
    failed: t('schedules.whyFailed', { reason: run.note ?? '' }),
  }[run.outcome];
  return <span title={run.note ?? undefined}>{words}</span>;
}
