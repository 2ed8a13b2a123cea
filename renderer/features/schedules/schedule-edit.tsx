import { useAsk } from '../../api/ask.ts';
import type { ScheduleItem } from '../../../server/contract/campaign-shapes.ts';
import { useText } from '../../i18n/language-context.tsx';
import { pathTo } from '../../router/routes.ts';
import { Fault } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { PanelSkeleton } from '../../ui/side-panel.tsx';
import type { Draft } from '../../writing/draft.ts';
import { usualRecurrence, recurrenceOf } from './recurrence.ts';
import { ScheduleForm } from './schedule-form.tsx';

/** A schedule that is still to be made. */
export function NewSchedule() {
  return <ScheduleForm begun={{}} recurrence={usualRecurrence} />;
}

/** A schedule that is changed; its form begins with what it is now. */
export function EditSchedule({ id }: { readonly id: string }) {
  const t = useText();
  const schedule = useAsk('schedule', { params: { id: Number(id) } });
  if (schedule.data === undefined) {
    return (
      <Page title={t('schedules.edit')} back={{ to: pathTo('schedules'), name: t('nav.schedules') }}>
        {schedule.isError ? (
          <Fault title={t('list.failed')} error={schedule.error} onRetry={() => void schedule.refetch()} />
        ) : (
          <PanelSkeleton />
        )}
      </Page>
    );
  }
  return (
    <ScheduleForm item={schedule.data} begun={draftOf(schedule.data)} recurrence={recurrenceOf(schedule.data.cron)} />
  );
}

function draftOf(item: ScheduleItem): Partial<Draft> {
  return {
    account: item.account,
    origin: item.origin,
    name: item.name,
    text: item.text ?? '',
    templateId: item.templateId,
    groups: item.groups,
    numbers: item.numbers.join('\n'),
    priority: item.priority,
    missing: item.missing,
  };
}
