import { Button } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import classes from './resend.module.css';
import { useMarkSent, useResend } from './use-message.ts';

/** What to do about an unknown end: send again, and ask first, because it may arrive twice; or take it for sent. */
export function Resend({ uuid, txId }: { readonly uuid: string; readonly txId: string }) {
  const t = useText();
  const say = useToast();
  const resend = useResend(uuid, txId);
  const mark = useMarkSent(uuid, txId);
  const [asking, setAsking] = useState(false);
  const error = resend.error ?? mark.error;
  return (
    <div className={classes.box} data-tone="violet">
      <p>{t('stateHelp.unknown')}</p>
      {asking && <p>{t('resend.text')}</p>}
      {error !== null && <FaultLine error={error} />}
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
          <>
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {t('resend.action')}
            </Button>
            <Button
              size="xs"
              variant="default"
              loading={mark.isPending}
              onClick={() => mark.mutate(undefined, { onSuccess: () => say(t('markSent.done')) })}
            >
              {t('markSent.action')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
