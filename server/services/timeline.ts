import type { Millis } from '../domain/ports.ts';
import type { CarriedRecipient, CarriedSubmission, NamedMessage, RecipientDelivery } from '../store/message-reader.ts';

export interface TimelineStep {
  readonly at: string;
  readonly kind:
    | 'accepted'
    | 'scheduled'
    | 'handing'
    | 'handed'
    | 'rejected'
    | 'retry'
    | 'uncertain'
    | 'report'
    | 'final'
    | 'refund'
    | 'webhook';
  readonly text: string;
  readonly carrier: string | null;
  readonly code: string | null;
}

type Step = TimelineStep & { readonly time: Millis };

/** Tells in plain words what happened to one recipient, from the journal; nothing is stored twice for it. */
export function recipientTimeline(
  message: NamedMessage,
  recipient: CarriedRecipient,
  submissions: readonly CarriedSubmission[],
  deliveries: readonly RecipientDelivery[],
): TimelineStep[] {
  const steps: Step[] = [step(message.created_at, 'accepted', 'Accepted and stored.')];
  if (message.scheduled_at !== null) {
    steps.push(step(message.created_at, 'scheduled', `Scheduled for ${new Date(message.scheduled_at).toISOString()}.`));
  }
  for (const entry of submissions) steps.push(...submissionSteps(entry));
  if (recipient.finished_at !== null)
    steps.push(step(recipient.finished_at, 'final', ending(recipient), null, recipient.error_code));
  if (recipient.refunded > 0 && recipient.finished_at !== null) {
    steps.push(step(recipient.finished_at, 'refund', `${credits(recipient.refunded)} given back.`));
  }
  for (const delivery of deliveries) {
    if (delivery.finished_at !== null) steps.push(step(delivery.finished_at, 'webhook', webhookText(delivery)));
  }
  return steps.toSorted((a, b) => a.time - b.time).map(({ time: _time, ...rest }) => rest);
}

function step(
  at: Millis,
  kind: Step['kind'],
  text: string,
  carrier: string | null = null,
  code: string | null = null,
): Step {
  return { time: at, at: new Date(at).toISOString(), kind, text, carrier, code };
}

function submissionSteps(entry: CarriedSubmission): Step[] {
  const { carrier } = entry;
  const part = entry.part_count === 1 ? '' : `Part ${entry.part} of ${entry.part_count}: `;
  const via = carrier ?? 'a removed carrier';
  const steps = [step(entry.handed_at, 'handing', sentence(part, `being handed to ${via}.`), carrier)];
  if (entry.answered_at !== null) steps.push(answerStep(entry, part, via, entry.answered_at));
  if (entry.reported_at !== null && entry.report !== null) {
    const words =
      { delivered: 'delivered', failed: 'not delivered', expired: 'expired before delivery' }[entry.report] ??
      entry.report;
    const code = entry.report_code;
    steps.push(step(entry.reported_at, 'report', sentence(part, `delivery report: ${words}.`), carrier, code));
  }
  return steps;
}

function answerStep(entry: CarriedSubmission, part: string, via: string, at: Millis): Step {
  const detail = entry.detail ?? '';
  switch (entry.state) {
    case 'rejected':
      return step(at, 'rejected', sentence(part, `${via} refused it. ${detail}`), entry.carrier, entry.code);
    case 'retry':
      return step(
        at,
        'retry',
        sentence(part, `not sent; it will be tried again. ${detail}`),
        entry.carrier,
        entry.code,
      );
    case 'uncertain':
      return step(
        at,
        'uncertain',
        sentence(part, `handed over, no answer came; it may or may not have been sent. ${detail}`),
        entry.carrier,
        entry.code,
      );
    case 'handing':
    case 'accepted':
    case 'reported':
    case 'unreported':
      return step(
        at,
        'handed',
        sentence(part, `handed to ${via}${entry.reference === null ? '' : ` with reference ${entry.reference}`}.`),
        entry.carrier,
      );
  }
}

function sentence(part: string, text: string): string {
  const whole = `${part}${text}`.trim();
  return part === '' ? `${whole.charAt(0).toUpperCase()}${whole.slice(1)}` : whole;
}

function ending(recipient: CarriedRecipient): string {
  const why = recipient.error_message === null ? '' : ` ${recipient.error_message}`;
  switch (recipient.state) {
    case 'success':
      return 'Delivered.';
    case 'failed':
      return `Failed.${why}`;
    case 'expired':
      return `Expired.${why}`;
    case 'blocked':
      return `Blocked.${why}`;
    case 'cancelled':
      return 'Cancelled.';
    case 'unknown':
      return `Outcome unknown.${why}`;
    case 'sent':
      return 'Sent; no delivery report is expected any more.';
    case 'queued':
    case 'sending':
      return 'Waiting.';
  }
}

function credits(n: number): string {
  return n === 1 ? '1 credit' : `${n} credits`;
}

function webhookText(delivery: RecipientDelivery): string {
  const host = new URL(delivery.url).host;
  return delivery.state === 'delivered'
    ? `Webhook ${delivery.name} delivered to ${host}.`
    : `Webhook ${delivery.name} to ${host} was given up after ${delivery.tries} tries.`;
}
