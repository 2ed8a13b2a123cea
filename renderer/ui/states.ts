import type { MessageRow } from '../../server/contract/admin-shapes.ts';
import type { RecipientItem } from '../../server/contract/v2-message-shapes.ts';
import type { z } from 'zod';
import type { drStatus, drSummary } from '../../server/contract/common.ts';
import type { IconName } from './icon.tsx';

export type DrStatus = z.output<typeof drStatus>;
export type DrSummary = z.output<typeof drSummary>;
export type Tone = 'grey' | 'blue' | 'teal' | 'green' | 'red' | 'orange' | 'violet';

/** The one vocabulary of states that all pages speak; `finished` is a message whose recipients ended differently. */
export const shownStates = {
  scheduled: { icon: 'clock', tone: 'blue' },
  queued: { icon: 'dots', tone: 'grey' },
  sending: { icon: 'arrow', tone: 'blue' },
  sent: { icon: 'tick', tone: 'teal' },
  delivered: { icon: 'doubleTick', tone: 'green' },
  failed: { icon: 'cross', tone: 'red' },
  expired: { icon: 'hourglass', tone: 'orange' },
  blocked: { icon: 'shield', tone: 'grey' },
  cancelled: { icon: 'slash', tone: 'grey' },
  unknown: { icon: 'question', tone: 'violet' },
  finished: { icon: 'flag', tone: 'grey' },
} as const satisfies Readonly<Record<string, { icon: IconName; tone: Tone }>>;
export type ShownState = keyof typeof shownStates;

const shownOf: Readonly<Record<DrStatus, ShownState>> = {
  pending: 'queued',
  sent: 'sent',
  success: 'delivered',
  failed: 'failed',
  expired: 'expired',
  blocked: 'blocked',
  cancelled: 'cancelled',
  unknown: 'unknown',
};

/** Order in which counts are read and drawn: what went well, what is on its way, what did not. */
const readingOrder: readonly DrStatus[] = [
  'success',
  'sent',
  'pending',
  'unknown',
  'failed',
  'expired',
  'blocked',
  'cancelled',
];

export function stateOfStatus(status: DrStatus): ShownState {
  return shownOf[status];
}

/** A recipient's state; one that was handed over but not yet taken is on its way rather than in the queue. */
export function stateOfRecipient(recipient: Pick<RecipientItem, 'drStatus' | 'attempts'>): ShownState {
  return recipient.drStatus === 'pending' && recipient.attempts > 0 ? 'sending' : shownOf[recipient.drStatus];
}

/** A message's state: that of its recipients where they all agree, else that of the whole. */
export function stateOfMessage(message: Pick<MessageRow, 'status' | 'drSummary'>): ShownState {
  const only = message.drSummary.length === 1 ? message.drSummary[0]?.drStatus : undefined;
  switch (message.status) {
    case 'scheduled':
    case 'cancelled':
    case 'failed':
      return message.status;
    case 'pending':
      return 'queued';
    case 'sending':
      return only === 'sent' ? 'sent' : 'sending';
    case 'completed':
      return only === undefined ? 'finished' : shownOf[only];
    default:
      return message.status satisfies never;
  }
}

export function ordered(summary: DrSummary): DrSummary {
  return summary.toSorted((a, b) => readingOrder.indexOf(a.drStatus) - readingOrder.indexOf(b.drStatus));
}

export function countOf(summary: DrSummary, status: DrStatus): number {
  return summary.find((entry) => entry.drStatus === status)?.count ?? 0;
}
