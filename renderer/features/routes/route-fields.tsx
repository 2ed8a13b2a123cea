import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useAccounts } from '../../layout/account-field.tsx';
import type { useForm } from '../../ui/use-form.ts';
import { purposes } from './route-draft.ts';
import type { RouteDraft } from './route-draft.ts';
import classes from './routes.module.css';

export type RouteFormState = ReturnType<typeof useForm<RouteDraft>>;

/** What a route is about; every field that is left as it is stands for any. */
export function AboutFields({ form }: { readonly form: RouteFormState }) {
  const t = useText();
  return (
    <>
      <NativeSelect
        label={t('routes.purpose')}
        data={[
          { value: '', label: t('routes.what.any') },
          ...purposes.map((purpose) => ({ value: purpose, label: t(`routes.what.${purpose}`) })),
        ]}
        {...form.field('purpose')}
      />
      <AccountAndSender form={form} />
      <Textarea
        label={t('routes.prefixes')}
        description={t('routes.prefixesHint')}
        placeholder="081, 6689"
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        {...form.field('prefixes')}
      />
      <NativeSelect
        label={t('routes.link')}
        data={[
          { value: '', label: t('routes.linkAny') },
          { value: 'true', label: t('routes.linkYes') },
          { value: 'false', label: t('routes.linkNo') },
        ]}
        {...form.field('link')}
      />
      <div className={classes.pair}>
        <TextInput type="time" label={t('routes.from')} {...form.field('from')} />
        <TextInput type="time" label={t('routes.to')} {...form.field('to')} />
      </div>
      <p className={classes.help}>{t('routes.hoursHint')}</p>
    </>
  );
}

function AccountAndSender({ form }: { readonly form: RouteFormState }) {
  const t = useText();
  const { names } = useAccounts();
  const senders = useAsk('senders', {});
  const { account, sender } = form.values;
  const known = (senders.data?.items ?? [])
    .filter((one) => one.state === 'approved' && (account === '' || one.account === account))
    .map(({ name }) => name);
  const choices = [...new Set(sender === '' ? known : [sender, ...known])];
  const accounts = [...new Set(account === '' ? names : [account, ...names])];
  return (
    <>
      {accounts.length > 1 && (
        <NativeSelect
          label={t('panel.account')}
          data={[{ value: '', label: t('account.all') }, ...accounts.map((name) => ({ value: name, label: name }))]}
          {...form.field('account')}
        />
      )}
      <NativeSelect
        label={t('panel.origin')}
        data={[{ value: '', label: t('messages.anySender') }, ...choices.map((name) => ({ value: name, label: name }))]}
        {...form.field('sender')}
      />
    </>
  );
}
