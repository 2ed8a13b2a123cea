import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useToast } from '../../ui/toast.tsx';
import { progressOf } from './campaign-counts.ts';

const acts = {
  pause: { operation: 'campaignPause', from: ['preparing', 'sending'] },
  resume: { operation: 'campaignResume', from: ['paused'] },
  cancel: { operation: 'campaignCancel', from: ['preparing', 'sending', 'paused'] },
} as const;
type Act = keyof typeof acts;
const order = ['pause', 'resume', 'cancel'] as const;
const changed = ['campaign', 'campaigns', 'campaignMessages', 'messages', 'overview', 'accounts'] as const;

/** What can be done with a campaign. */
export function CampaignActions({ item }: { readonly item: CampaignItem }) {
  const t = useText();
  const [open, setOpen] = useState<Act | null>(null);
  const possible = order.filter((act) => acts[act].from.some((state) => state === item.state));
  return (
    <>
      {possible.map((act) => (
        <Button
          key={act}
          variant={act === 'resume' ? 'filled' : 'default'}
          leftSection={<Icon name={act === 'cancel' ? 'slash' : act === 'pause' ? 'pause' : 'play'} />}
          onClick={() => setOpen(act)}
        >
          {t(`campaigns.${act}`)}
        </Button>
      ))}
      <Button
        component={Link}
        to={`${pathTo('campaigns', 'new')}?from=${item.id}`}
        variant="default"
        leftSection={<Icon name="copy" />}
      >
        {t('campaigns.duplicate')}
      </Button>
      {order.map((act) => (
        <Asked key={act} act={act} open={open === act} item={item} onClose={() => setOpen(null)} />
      ))}
    </>
  );
}

interface AskedProps {
  readonly act: Act;
  readonly open: boolean;
  readonly item: CampaignItem;
  readonly onClose: () => void;
}

/** Asks before an act, and says how many are not sent yet. */
function Asked({ act, open, item, onClose }: AskedProps) {
  const t = useText();
  const say = useToast();
  const run = useAct(acts[act].operation, changed);
  const { waiting, unmade } = progressOf(item);
  return (
    <Confirm
      open={open}
      title={t(`campaigns.${act}Title`, { name: item.name })}
      action={t(`campaigns.${act}`)}
      dismiss={t('campaigns.keep')}
      danger={act === 'cancel'}
      busy={run.isPending}
      error={run.error}
      onClose={() => {
        run.reset();
        onClose();
      }}
      onConfirm={() =>
        run.mutate(
          { params: { id: item.id } },
          {
            onSuccess: () => {
              say(t(`campaigns.${act}Done`, { name: item.name }));
              onClose();
            },
          },
        )
      }
    >
      <p>{t('campaigns.unsent', { count: waiting + unmade })}</p>
      <p>{t(`campaigns.${act}Text`)}</p>
    </Confirm>
  );
}
