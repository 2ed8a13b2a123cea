import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ScheduleItem } from '../../../server/contract/campaign-shapes.ts';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { TimeZoneField } from '../../ui/time-zone-field.tsx';
import { AudienceField } from '../../writing/audience-field.tsx';
import { campaignOf } from '../../writing/draft.ts';
import type { Draft } from '../../writing/draft.ts';
import { useOutlook } from '../../writing/outlook.ts';
import { PreviewPane } from '../../writing/preview-pane.tsx';
import { MissingField, PriorityField, SenderFields } from '../../writing/sender-fields.tsx';
import { useDraft } from '../../writing/use-draft.ts';
import writing from '../../writing/writing.module.css';
import { MissedSlots } from './missed-slots.tsx';
import { NextRuns } from './next-runs.tsx';
import { RecurrenceField } from './recurrence-field.tsx';
import { cronOf } from './recurrence.ts';
import type { Recurrence } from './recurrence.ts';
import { ScheduleTextField } from './schedule-text-field.tsx';
import { useSave } from './use-save.ts';

interface ScheduleFormProps {
  /** What is changed; a new one without it. */
  readonly item?: ScheduleItem;
  readonly begun: Partial<Draft>;
  readonly recurrence: Recurrence;
}

/** What is sent, to whom and how often; what that comes to is shown while it is chosen. */
export function ScheduleForm({ item, begun, recurrence: first }: ScheduleFormProps) {
  const t = useText();
  const form = useDraft(begun);
  const { draft, set } = form;
  const [recurrence, setRecurrence] = useState(first);
  const zone = useZone(item);
  const [faulty, setFaulty] = useState(false);
  const request = campaignOf({ ...draft, when: 'now' });
  const preview = useOutlook(request);
  const cron = cronOf(recurrence);
  const save = useSave(item);
  const back = item === undefined ? pathTo('schedules') : pathTo('schedules', item.id);
  const title = item === undefined ? t('schedules.new') : t('schedules.editTitle', { name: item.name });

  function submit(event: FormEvent): void {
    event.preventDefault();
    const good = draft.name.trim() !== '' && cron !== null && request?.kind === 'campaign';
    setFaulty(!good);
    if (good) save.save({ name: draft.name.trim(), cron, timeZone: zone.value }, request.body);
  }

  return (
    <Page title={title} text={t('schedules.formText')} back={{ to: pathTo('schedules'), name: t('nav.schedules') }}>
      <LeaveGuard when={form.dirty || recurrence !== first || zone.changed} />
      <form className={writing.page} onSubmit={submit} noValidate>
        <div className={writing.form}>
          <TextInput
            label={t('campaigns.name')}
            maxLength={64}
            value={draft.name}
            error={faulty && draft.name.trim() === '' ? t('field.required') : undefined}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <RecurrenceField value={recurrence} onChange={(changes) => setRecurrence({ ...recurrence, ...changes })} />
          <TimeZoneField label={t('schedules.timeZone')} text={zone.value} onChange={zone.set} />
          <NextRuns cron={cron} timeZone={zone.value} />
          <MissedSlots />
          <SenderFields form={form} fixed={item !== undefined} />
          <AudienceField draft={draft} onChange={set} files={false} />
          <ScheduleTextField draft={draft} onChange={set} />
          <div className={writing.two}>
            <MissingField draft={draft} onChange={set} />
            <PriorityField draft={draft} onChange={set} />
          </div>
          {save.error !== null && <FaultLine error={save.error} />}
          {faulty && request === null && (
            <p role="alert" className={writing.fault}>
              {t('schedules.incomplete')}
            </p>
          )}
          <Actions start>
            <Button type="submit" size="md" loading={save.isPending}>
              {item === undefined ? t('schedules.create') : t('form.save')}
            </Button>
            <Button variant="default" size="md" onClick={() => navigate(back)}>
              {t('action.cancel')}
            </Button>
          </Actions>
        </div>
        <PreviewPane outlook={preview.outlook} error={preview.error} text={draft.text} />
      </form>
    </Page>
  );
}

/** The time zone: that of the schedule, else of the box, until another is chosen. */
function useZone(item: ScheduleItem | undefined) {
  const settings = useAsk('settings', {});
  const [chosen, set] = useState(item?.timeZone ?? null);
  const usual = settings.data?.items.find(({ name }) => name === 'box.timeZone')?.value;
  const before = item?.timeZone ?? null;
  return { value: chosen ?? (typeof usual === 'string' ? usual : ''), changed: chosen !== before, set };
}
