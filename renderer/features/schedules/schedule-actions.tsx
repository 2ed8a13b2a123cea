import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ScheduleItem } from '../../../server/contract/campaign-shapes.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useOutlook } from '../../writing/outlook.ts';

const changed = ['schedule', 'schedules', 'scheduleRuns', 'scheduleCalendar', 'campaigns', 'messages'] as const;

/** What can be done with a schedule that has not ended. */
export function ScheduleActions({ item }: { readonly item: ScheduleItem }) {
  const t = useText();
  const say = useToast();
  const [open, setOpen] = useState<'run' | 'remove' | null>(null);
  const pause = useAct('schedulePause', changed);
  const resume = useAct('scheduleResume', changed);
  const turn = item.state === 'active' ? pause : resume;
  const word = item.state === 'active' ? 'pause' : 'resume';
  return (
    <>
      {turn.isError && <FaultLine error={turn.error} />}
      <Button leftSection={<Icon name="arrow" />} onClick={() => setOpen('run')}>
        {t('schedules.run')}
      </Button>
      <Button
        component={Link}
        to={pathTo('schedules', item.id, 'edit')}
        variant="default"
        leftSection={<Icon name="compose" />}
      >
        {t('schedules.edit')}
      </Button>
      <Button
        variant="default"
        leftSection={<Icon name={word === 'pause' ? 'pause' : 'play'} />}
        loading={turn.isPending}
        onClick={() =>
          turn.mutate(
            { params: { id: item.id } },
            { onSuccess: () => say(t(`schedules.${word}Done`, { name: item.name })) },
          )
        }
      >
        {t(`schedules.${word}`)}
      </Button>
      <Button variant="default" leftSection={<Icon name="trash" />} onClick={() => setOpen('remove')}>
        {t('schedules.remove')}
      </Button>
      {open === 'run' && <RunNow item={item} onClose={() => setOpen(null)} />}
      <Remove open={open === 'remove'} item={item} onClose={() => setOpen(null)} />
    </>
  );
}

/** Sends now, after saying to how many. */
function RunNow({ item, onClose }: { readonly item: ScheduleItem; readonly onClose: () => void }) {
  const t = useText();
  const say = useToast();
  const run = useAct('scheduleRunNow', changed);
  const { account, origin, priority, missing, groups, numbers, text, templateId } = item;
  const { outlook, error } = useOutlook({
    kind: 'campaign',
    body: {
      account,
      origin,
      priority,
      missing,
      groups,
      numbers,
      ...(templateId === null ? { text: text ?? '' } : { templateId }),
    },
  });
  return (
    <Confirm
      open
      title={t('schedules.runTitle', { name: item.name })}
      action={t('schedules.run')}
      busy={run.isPending}
      error={run.error ?? error}
      onClose={onClose}
      onConfirm={() =>
        run.mutate(
          { params: { id: item.id } },
          {
            onSuccess: ({ campaignId }) => {
              say(t('campaigns.began', { name: item.name }));
              if (campaignId === null) onClose();
              else navigate(pathTo('campaigns', campaignId));
            },
          },
        )
      }
    >
      {outlook !== null && (
        <p>
          {t('campaigns.beginCount', { count: outlook.sendTo })}{' '}
          {t('campaigns.beginCredits', { credits: outlook.credits, balance: outlook.balance })}
        </p>
      )}
      <p>{t('schedules.runText')}</p>
    </Confirm>
  );
}

interface RemoveProps {
  readonly open: boolean;
  readonly item: ScheduleItem;
  readonly onClose: () => void;
}

function Remove({ open, item, onClose }: RemoveProps) {
  const t = useText();
  const say = useToast();
  const cancel = useAct('scheduleCancel', changed);
  return (
    <Confirm
      open={open}
      title={t('schedules.removeTitle', { name: item.name })}
      action={t('schedules.remove')}
      danger
      busy={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onConfirm={() =>
        cancel.mutate(
          { params: { id: item.id } },
          {
            onSuccess: () => {
              say(t('schedules.removed', { name: item.name }));
              navigate(pathTo('schedules'));
            },
          },
        )
      }
    >
      <p>{t('schedules.removeText')}</p>
    </Confirm>
  );
}
