import type { z } from 'zod';
import type { senderItem } from '../../../server/contract/admin-shapes.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';

export type Sender = z.infer<typeof senderItem>;

const senderLooks: Readonly<
  Record<'requested' | 'approved' | 'rejected', { readonly tone: Tone; readonly icon: IconName }>
> = {
  requested: { tone: 'blue', icon: 'clock' },
  approved: { tone: 'green', icon: 'tick' },
  rejected: { tone: 'red', icon: 'cross' },
};

/** How far a sender name has come. */
export function SenderState({ sender }: { readonly sender: Sender }) {
  const t = useText();
  const { tone, icon } = senderLooks[sender.state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`senders.state.${sender.state}`)}
    </Badge>
  );
}
