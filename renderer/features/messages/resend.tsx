import { Button } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import classes from './resend.module.css';
import { useResend } from './use-message.ts';

/** Offers to send again what ended unknown, and asks first, because it may arrive twice. */
export function Resend({ uuid, txId }: { readonly uuid: string; readonly txId: string }) {
  const t = useText();
  const resend = useResend(uuid, txId);
  const [asking, setAsking] = useState(false);
  return (
    <div className={classes.box} data-tone="violet">
      <p>{t('stateHelp.unknown')}</p>
      {asking && <p>{t('resend.text')}</p>}
      {resend.isError && <FaultLine error={resend.error} />}
      <div className={classes.actions}>
        {asking ? (
          <>
            <Button size="xs" loading={resend.isPending} onClick={() => resend.mutate()}>
              {t('resend.confirm')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(false)}>
              {t('action.cancel')}
            </Button>
          </>
        ) : (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t('resend.action')}
          </Button>
        )}
      </div>
    </div>
  );
}
