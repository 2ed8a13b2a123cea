import { Button } from '@mantine/core';
import { useState } from 'react';
import type { InboxItem } from '../../../server/contract/admin-inbox.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { phoneNumber } from '../../i18n/format.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';

const numberForm = /^\d{6,15}$/u;

/** Whether the account sends to the number that wrote; names and short numbers are none. */
export function useBlocked({ from, account }: InboxItem): boolean {
  const isNumber = numberForm.test(from);
  const found = useAsk('blocklist', { query: { begins: from, account, limit: 1 } }, { enabled: isNumber });
  return found.data?.items.some(({ msisdn }) => msisdn === from) === true;
}

/** Says that nothing is sent to the number that wrote, and lets it be so no more. */
export function BlockedHint({ item }: { readonly item: InboxItem }) {
  const t = useText();
  const say = useToast();
  const mayAct = useMay('operator');
  const remove = useAct('blocklistRemove', ['blocklist']);
  return (
    <>
      <Hint tone="grey">{t('inbox.blocked', { account: item.account })}</Hint>
      {remove.isError && <FaultLine error={remove.error} />}
      {mayAct && (
        <Button
          variant="default"
          size="sm"
          mt={8}
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(
              { body: { numbers: [item.from], account: item.account } },
              { onSuccess: () => say(t('inbox.unblocked', { number: phoneNumber(item.from) })) },
            )
          }
        >
          {t('inbox.unblock')}
        </Button>
      )}
    </>
  );
}

/** Puts the number that wrote on the blocklist of the account. */
export function BlockSender({ item }: { readonly item: InboxItem }) {
  const t = useText();
  const say = useToast();
  const add = useAct('blocklistAdd', ['blocklist']);
  const [asking, setAsking] = useState(false);
  const number = phoneNumber(item.from);
  if (!numberForm.test(item.from)) return null;
  return (
    <>
      <Button variant="default" size="sm" onClick={() => setAsking(true)}>
        {t('inbox.block')}
      </Button>
      <Confirm
        open={asking}
        title={t('inbox.blockTitle', { number })}
        action={t('inbox.block')}
        danger
        busy={add.isPending}
        error={add.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          add.mutate(
            { body: { numbers: [item.from], account: item.account } },
            {
              onSuccess: () => {
                setAsking(false);
                say(t('inbox.blockDone', { number }));
              },
            },
          )
        }
      >
        <p>{t('inbox.blockText', { account: item.account })}</p>
      </Confirm>
    </>
  );
}
