import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { isAway } from '../../api/api-error.ts';
import { fullTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import classes from './compose.module.css';
import { MoreFields, SenderFields, WhenField } from './compose-fields.tsx';
import { PreviewPane } from './preview-pane.tsx';
import { RecipientsField } from './recipients-field.tsx';
import { TextField } from './text-field.tsx';
import { bodyOf, useDraft, usePreview } from './use-draft.ts';

/** Recipients from which on the reader is asked once more. */
const askFrom = 20;

/** Writes a message, shows what it will be while it is typed, and sends it now or later. */
export function ComposePage() {
  const { language, t } = useLanguage();
  const say = useToast();
  const form = useDraft();
  const { draft, set } = form;
  const preview = usePreview(draft);
  const send = useAct('send', ['messages', 'overview', 'accounts']);
  const [asking, setAsking] = useState(false);
  const count = preview.answer === null ? 0 : countOf(preview.answer);
  const ready = preview.current && preview.answer !== null && preview.error === null && count > 0;

  function sendNow(): void {
    const body = bodyOf(draft);
    if (body === null) return;
    send.mutate(
      { body },
      {
        onSuccess: (answer) => {
          setAsking(false);
          say(answer.status === 'scheduled' ? t('compose.planned') : t('compose.sent', { count }));
          navigate(pathTo('messages', answer.uuid), { force: true });
        },
        onError: () => setAsking(false),
      },
    );
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!ready || send.isPending) return;
    if (count >= askFrom) setAsking(true);
    else sendNow();
  }

  const at = preview.answer?.scheduledTime ?? null;
  return (
    <Page title={t('nav.compose')} text={t('compose.intro')}>
      <LeaveGuard when={form.dirty} />
      <form
        className={classes.page}
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
        }}
      >
        <div className={classes.form}>
          <SenderFields form={form} />
          <RecipientsField
            numbers={draft.numbers}
            table={draft.table}
            onNumbers={(numbers) => set({ numbers })}
            onTable={(table) => set({ table })}
          />
          <TextField
            text={draft.text}
            names={draft.table?.names.filter((_, column) => column !== draft.table?.numberAt) ?? []}
            onText={(text) => set({ text })}
          />
          <WhenField when={draft.when} at={draft.at} onChange={set} />
          <MoreFields draft={draft} onChange={set} />
          {send.isError && <FaultLine error={send.error} />}
          {send.isError && isAway(send.error) && <p className={classes.fault}>{t('compose.away')}</p>}
          <div>
            <Button type="submit" size="md" disabled={!ready} loading={send.isPending}>
              {draft.when === 'later' ? t('compose.plan', { count }) : t('compose.send', { count })}
            </Button>
          </div>
        </div>
        <PreviewPane answer={preview.answer} error={preview.error} text={draft.text} />
      </form>
      <Confirm
        open={asking}
        title={t('compose.confirm.title', { count })}
        action={at === null ? t('compose.send', { count }) : t('compose.plan', { count })}
        busy={send.isPending}
        error={null}
        onClose={() => setAsking(false)}
        onConfirm={sendNow}
      >
        <p>{t('compose.confirm.credits', { count: preview.answer?.totalCredit ?? 0 })}</p>
        <p>{at === null ? t('compose.confirm.now') : t('compose.confirm.at', { time: fullTime(at, language) })}</p>
      </Confirm>
    </Page>
  );
}

function countOf(answer: { totalMsisdn: number; blockedCount: number; invalidCount: number }): number {
  return answer.totalMsisdn - answer.blockedCount - answer.invalidCount;
}
