/** States of messages and recipients, and the only ways between them. States move one way (api-v2 §4). */

export const messageStates = ['scheduled', 'pending', 'sending', 'completed', 'cancelled', 'failed'] as const;
export type MessageState = (typeof messageStates)[number];

export const recipientStates = [
  'queued',
  'sending',
  'sent',
  'success',
  'failed',
  'expired',
  'blocked',
  'cancelled',
  'unknown',
] as const;
export type RecipientState = (typeof recipientStates)[number];

/** What the API shows for a recipient: `queued` and `sending` are both `pending` to a caller. */
export const drStatuses = [
  'pending',
  'sent',
  'success',
  'failed',
  'expired',
  'blocked',
  'cancelled',
  'unknown',
] as const;
export type DrStatus = (typeof drStatuses)[number];

const messageMoves: Readonly<Record<MessageState, readonly MessageState[]>> = {
  scheduled: ['pending', 'cancelled'],
  pending: ['sending', 'completed', 'failed', 'cancelled'],
  sending: ['completed', 'failed', 'cancelled'],
  completed: [],
  cancelled: [],
  failed: [],
};

/**
 * `queued → unknown` is what waited in a backup that was restored: it may have been sent since the backup.
 * `sending → queued` is a hand-over that is known not to have happened. `sent → failed` is a report.
 * `unknown` may still be settled by a late report, or by the operator who sends it again.
 */
const recipientMoves: Readonly<Record<RecipientState, readonly RecipientState[]>> = {
  queued: ['sending', 'failed', 'expired', 'cancelled', 'blocked', 'unknown'],
  sending: ['queued', 'sent', 'success', 'failed', 'expired', 'unknown'],
  sent: ['success', 'failed', 'expired'],
  success: [],
  failed: [],
  expired: [],
  blocked: [],
  cancelled: [],
  unknown: ['queued', 'sent', 'success', 'failed', 'expired'],
};

export function canMoveMessage(from: MessageState, to: MessageState): boolean {
  return messageMoves[from].includes(to);
}

export function canMoveRecipient(from: RecipientState, to: RecipientState): boolean {
  return recipientMoves[from].includes(to);
}

/** The states from which `to` may be reached; what a guarded UPDATE lists after `state IN`. */
export function recipientSources(to: RecipientState): readonly RecipientState[] {
  return recipientStates.filter((from) => canMoveRecipient(from, to));
}

export function drStatusOf(state: RecipientState): DrStatus {
  return state === 'queued' || state === 'sending' ? 'pending' : state;
}

/** Nothing more is expected. `sent` becomes final only when its report is given up, which the row itself records. */
export function isFinalRecipient(state: RecipientState): boolean {
  return state !== 'queued' && state !== 'sending' && state !== 'sent';
}
