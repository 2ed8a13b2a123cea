import type { ReportVerdict } from '../domain/carrier.ts';
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
  readonly about: TimelinePieces;
}

/** What a step's text is made of, for those who say it in another language. */
export interface TimelinePieces {
  readonly part?: number;
  readonly parts?: number;
  readonly reference?: string;
  readonly verdict?: ReportVerdict;
  readonly detail?: string;
  readonly scheduledTime?: string;
  readonly credits?: number;
  readonly event?: string;
  readonly host?: string;
  readonly delivered?: boolean;
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
    const scheduledTime = new Date(message.scheduled_at).toISOString();
    steps.push(step(message.created_at, 'scheduled', `Scheduled for ${scheduledTime}.`, { about: { scheduledTime } }));
  }
  for (const entry of submissions) steps.push(...submissionSteps(entry));
  if (recipient.finished_at !== null) {
    const about = recipient.error_message === null ? {} : { detail: recipient.error_message };
    steps.push(step(recipient.finished_at, 'final', ending(recipient), { code: recipient.error_code, about }));
  }
  if (recipient.refunded > 0 && recipient.finished_at !== null) {
    const about = { credits: recipient.refunded };
    steps.push(step(recipient.finished_at, 'refund', `${credits(recipient.refunded)} given back.`, { about }));
  }
  for (const delivery of deliveries) {
    if (delivery.finished_at === null) continue;
    const { host } = new URL(delivery.url);
    const about = { event: delivery.name, host, delivered: delivery.state === 'delivered' };
    steps.push(step(delivery.finished_at, 'webhook', webhookText(delivery, host), { about }));
  }
  return steps.toSorted((a, b) => a.time - b.time).map(({ time: _time, ...rest }) => rest);
}

function step(
  at: Millis,
  kind: Step['kind'],
  text: string,
  more: Partial<Pick<Step, 'carrier' | 'code' | 'about'>> = {},
): Step {
  const { carrier = null, code = null, about = {} } = more;
  return { time: at, at: new Date(at).toISOString(), kind, text, carrier, code, about };
}

function submissionSteps(entry: CarriedSubmission): Step[] {
  const { carrier } = entry;
  const part = entry.part_count === 1 ? '' : `Part ${entry.part} of ${entry.part_count}: `;
  const via = carrier ?? 'a removed carrier';
  const about = { part: entry.part, parts: entry.part_count };
  const steps = [step(entry.handed_at, 'handing', sentence(part, `being handed to ${via}.`), { carrier, about })];
  if (entry.answered_at !== null) steps.push(answerStep(entry, part, via, entry.answered_at));
  if (entry.reported_at !== null && entry.report !== null) {
    const words =
      { delivered: 'delivered', failed: 'not delivered', expired: 'expired before delivery' }[entry.report] ??
      entry.report;
    steps.push(
      step(entry.reported_at, 'report', sentence(part, `delivery report: ${words}.`), {
        carrier,
        code: entry.report_code,
        about: { ...about, ...verdictOf(entry.report) },
      }),
    );
  }
  return steps;
}

function verdictOf(report: string): Pick<TimelinePieces, 'verdict'> {
  const verdict = (['delivered', 'failed', 'expired', 'trying'] as const).find((one) => one === report);
  return verdict === undefined ? {} : { verdict };
}

function answerStep(entry: CarriedSubmission, part: string, via: string, at: Millis): Step {
  const { carrier, code, detail, reference } = entry;
  const about = { part: entry.part, parts: entry.part_count, ...(detail === null ? {} : { detail }) };
  const refused = { carrier, code, about };
  const why = detail ?? '';
  switch (entry.state) {
    case 'rejected':
      return step(at, 'rejected', sentence(part, `${via} refused it. ${why}`), refused);
    case 'retry':
      return step(at, 'retry', sentence(part, `not sent; it will be tried again. ${why}`), refused);
    case 'uncertain':
      return step(
        at,
        'uncertain',
        sentence(part, `handed over, no answer came; it may or may not have been sent. ${why}`),
        refused,
      );
    case 'handing':
    case 'accepted':
    case 'reported':
    case 'unreported':
      return step(
        at,
        'handed',
        sentence(part, `handed to ${via}${reference === null ? '' : ` with reference ${reference}`}.`),
        { carrier, about: { ...about, ...(reference === null ? {} : { reference }) } },
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

function webhookText(delivery: RecipientDelivery, host: string): string {
  return delivery.state === 'delivered'
    ? `Webhook ${delivery.name} delivered to ${host}.`
    : `Webhook ${delivery.name} to ${host} was given up after ${delivery.tries} tries.`;
}
