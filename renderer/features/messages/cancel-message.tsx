import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../api/ask.ts';
import { messageFamily } from '../../api/keys.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { Confirm } from '../../ui/dialog.tsx';
import { countOf } from '../../ui/states.ts';
import { useToast } from '../../ui/toast.tsx';
import classes from './message-facts.module.css';
import type { MessageFacts } from './use-message.ts';

/** Offers to take back what still waits of a message. */
export function CancelMessage({ message }: { readonly message: MessageFacts }) {
  const t = useText();
  const say = useToast();
  const client = useQueryClient();
  const cancel = useAct('cancel', []);
  const [asking, setAsking] = useState(false);
  const count = countOf(message.drSummary, 'pending');
  const waits = message.status === 'scheduled' || message.status === 'pending' || message.status === 'sending';
  if (!waits || count === 0) return null;
  return (
    <div className={classes.act}>
      <Button variant="default" size="sm" onClick={() => setAsking(true)}>
        {t('cancel.action')}
      </Button>
      <Confirm
        open={asking}
        title={t('cancel.title')}
        action={t('cancel.confirm')}
        danger
        busy={cancel.isPending}
        error={cancel.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          cancel.mutate(
            { params: { uuid: message.uuid } },
            {
              onSuccess: (answer) => {
                setAsking(false);
                say(t('cancel.done', { count: answer.cancelledCount }));
              },
              onSettled: () => void client.invalidateQueries({ queryKey: messageFamily(message.uuid) }),
            },
          )
        }
      >
        <p>{t('cancel.text', { count })}</p>
        <p>{t('cancel.rest')}</p>
      </Confirm>
    </div>
  );
}
