import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountField } from '../../layout/account-field.tsx';
import { Actions, Dialog } from '../../ui/dialog.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';

interface WindowProps {
  readonly open: boolean;
  readonly account: string;
  readonly onClose: () => void;
}

/** Adds credits, or takes some with a minus sign. */
export function AddCredits({ open, account, onClose }: WindowProps) {
  const t = useText();
  const say = useToast();
  const add = useAct('creditAdd', ['accounts', 'creditLedger']);
  return (
    <Dialog open={open} title={t('credits.add')} onClose={onClose}>
      <AmountForm
        account={account}
        hint={t('credits.addHint')}
        action={t('credits.add')}
        taking
        busy={add.isPending}
        error={add.error}
        onClose={onClose}
        onSubmit={({ amount, note, to }) =>
          add.mutate(
            { body: { amount, account: to, ...(note === '' ? {} : { note }) } },
            {
              onSuccess: (answer) => {
                say(t('credits.added', { count: answer.balance, account: answer.account }));
                onClose();
              },
            },
          )
        }
      />
    </Dialog>
  );
}

/** Orders credits; what others than administrators order waits for approval. */
export function OrderCredits({ open, account, onClose }: WindowProps) {
  const t = useText();
  const say = useToast();
  const admin = useMay('admin');
  const order = useAct('orderCreate', ['orders']);
  return (
    <Dialog open={open} title={t('credits.order')} onClose={onClose}>
      <AmountForm
        account={account}
        hint={t(admin ? 'credits.orderHint' : 'credits.requestHint')}
        action={t('credits.order')}
        busy={order.isPending}
        error={order.error}
        onClose={onClose}
        onSubmit={({ amount, note, to }) =>
          order.mutate(
            { body: { credits: amount, account: to, ...(note === '' ? {} : { note }) } },
            {
              onSuccess: (answer) => {
                say(t('credits.ordered', { number: String(answer.id) }));
                onClose();
              },
            },
          )
        }
      />
    </Dialog>
  );
}

interface AmountFormProps {
  readonly account: string;
  readonly hint: string;
  readonly action: string;
  /** Whether a negative amount is possible. */
  readonly taking?: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onSubmit: (wanted: { amount: number; note: string; to: string }) => void;
}

function AmountForm(props: AmountFormProps) {
  const { account, hint, action, taking = false, busy, error, onClose, onSubmit } = props;
  const t = useText();
  const form = useForm({ amount: '', note: '' });
  const [chosen, setChosen] = useState(account);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const amount = Number(form.values.amount.replaceAll(/[\s,]/gu, ''));
    const fits = Number.isInteger(amount) && amount !== 0 && (taking || amount > 0);
    if (!form.check({ amount: fits ? null : t(taking ? 'credits.amountFault' : 'field.wholeNumber') })) return;
    onSubmit({ amount, note: form.values.note.trim(), to: chosen });
  }
  return (
    <form onSubmit={submit} noValidate>
      <Fields>
        <AccountField value={chosen} onChange={setChosen} />
        <TextInput
          label={t('panel.credits')}
          description={hint}
          inputMode="numeric"
          maxLength={12}
          autoFocus
          {...form.field('amount')}
        />
        <TextInput
          label={t('credits.note')}
          description={t('credits.noteHint')}
          maxLength={200}
          {...form.field('note')}
        />
        {error !== null && <FaultLine error={error} />}
        <Actions>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {action}
          </Button>
        </Actions>
      </Fields>
    </form>
  );
}
