import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { isAway } from '../../api/api-error.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { fullTime } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AudienceField } from '../../writing/audience-field.tsx';
import { campaignOf, campaignReason, messageOf, mostTyped, nameOf } from '../../writing/draft.ts';
import type { CampaignReason, Draft, Request } from '../../writing/draft.ts';
import { useOutlook } from '../../writing/outlook.ts';
import { PreviewPane } from '../../writing/preview-pane.tsx';
import { ClientRefField, MissingField, PriorityField, SenderFields, WhenField } from '../../writing/sender-fields.tsx';
import { TemplateField } from '../../writing/template-field.tsx';
import { TextField } from '../../writing/text-field.tsx';
import { useTextNames } from '../../writing/text-names.ts';
import { useDraft } from '../../writing/use-draft.ts';
import classes from '../../writing/writing.module.css';

/** Recipients from which on the reader is asked once more. */
const askFrom = 20;

/** Writes a message, shows what it will be while it is typed, and sends it now or later. */
export function ComposePage() {
  const { language, t } = useLanguage();
  const form = useDraft();
  const { draft, set } = form;
  const reason = campaignReason(draft, useMostInOne());
  const request = reason === null ? messageOf(draft) : campaignOf(draft);
  const preview = useOutlook(request);
  const count = preview.outlook?.sendTo ?? 0;
  const sending = useSending(draft, request, count);
  const [asking, setAsking] = useState(false);
  const ready = preview.current && preview.error === null && count > 0;
  const label = useLabel(draft, count);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!ready || sending.isPending) return;
    if (count >= askFrom) setAsking(true);
    else sending.send(() => {});
  }

  const at = preview.outlook?.scheduledTime ?? null;
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
          <AudienceField draft={draft} onChange={set} />
          <TextPart draft={draft} onChange={set} />
          <WhenField draft={draft} onChange={set} />
          <MoreFields draft={draft} reason={reason} onChange={set} />
          {reason !== null && request !== null && <Hint tone="blue">{t(`compose.campaign.${reason}`)}</Hint>}
          {sending.error !== null && <FaultLine error={sending.error} />}
          {isAway(sending.error) && <p className={classes.fault}>{t('compose.away')}</p>}
          <div>
            <Button type="submit" size="md" disabled={!ready} loading={sending.isPending}>
              {label}
            </Button>
          </div>
        </div>
        <PreviewPane outlook={preview.outlook} error={preview.error} text={draft.text} />
      </form>
      <Confirm
        open={asking}
        title={t('compose.confirm.title', { count })}
        action={label}
        busy={sending.isPending}
        error={null}
        onClose={() => setAsking(false)}
        onConfirm={() => sending.send(() => setAsking(false))}
      >
        <p>{t('compose.confirm.credits', { count: preview.outlook?.credits ?? 0 })}</p>
        <p>{at === null ? t('compose.confirm.now') : t('compose.confirm.at', { time: fullTime(at, language) })}</p>
      </Confirm>
    </Page>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (changes: Partial<Draft>) => void;
}

function TextPart({ draft, onChange }: PartProps) {
  const t = useText();
  const names = useTextNames(draft);
  return (
    <>
      <TemplateField
        account={draft.account}
        label={t('writing.template')}
        none={t('writing.templateChoose')}
        onTemplate={(template) => template !== null && onChange({ text: template.text })}
      />
      <TextField text={draft.text} names={names} onText={(text) => onChange({ text })} />
    </>
  );
}

/** What most messages do not need. */
function MoreFields({ draft, reason, onChange }: PartProps & { readonly reason: CampaignReason | null }) {
  const t = useText();
  return (
    <details className={classes.more}>
      <summary>{t('compose.more')}</summary>
      <div className={classes.two}>
        <PriorityField draft={draft} onChange={onChange} />
        {reason === null ? (
          <ClientRefField draft={draft} onChange={onChange} />
        ) : (
          <MissingField draft={draft} onChange={onChange} />
        )}
      </div>
    </details>
  );
}

/** What the button does, and to how many; while nothing can be sent only the verb. */
function useLabel({ when }: Draft, count: number): string {
  const t = useText();
  if (count === 0) return when === 'later' ? t('compose.planNothing') : t('compose.sendNothing');
  return when === 'later' ? t('compose.plan', { count }) : t('compose.send', { count });
}

/** How many recipients one request takes. */
function useMostInOne(): number {
  const settings = useAsk('settings', {});
  const value = Number(settings.data?.items.find(({ name }) => name === 'message.maxRecipients')?.value);
  return Number.isFinite(value) && value > 0 ? Math.min(value, mostTyped) : mostTyped;
}

/** Sends what is written, and goes to where it can be watched. */
function useSending(draft: Draft, request: Request | null, count: number) {
  const t = useText();
  const say = useToast();
  const send = useAct('send', ['messages', 'overview', 'accounts']);
  const begin = useAct('campaignCreate', ['campaigns', 'messages', 'overview', 'accounts']);
  function go(settled: () => void): void {
    if (request?.kind === 'message') {
      send.mutate(
        { body: request.body },
        {
          onSuccess: (answer) => {
            say(answer.status === 'scheduled' ? t('compose.planned') : t('compose.sent', { count }));
            navigate(pathTo('messages', answer.uuid), { force: true });
          },
          onSettled: settled,
        },
      );
    } else if (request !== null) {
      begin.mutate(
        { body: { ...request.body, name: nameOf(draft) } },
        {
          onSuccess: (campaign) => {
            say(campaign.scheduledTime === null ? t('compose.sent', { count }) : t('compose.planned'));
            navigate(pathTo('campaigns', campaign.id), { force: true });
          },
          onSettled: settled,
        },
      );
    }
  }
  return { send: go, isPending: send.isPending || begin.isPending, error: send.error ?? begin.error };
}
