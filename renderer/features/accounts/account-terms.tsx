import { Button, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions, Confirm } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { Section } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';
import type { Account } from './account-state.tsx';

/** On which terms an account sends: until its credits end, with a warning before, or not at all for a while. */
export function AccountTerms({ account }: { readonly account: Account }) {
  const t = useText();
  const say = useToast();
  const change = useAct('accountSet', ['accounts', 'account']);
  const form = useForm({
    threshold: account.lowCreditThreshold === null ? '' : String(account.lowCreditThreshold),
    metered: account.metered,
  });
  const { values } = form;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const threshold = values.threshold.trim() === '' ? null : Number(values.threshold);
    const fits = threshold === null || (Number.isInteger(threshold) && threshold > 0);
    if (!form.check({ threshold: fits ? null : t('field.wholeNumber') })) return;
    change.mutate(
      { params: { name: account.name }, body: { lowCreditThreshold: threshold, metered: values.metered } },
      { onSuccess: () => say(t('form.saved')) },
    );
  }

  return (
    <Section title={t('accounts.terms')}>
      <LeaveGuard when={form.dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          <TextInput
            label={t('accounts.threshold')}
            description={t('accounts.thresholdHint')}
            inputMode="numeric"
            maxLength={10}
            {...form.field('threshold')}
          />
          <Switch
            label={t('accounts.metered')}
            description={t('accounts.meteredHint')}
            checked={values.metered}
            onChange={(event) => form.set('metered', event.currentTarget.checked)}
          />
          {change.isError && <FaultLine error={change.error} />}
          <Actions>
            <Button type="submit" loading={change.isPending} disabled={!form.dirty}>
              {t('form.save')}
            </Button>
          </Actions>
        </Fields>
      </form>
      <Suspension account={account} />
    </Section>
  );
}

/** Stops an account from sending, and lets it send again. */
function Suspension({ account }: { readonly account: Account }) {
  const t = useText();
  const change = useAct('accountSet', ['accounts', 'account']);
  const [asking, setAsking] = useState(false);
  const params = { name: account.name };
  if (account.suspended) {
    return (
      <Actions start>
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ params, body: { suspended: false } })}
        >
          {t('accounts.resume')}
        </Button>
      </Actions>
    );
  }
  return (
    <>
      <Actions start>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('accounts.suspend')}
        </Button>
      </Actions>
      <Confirm
        open={asking}
        title={t('accounts.suspendTitle', { name: account.name })}
        action={t('accounts.suspend')}
        danger
        busy={change.isPending}
        error={change.error}
        onClose={() => setAsking(false)}
        onConfirm={() => change.mutate({ params, body: { suspended: true } }, { onSuccess: () => setAsking(false) })}
      >
        <p>{t('accounts.suspendText')}</p>
      </Confirm>
    </>
  );
}
