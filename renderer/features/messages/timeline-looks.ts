import type { TimelineEntry } from '../../../server/contract/admin-shapes.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';

/** Picture and colour of each kind of step; the final step wears the recipient's own state. */
export const timelineLooks: Readonly<Record<TimelineEntry['kind'], { readonly icon: IconName; readonly tone: Tone }>> =
  {
    accepted: { icon: 'tick', tone: 'grey' },
    scheduled: { icon: 'clock', tone: 'blue' },
    handing: { icon: 'arrow', tone: 'blue' },
    handed: { icon: 'tick', tone: 'teal' },
    rejected: { icon: 'cross', tone: 'red' },
    retry: { icon: 'refresh', tone: 'orange' },
    uncertain: { icon: 'question', tone: 'violet' },
    report: { icon: 'inbound', tone: 'grey' },
    final: { icon: 'flag', tone: 'grey' },
    refund: { icon: 'refund', tone: 'grey' },
    webhook: { icon: 'webhook', tone: 'grey' },
  };
