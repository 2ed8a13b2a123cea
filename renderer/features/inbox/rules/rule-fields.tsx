import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import { segmentText } from '../../../../server/contract/text-rules.ts';
import { useAsk } from '../../../api/ask.ts';
import { clockTime } from '../../../i18n/format.ts';
import { useLanguage, useText } from '../../../i18n/language-context.tsx';
import { useAccounts } from '../../../layout/account-field.tsx';
import { useNow } from '../../../ui/clock.ts';
import { Fields } from '../../../ui/page.tsx';
import { Bubble, Phone } from '../../../ui/phone-bubble.tsx';
import { TextCounter } from '../../../ui/text-counter.tsx';
import type { useForm } from '../../../ui/use-form.ts';
import { filledReply, keywordsIn, matches } from './rule-draft.ts';
import type { RuleDraft } from './rule-draft.ts';
import classes from './rules.module.css';

export type RuleFormState = ReturnType<typeof useForm<RuleDraft>>;

/** Which texts a rule fits. */
export function FitFields({ form }: { readonly form: RuleFormState }) {
  const t = useText();
  const { names } = useAccounts();
  const { match, answers } = form.values;
  const accounts = [...new Set(answers === '' ? names : [answers, ...names])];
  return (
    <Fields>
      <NativeSelect
        label={t('rules.match')}
        data={matches.map((value) => ({ value, label: t(`rules.match.${value}`) }))}
        value={match}
        onChange={(event) => form.set('match', matches.find((value) => value === event.currentTarget.value) ?? 'exact')}
      />
      {match !== 'any' && (
        <Textarea
          label={t('rules.keywords')}
          description={t('rules.keywordsHint')}
          autosize
          minRows={2}
          maxRows={10}
          {...form.field('keywords')}
        />
      )}
      <Carriers form={form} />
      <NativeSelect
        label={t('rules.answers')}
        data={[
          { value: '', label: t('rules.answersAny') },
          ...accounts.map((account) => ({ value: account, label: t('rules.answering', { account }) })),
        ]}
        {...form.field('answers')}
      />
      <div className={classes.pair}>
        <TextInput type="time" label={t('routes.from')} {...form.field('from')} />
        <TextInput type="time" label={t('routes.to')} {...form.field('to')} />
      </div>
      <p className={classes.help}>{t('routes.hoursHint')}</p>
    </Fields>
  );
}

function Carriers({ form }: { readonly form: RuleFormState }) {
  const t = useText();
  const carriers = useAsk('carriers', {});
  const items = carriers.data?.items ?? [];
  const chosen = form.values.carriers;
  if (items.length < 2) return null;
  return (
    <Checkbox.Group
      label={t('rules.carriers')}
      description={t('rules.carriersHint')}
      value={chosen.map(String)}
      onChange={(ids) => form.set('carriers', ids.map(Number))}
    >
      <div className={classes.checks}>
        {items.map(({ id, name }) => (
          <Checkbox key={id} value={String(id)} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

/** What is done with texts that fit. */
export function ActFields({ form }: { readonly form: RuleFormState }) {
  const t = useText();
  const { names } = useAccounts();
  const webhooks = useAsk('webhooks', {});
  const { account } = form.values;
  const accounts = [...new Set(account === '' ? names : [account, ...names])];
  return (
    <Fields>
      <ReplyField form={form} />
      <TextInput
        label={t('rules.forwardTo')}
        description={t('rules.forwardHint')}
        placeholder="081 234 5678"
        inputMode="tel"
        maxLength={64}
        {...form.field('forwardTo')}
      />
      <NativeSelect
        label={t('rules.account')}
        description={t('rules.accountHint')}
        data={[
          { value: '', label: t('rules.accountFirst') },
          ...accounts.map((name) => ({ value: name, label: name })),
        ]}
        {...form.field('account')}
      />
      <NativeSelect
        label={t('rules.webhook')}
        description={t('rules.webhookHint')}
        data={[
          { value: '', label: t('rules.webhookNone') },
          ...(webhooks.data?.items ?? []).map(({ id, url }) => ({ value: String(id), label: url })),
        ]}
        {...form.field('webhook')}
      />
    </Fields>
  );
}

/** The answer, with what its sender would read. */
function ReplyField({ form }: { readonly form: RuleFormState }) {
  const { language, t } = useLanguage();
  const counter = useId();
  const now = useNow();
  const { reply, keywords, match } = form.values;
  const [text = t('rules.sampleText')] = match === 'any' ? [] : keywordsIn(keywords);
  const filled = filledReply(reply, { text, time: clockTime(now, language) });
  return (
    <>
      <Textarea
        label={t('rules.reply')}
        description={t('rules.replyHint')}
        aria-describedby={counter}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={2_000}
        {...form.field('reply')}
      />
      {reply.trim() !== '' && (
        <>
          <TextCounter id={counter} text={filled} />
          <Phone>
            <Bubble parts={segmentText(filled).parts} />
          </Phone>
          <OriginField form={form} />
        </>
      )}
    </>
  );
}

function OriginField({ form }: { readonly form: RuleFormState }) {
  const t = useText();
  const { first } = useAccounts();
  const senders = useAsk('senders', {});
  const { account, origin } = form.values;
  const known = (senders.data?.items ?? [])
    .filter((sender) => sender.state === 'approved' && sender.account === (account || first))
    .map(({ name }) => name);
  const names = [...new Set(origin === '' ? known : [origin, ...known])];
  if (names.length < 2 && origin === '') return null;
  return (
    <NativeSelect
      label={t('panel.origin')}
      data={[{ value: '', label: t('rules.originFirst') }, ...names.map((name) => ({ value: name, label: name }))]}
      {...form.field('origin')}
    />
  );
}
