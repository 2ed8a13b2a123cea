import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { fullTime } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions, Confirm } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Hint } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AudienceField } from '../../writing/audience-field.tsx';
import { campaignOf } from '../../writing/draft.ts';
import type { Draft, Request } from '../../writing/draft.ts';
import { useOutlook } from '../../writing/outlook.ts';
import type { Outlook } from '../../writing/outlook.ts';
import { PreviewPane } from '../../writing/preview-pane.tsx';
import { MissingField, PriorityField, SenderFields, WhenField } from '../../writing/sender-fields.tsx';
import { TemplateField } from '../../writing/template-field.tsx';
import { TextField } from '../../writing/text-field.tsx';
import { useTextNames } from '../../writing/text-names.ts';
import { useDraft } from '../../writing/use-draft.ts';
import classes from '../../writing/writing.module.css';

interface CampaignFormProps {
  readonly begun: Partial<Draft>;
  /** The file of the campaign that this one is like is not kept any more. */
  readonly fileGone?: boolean;
}

/** Writes a campaign, shows what it will be, and begins it after one more look. */
export function CampaignForm({ begun, fileGone = false }: CampaignFormProps) {
  const t = useText();
  const form = useDraft(begun);
  const { draft, set } = form;
  const [asking, setAsking] = useState(false);
  const [nameless, setNameless] = useState(false);
  const request = campaignOf(draft);
  const preview = useOutlook(request);
  const names = useTextNames(draft);
  const count = preview.outlook?.sendTo ?? 0;
  const ready = preview.current && preview.error === null && count > 0;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setNameless(draft.name.trim() === '');
    if (ready && draft.name.trim() !== '') setAsking(true);
  }

  return (
    <Page
      title={t('campaigns.new')}
      text={t('campaigns.newText')}
      back={{ to: pathTo('campaigns'), name: t('nav.campaigns') }}
    >
      <LeaveGuard when={form.dirty} />
      <form className={classes.page} onSubmit={submit} noValidate>
        <div className={classes.form}>
          <TextInput
            label={t('campaigns.name')}
            description={t('campaigns.nameHint')}
            maxLength={64}
            value={draft.name}
            error={nameless && draft.name.trim() === '' ? t('field.required') : undefined}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <SenderFields form={form} />
          {fileGone && draft.file === null && <Hint tone="orange">{t('campaigns.fileGone')}</Hint>}
          <AudienceField draft={draft} onChange={set} />
          <TemplateField
            account={draft.account}
            label={t('writing.template')}
            none={t('writing.templateChoose')}
            onTemplate={(template) => template !== null && set({ text: template.text })}
          />
          <TextField text={draft.text} names={names} onText={(text) => set({ text })} />
          <WhenField draft={draft} onChange={set} />
          <div className={classes.two}>
            <MissingField draft={draft} onChange={set} />
            <PriorityField draft={draft} onChange={set} />
          </div>
          <Actions start>
            <Button type="submit" size="md" disabled={!ready}>
              {t('campaigns.review')}
            </Button>
            <Button variant="default" size="md" onClick={() => navigate(pathTo('campaigns'))}>
              {t('action.cancel')}
            </Button>
          </Actions>
        </div>
        <PreviewPane outlook={preview.outlook} error={preview.error} text={draft.text} />
      </form>
      {preview.outlook !== null && request !== null && (
        <Begin
          open={asking}
          draft={draft}
          request={request}
          outlook={preview.outlook}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  );
}

interface BeginProps {
  readonly open: boolean;
  readonly draft: Draft;
  readonly request: Request;
  readonly outlook: Outlook;
  readonly onClose: () => void;
}

/** The last look: how many, for how much, and when. */
function Begin({ open, draft, request, outlook, onClose }: BeginProps) {
  const { language, t } = useLanguage();
  const say = useToast();
  const begin = useAct('campaignCreate', ['campaigns', 'messages', 'overview', 'accounts']);
  const { sendTo: count, credits, balance, scheduledTime: at } = outlook;
  const leftOut = outlook.blocked + outlook.invalid + outlook.skipped;
  const name = draft.name.trim();
  function run(): void {
    if (request.kind !== 'campaign') return;
    begin.mutate(
      { body: { ...request.body, name } },
      {
        onSuccess: (campaign) => {
          say(t('campaigns.began', { name: campaign.name }));
          navigate(pathTo('campaigns', campaign.id), { force: true });
        },
      },
    );
  }
  return (
    <Confirm
      open={open}
      title={t('campaigns.beginTitle', { name })}
      action={at === null ? t('campaigns.begin') : t('campaigns.beginLater')}
      busy={begin.isPending}
      error={begin.error}
      onClose={() => {
        begin.reset();
        onClose();
      }}
      onConfirm={run}
    >
      <p>
        <b>{t('campaigns.beginCount', { count })}</b> {leftOut > 0 && t('campaigns.beginLeftOut', { count: leftOut })}
      </p>
      <p>{t('campaigns.beginCredits', { credits, balance })}</p>
      {credits > balance && <Hint tone="orange">{t('campaigns.beginShort')}</Hint>}
      <p>{at === null ? t('compose.confirm.now') : t('compose.confirm.at', { time: fullTime(at, language) })}</p>
    </Confirm>
  );
}
