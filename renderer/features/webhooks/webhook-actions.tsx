import { Button } from '@mantine/core';
import { useState } from 'react';
import type { WebhookItem } from '../../../server/contract/admin-shapes.ts';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { seconds } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { Actions, Confirm, Dialog } from '../../ui/dialog.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { NewSecret } from './new-secret.tsx';
import { ReplayRange } from './replay-range.tsx';

interface WebhookActionsProps {
  readonly item: WebhookItem;
  readonly closed: string;
}

/** What can be done with an address. */
export function WebhookActions({ item, closed }: WebhookActionsProps) {
  const t = useText();
  const mayChange = useMay('admin');
  const [open, setOpen] = useState<'replay' | 'rotate' | 'remove' | null>(null);
  const pause = useAct('webhookPause', ['webhooks']);
  const resume = useAct('webhookResume', ['webhooks', 'webhookDeliveries']);
  const params = { id: item.id };
  const close = () => setOpen(null);
  return (
    <>
      <TestPost item={item} />
      {pause.isError && <FaultLine error={pause.error} />}
      {resume.isError && <FaultLine error={resume.error} />}
      <Actions start>
        {item.state === 'active' ? (
          <Button variant="default" size="sm" loading={pause.isPending} onClick={() => pause.mutate({ params })}>
            {t('webhooks.pause')}
          </Button>
        ) : (
          <Button variant="default" size="sm" loading={resume.isPending} onClick={() => resume.mutate({ params })}>
            {t('webhooks.resume')}
          </Button>
        )}
        <Button variant="default" size="sm" onClick={() => setOpen('replay')}>
          {t('webhooks.replayRange')}
        </Button>
        {mayChange && (
          <>
            <Button variant="default" size="sm" onClick={() => setOpen('rotate')}>
              {t('webhooks.rotate')}
            </Button>
            <Button variant="default" size="sm" onClick={() => setOpen('remove')}>
              {t('webhooks.remove')}
            </Button>
          </>
        )}
      </Actions>
      <ReplayRange open={open === 'replay'} id={item.id} onClose={close} />
      <Rotate open={open === 'rotate'} item={item} onClose={close} />
      <Remove open={open === 'remove'} item={item} closed={closed} onClose={close} />
    </>
  );
}

function TestPost({ item }: { readonly item: WebhookItem }) {
  const { language, t } = useLanguage();
  const test = useAct('webhookTest', ['webhookDeliveries']);
  const { data } = test;
  return (
    <>
      <Actions start>
        <Button size="sm" loading={test.isPending} onClick={() => test.mutate({ params: { id: item.id } })}>
          {t('webhooks.test')}
        </Button>
      </Actions>
      <div role="status">
        {data?.delivered === true && (
          <Hint tone="green">
            {t('webhooks.testGood', { status: String(data.status ?? ''), time: seconds(data.durationMs, language) })}
          </Hint>
        )}
        {data?.delivered === false && (
          <Hint tone="red">
            {data.status === null
              ? t('webhooks.testSilent', { reason: data.error ?? '' })
              : t('webhooks.testBad', { status: String(data.status) })}
          </Hint>
        )}
        {test.isError && <FaultLine error={test.error} />}
      </div>
    </>
  );
}

interface WindowProps {
  readonly open: boolean;
  readonly item: WebhookItem;
  readonly onClose: () => void;
}

function Rotate({ open, item, onClose }: WindowProps) {
  const t = useText();
  const rotate = useAct('webhookRotate', ['webhooks']);
  if (rotate.data !== undefined) {
    return (
      <Dialog open={open} wide title={t('webhooks.rotated')} onClose={onClose}>
        <NewSecret
          secret={rotate.data.secret}
          onKept={() => {
            rotate.reset();
            onClose();
          }}
        />
      </Dialog>
    );
  }
  return (
    <Confirm
      open={open}
      title={t('webhooks.rotate')}
      action={t('webhooks.rotate')}
      busy={rotate.isPending}
      error={rotate.error}
      onClose={onClose}
      onConfirm={() => rotate.mutate({ params: { id: item.id } })}
    >
      <p>{t('webhooks.rotateText', { url: item.url })}</p>
    </Confirm>
  );
}

function Remove({ open, item, closed, onClose }: WindowProps & { readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const remove = useAct('webhookRemove', ['webhooks']);
  return (
    <Confirm
      open={open}
      title={t('webhooks.removeTitle')}
      action={t('webhooks.remove')}
      danger
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { id: item.id } },
          {
            onSuccess: () => {
              say(t('webhooks.removed'));
              navigate(closed);
            },
          },
        )
      }
    >
      <p>{t('webhooks.removeText', { url: item.url })}</p>
    </Confirm>
  );
}
