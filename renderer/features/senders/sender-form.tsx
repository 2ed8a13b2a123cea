import { Button, Checkbox, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountField, useAccounts } from '../../layout/account-field.tsx';
import { navigate } from '../../router/history.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';

const nameForm = /^[A-Za-z0-9._-](?:[A-Za-z0-9 ._-]{0,9}[A-Za-z0-9._-])?$/u;

/** A new sender name: approved at once by an administrator, else asked for. */
export function SenderForm({ closed }: { readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const mayApprove = useMay('admin');
  const { first } = useAccounts();
  const form = useForm({ name: '', account: '', marketing: true, otp: true });
  const approve = useAct('senderApprove', ['senders']);
  const request = useAct('senderRequest', ['senders']);
  const act = mayApprove ? approve : request;
  const { values } = form;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const name = values.name.trim();
    const purposes = (['marketing', 'otp'] as const).filter((purpose) => values[purpose]);
    const good = form.check({
      name: nameForm.test(name) ? null : t('senders.nameFault'),
      marketing: purposes.length > 0 ? null : t('senders.purposeFault'),
    });
    if (!good) return;
    act.mutate(
      { body: { name, purposes, account: values.account || first } },
      {
        onSuccess: (sender) => {
          say(t(mayApprove ? 'senders.approved' : 'senders.requested', { name: sender.name }));
          navigate(closed, { force: true });
        },
      },
    );
  }

  return (
    <SidePanel label={t('senders.add')} head={<h2>{t('senders.add')}</h2>} closed={closed}>
      <LeaveGuard when={form.dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          <TextInput
            label={t('senders.name')}
            description={t('senders.nameHint')}
            maxLength={11}
            spellCheck={false}
            autoFocus
            {...form.field('name')}
          />
          <AccountField value={values.account || first} onChange={(account) => form.set('account', account)} />
          <Checkbox
            label={t('senders.purpose.marketing')}
            description={t('senders.purposeHint.marketing')}
            checked={values.marketing}
            onChange={(event) => form.set('marketing', event.currentTarget.checked)}
            error={form.faults['marketing']}
          />
          <Checkbox
            label={t('senders.purpose.otp')}
            description={t('senders.purposeHint.otp')}
            checked={values.otp}
            onChange={(event) => form.set('otp', event.currentTarget.checked)}
          />
          {act.isError && <FaultLine error={act.error} />}
          <Actions>
            <Button variant="default" onClick={() => navigate(closed)}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={act.isPending}>
              {t(mayApprove ? 'senders.approve' : 'senders.request')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </SidePanel>
  );
}
