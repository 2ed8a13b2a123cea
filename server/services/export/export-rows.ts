import { drStatusOf, type DrStatus } from '../../domain/message-state.ts';
import type { Millis } from '../../domain/ports.ts';
import type { CarriedRecipient, NamedMessage } from '../../store/message-reader.ts';
import { summaryOf } from '../../store/message-tally.ts';

/** One line of an export. */
export type ExportRow = (string | number | null)[];

/** What lines need besides what is stored. */
export interface ExportNames {
  readonly refNo: (message: NamedMessage) => string;
  readonly txId: (recipientId: number) => string;
}

const counted = [
  'success',
  'sent',
  'pending',
  'unknown',
  'failed',
  'expired',
  'blocked',
  'cancelled',
] as const satisfies readonly DrStatus[];
const about = ['createdAt', 'refNo', 'uuid', 'account', 'origin'] as const;

/** Names of the columns, as the API calls the same facts. */
export const exportColumns = {
  message: [
    ...about,
    'msisdn',
    'status',
    'totalMsisdn',
    ...counted,
    'segments',
    'totalCredit',
    'refundedCount',
    'scheduledTime',
    'completedAt',
    'clientRef',
    'message',
  ],
  recipient: [
    ...about,
    'msisdn',
    'txId',
    'drStatus',
    'errorCode',
    'errorMessage',
    'segments',
    'credit',
    'refunded',
    'carrier',
    'attempts',
    'sentAt',
    'deliveredAt',
    'clientRef',
    'message',
  ],
} as const;

export function messageRow(message: NamedMessage, names: ExportNames): ExportRow {
  const counts = new Map(summaryOf(message).map(({ drStatus, count }) => [drStatus, count]));
  return [
    ...aboutMessage(message, names),
    message.only_msisdn,
    message.state,
    message.recipient_count,
    ...counted.map((status) => counts.get(status) ?? 0),
    message.segments,
    message.credit,
    message.refunded_count,
    iso(message.scheduled_at),
    iso(message.completed_at),
    message.client_ref,
    message.text,
  ];
}

export function recipientRow(message: NamedMessage, recipient: CarriedRecipient, names: ExportNames): ExportRow {
  return [
    ...aboutMessage(message, names),
    recipient.msisdn,
    names.txId(recipient.id),
    drStatusOf(recipient.state),
    recipient.error_code,
    recipient.error_message,
    recipient.segments,
    recipient.credit,
    recipient.refunded > 0 ? 'true' : 'false',
    recipient.carrier,
    recipient.tries,
    iso(recipient.sent_at),
    iso(recipient.delivered_at),
    message.client_ref,
    recipient.text ?? message.text,
  ];
}

function aboutMessage(message: NamedMessage, names: ExportNames): ExportRow {
  return [iso(message.created_at), names.refNo(message), message.uuid, message.account, message.origin];
}

function iso(at: Millis | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
