import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../i18n/language-context.tsx';
import { guardLeaving } from '../router/history.ts';
import { Actions, Dialog } from './dialog.tsx';

/** Asks before the reader leaves a form with changes that are not saved: by a link, by the browser's own way, or by closing. */
export function LeaveGuard({ when }: { readonly when: boolean }) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const go = useRef<() => void>(() => {});
  useEffect(() => {
    if (!when) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    const open = guardLeaving((leave) => {
      go.current = leave;
      setAsking(true);
    });
    return () => {
      window.removeEventListener('beforeunload', stay);
      open();
    };
  }, [when]);
  return (
    <Dialog open={asking} title={t('leave.title')} onClose={() => setAsking(false)}>
      <p>{t('leave.text')}</p>
      <Actions>
        <Button variant="default" onClick={() => setAsking(false)}>
          {t('leave.stay')}
        </Button>
        <Button
          color="red"
          onClick={() => {
            setAsking(false);
            go.current();
          }}
        >
          {t('leave.go')}
        </Button>
      </Actions>
    </Dialog>
  );
}
