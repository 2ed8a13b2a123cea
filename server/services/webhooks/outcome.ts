import type { Millis } from '../../domain/ports.ts';
import { failedTooLong, nextAttemptDelay, parseRetryAfter, verdictOf } from '../../domain/webhook-schedule.ts';
import type { WebhookAnswer } from '../../platform/webhook-client.ts';
import type { AttemptOutcome, DueDelivery, EndpointChange } from '../../store/webhook-rows.ts';
import type { Endpoint } from './endpoint-book.ts';

export interface Judged {
  readonly outcome: AttemptOutcome;
  /** The receiver said that it is gone for good. */
  readonly gone: boolean;
  /** How long the receiver wants to be left alone altogether; 0 when it did not ask. */
  readonly holdMs: number;
}

/**
 * What an answer means for the delivery.
 * @param now wall time at the end of the attempt
 * @param fraction a random number in [0, 1) for jitter
 */
export function judge(delivery: DueDelivery, answer: WebhookAnswer, now: Millis, fraction: number): Judged {
  const attempt = {
    deliveryId: delivery.id,
    endpointId: delivery.endpointId,
    at: now,
    durationMs: answer.durationMs,
  };
  if (answer.kind === 'unanswered') {
    const retry = retryOf(delivery, now, fraction, null);
    return {
      outcome: { ...attempt, status: null, error: answer.error, answer: null, ...retry },
      gone: false,
      holdMs: 0,
    };
  }
  const { status, text } = answer;
  const verdict = verdictOf(status);
  if (verdict === 'delivered') {
    const outcome = { ...attempt, status, error: null, answer: text, state: verdict, retryAt: now };
    return { outcome, gone: false, holdMs: 0 };
  }
  const asked = parseRetryAfter(answer.retryAfter, now);
  const gone = verdict === 'gone';
  const next = gone ? ({ state: 'failed', retryAt: now } as const) : retryOf(delivery, now, fraction, asked);
  const error = status >= 300 && status < 400 ? 'The receiver redirected; redirects are not followed.' : null;
  const holdMs = status === 429 || status === 503 ? (asked ?? 0) : 0;
  return { outcome: { ...attempt, status, error, answer: text, ...next }, gone, holdMs };
}

function retryOf(
  delivery: DueDelivery,
  now: Millis,
  fraction: number,
  asked: number | null,
): Pick<AttemptOutcome, 'state' | 'retryAt'> {
  const delay = nextAttemptDelay(delivery.tries + 1, fraction, asked);
  return delay === null ? { state: 'failed', retryAt: now } : { state: 'pending', retryAt: now + delay };
}

/**
 * What a batch of outcomes changes about an endpoint, or null when nothing.
 * A success ends a time of failing; 410, or five days without a success, disable it.
 */
export function endpointChange(endpoint: Endpoint, judged: readonly Judged[]): EndpointChange | null {
  let failingSince = endpoint.failingSince;
  let disable: string | null = null;
  for (const { outcome, gone } of judged) {
    if (outcome.state === 'delivered') {
      failingSince = null;
      continue;
    }
    failingSince ??= outcome.at;
    const on = new Date(outcome.at).toISOString();
    if (gone) disable ??= `It answered 410 Gone on ${on}. Resume it when the receiver is back.`;
    else if (failedTooLong(failingSince, outcome.at)) {
      disable ??= `It took nothing for five days, up to ${on}. Repair the receiver, then resume it.`;
    }
  }
  if (endpoint.state === 'disabled') disable = null;
  if (failingSince === endpoint.failingSince && disable === null) return null;
  return { endpointId: endpoint.id, failingSince, disable };
}
