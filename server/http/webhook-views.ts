import { iso } from '../services/message-desk.ts';
import type { DeliveryPage } from '../services/webhooks/webhook-log.ts';
import type { EndpointView, RotatedEndpoint, WebhookRegistry } from '../services/webhooks/webhook-registry.ts';

/** What both APIs show of webhooks. */

export function endpointItem(view: EndpointView) {
  return {
    id: view.id,
    url: view.url,
    events: [...view.events],
    state: view.state,
    reason: view.reason,
    createdAt: new Date(view.createdAt).toISOString(),
  };
}

export function deliveriesPage({ items, cursor }: DeliveryPage) {
  return {
    items: items.map((entry) => ({
      id: entry.id,
      event: entry.event,
      state: entry.state,
      nextAt: iso(entry.nextAt),
      createdAt: new Date(entry.createdAt).toISOString(),
      attempts: entry.attempts.map(({ at, status, error, durationMs }) => ({
        at: new Date(at).toISOString(),
        status,
        error,
        durationMs,
      })),
    })),
    nextCursor: cursor,
  };
}

/** The new secret, which is shown this once, and how long the old one signs as well. */
export function rotatedSecret({ secret, oldSecretUntil }: RotatedEndpoint) {
  return { secret, oldSecretUntil: iso(oldSecretUntil) };
}

/** Times of a range as they are written, in the form of the log. */
export function replayRange(range: {
  readonly from: string;
  readonly to: string;
  readonly only: 'failed' | 'finished';
}) {
  return { from: Date.parse(range.from), to: Date.parse(range.to), only: range.only };
}

/** What a test post led to; nothing of what the receiver wrote in its answer. */
export function testOutcome(answer: Awaited<ReturnType<WebhookRegistry['test']>>) {
  const { durationMs } = answer;
  if (answer.kind === 'unanswered') return { delivered: false, status: null, error: answer.error, durationMs };
  return { delivered: answer.status >= 200 && answer.status < 300, status: answer.status, error: null, durationMs };
}
