import { Button, Radio, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions, Dialog } from '../../ui/dialog.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';

interface ReplayRangeProps {
  readonly open: boolean;
  readonly id: number;
  readonly onClose: () => void;
}

/** Delivers everything of a time range once more. */
export function ReplayRange({ open, id, onClose }: ReplayRangeProps) {
  const t = useText();
  const say = useToast();
  const replay = useAct('webhookReplayRange', ['webhookDeliveries']);
  const form = useForm({ from: '', to: '', failed: true });
  const { values } = form;
  function submit(event: FormEvent): void {
    event.preventDefault();
    const [from, to] = [new Date(values.from), new Date(values.to)];
    const good = form.check({
      from: Number.isNaN(from.getTime()) ? t('field.required') : null,
      to: Number.isNaN(to.getTime()) ? t('field.required') : from < to ? null : t('webhooks.rangeFault'),
    });
    if (!good) return;
    const only = values.failed ? 'failed' : 'finished';
    replay.mutate(
      { params: { id }, body: { from: from.toISOString(), to: to.toISOString(), only } },
      {
        onSuccess: (answer) => {
          say(t('webhooks.replayed', { count: answer.replayed }));
          onClose();
        },
      },
    );
  }
  return (
    <Dialog open={open} title={t('webhooks.replayRange')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Fields>
          <p>{t('webhooks.replayText')}</p>
          <TextInput type="datetime-local" label={t('filter.from')} {...form.field('from')} />
          <TextInput type="datetime-local" label={t('filter.to')} {...form.field('to')} />
          <Radio.Group
            label={t('webhooks.replayWhich')}
            value={values.failed ? 'failed' : 'finished'}
            onChange={(value) => form.set('failed', value === 'failed')}
          >
            <Fields>
              <Radio value="failed" label={t('webhooks.replayFailed')} />
              <Radio value="finished" label={t('webhooks.replayAll')} />
            </Fields>
          </Radio.Group>
          {replay.isError && <FaultLine error={replay.error} />}
          <Actions>
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={replay.isPending}>
              {t('webhooks.replay')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </Dialog>
  );
}
