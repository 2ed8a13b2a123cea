import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { Actions, Confirm } from '../../ui/dialog.tsx';
import { Section } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import classes from './carriers.module.css';

/** Takes a carrier away for good, after saying what that means. */
export function RemoveCarrier({ item, closed }: { readonly item: CarrierItem; readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const remove = useAct('carrierRemove', ['carriers', 'status']);
  const [asking, setAsking] = useState(false);
  // The list is read again before the answer is told here, and this panel is gone with its row.
  const removeIt = async () => {
    try {
      await remove.mutateAsync({ params: { id: item.id } });
    } catch {
      return;
    }
    say(t('carriers.removed', { name: item.name }));
    navigate(closed, { force: true });
  };
  return (
    <Section title={t('carriers.removeSection')}>
      <p className={classes.quiet}>{t('carriers.removeText')}</p>
      <Actions start>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('carriers.remove')}
        </Button>
      </Actions>
      <Confirm
        open={asking}
        title={t('carriers.removeTitle', { name: item.name })}
        action={t('carriers.remove')}
        danger
        busy={remove.isPending}
        error={remove.error}
        onClose={() => setAsking(false)}
        onConfirm={() => void removeIt()}
      >
        <p>{t('carriers.removeText')}</p>
        {item.held > 0 && <p>{t('carriers.removeHeld', { count: item.held })}</p>}
      </Confirm>
    </Section>
  );
}
