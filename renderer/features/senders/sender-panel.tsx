import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions, Confirm } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, SidePanel } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { SenderState } from './sender-state.tsx';
import type { Sender } from './sender-state.tsx';

interface SenderPanelProps {
  readonly sender: Sender | undefined;
  readonly query: { readonly isPending: boolean };
  readonly closed: string;
}

/** One sender name, and what an administrator decides about it. */
export function SenderPanel({ sender, query, closed }: SenderPanelProps) {
  const t = useText();
  const mayDecide = useMay('admin');
  return (
    <SidePanel
      label={t('senders.panel')}
      closed={closed}
      head={
        sender !== undefined && (
          <>
            <h2>{sender.name}</h2>
            <SenderState sender={sender} />
          </>
        )
      }
    >
      {sender === undefined ? (
        query.isPending ? (
          <PanelSkeleton />
        ) : (
          <PanelMissing title={t('senders.missing')} text={t('panel.notFound.text')} />
        )
      ) : (
        <>
          <Facts>
            <Fact name={t('senders.name')} copy={sender.name}>
              {sender.name}
            </Fact>
            <Fact name={t('panel.account')}>{sender.account}</Fact>
            <Fact name={t('senders.purposes')}>
              {sender.purposes.map((purpose) => t(`senders.purpose.${purpose}`)).join(' · ')}
            </Fact>
            {sender.reason !== null && <Fact name={t('senders.reason')}>{sender.reason}</Fact>}
          </Facts>
          {mayDecide && <Decision sender={sender} />}
        </>
      )}
    </SidePanel>
  );
}

function Decision({ sender }: { readonly sender: Sender }) {
  const t = useText();
  const say = useToast();
  const approve = useAct('senderApprove', ['senders']);
  const reject = useAct('senderReject', ['senders']);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { name, account } = sender;
  return (
    <>
      {approve.isError && <FaultLine error={approve.error} />}
      <Actions start>
        {sender.state !== 'rejected' && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t(sender.state === 'approved' ? 'senders.takeBack' : 'senders.reject')}
          </Button>
        )}
        {sender.state !== 'approved' && (
          <Button
            loading={approve.isPending}
            onClick={() =>
              approve.mutate({ body: { name, account } }, { onSuccess: () => say(t('senders.approved', { name })) })
            }
          >
            {t('senders.approve')}
          </Button>
        )}
      </Actions>
      <Confirm
        open={asking}
        title={t('senders.rejectTitle', { name })}
        action={t(sender.state === 'approved' ? 'senders.takeBack' : 'senders.reject')}
        danger
        busy={reject.isPending}
        error={reject.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          reject.mutate(
            { body: { name, account, reason: reason.trim() === '' ? t('senders.noReason') : reason } },
            { onSuccess: () => setAsking(false) },
          )
        }
      >
        <p>{t('senders.rejectText', { name, account })}</p>
        <Textarea
          label={t('senders.reason')}
          description={t('senders.reasonHint')}
          maxLength={200}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Confirm>
    </>
  );
}
