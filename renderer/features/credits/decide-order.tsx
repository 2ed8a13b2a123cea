import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OrderItem } from '../../../server/contract/admin-credits.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toast.tsx';

export interface Decision {
  readonly order: OrderItem;
  readonly act: 'complete' | 'reject' | 'cancel';
}

const changed = ['orders', 'creditLedger', 'accounts'] as const;

/** Asks once more before an order is completed, rejected or taken back. */
export function DecideOrder({ decision, onClose }: { readonly decision: Decision; readonly onClose: () => void }) {
  const t = useText();
  const say = useToast();
  const complete = useAct('orderComplete', changed);
  const reject = useAct('orderReject', changed);
  const cancel = useAct('orderCancel', changed);
  const [reason, setReason] = useState('');
  const { order, act } = decision;
  const params = { id: order.id };
  const done = {
    onSuccess: () => {
      say(t(`credits.done.${act}`, { number: String(order.id) }));
      onClose();
    },
  };
  const body = reason.trim() === '' ? {} : { reason: reason.trim() };
  const confirm = {
    complete: () => complete.mutate({ params }, done),
    reject: () => reject.mutate({ params, body }, done),
    cancel: () => cancel.mutate({ params, body }, done),
  };
  const asked = { complete, reject, cancel }[act];
  return (
    <Confirm
      open
      title={t(`credits.ask.${act}`, { number: String(order.id) })}
      action={t(`credits.${act}`)}
      danger={act !== 'complete'}
      busy={asked.isPending}
      error={asked.error}
      onClose={onClose}
      onConfirm={confirm[act]}
    >
      <p>{t('credits.askText', { count: order.credits, account: order.account })}</p>
      {act !== 'complete' && (
        <TextInput
          label={t('credits.why')}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </Confirm>
  );
}
