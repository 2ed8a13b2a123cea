import { causeOf, type Cause } from '../../domain/reason.ts';
import type { RefusalKind } from '../../domain/provider-mapping.ts';
import type { Millis } from '../../domain/ports.ts';
import type { ProviderAnswer } from '../../platform/provider-client.ts';
import { silent, type Handing, type Standing } from './provider.ts';
import { retryAfterMs } from './retry-after.ts';

type Answered = Extract<ProviderAnswer, { kind: 'answered' }>;

/** What a provider said when it did not take a message. */
export interface Refusal {
  readonly answer: Answered;
  /** What its table, or the HTTP status, makes of it; null when nobody knows whether it was taken. */
  readonly kind: RefusalKind | null;
  /** The provider's own code. */
  readonly code: string;
  readonly message: string;
}

const retrySoonMs = 5_000;

/** What an HTTP status means where the mapping has no entry for the provider's code; null when it leaves a doubt. */
export function refusalByStatus(status: number): RefusalKind | null {
  if (status === 402) return 'no-credit';
  if (status === 429) return 'slow-down';
  if (status === 503 || status === 521 || status === 408 || status === 425) return 'retry';
  if (status >= 500) return null;
  if ([401, 403, 404, 405, 407, 415].includes(status) || (status >= 300 && status < 400)) return 'carrier-fault';
  return 'rejected';
}

/** What the lack of an answer means for a message and for the provider. */
export function unheard(answer: Exclude<ProviderAnswer, Answered>): Handing {
  const barred = answer.kind === 'unsent' && answer.refused;
  const standing = barred
    ? ({
        kind: 'closed',
        reason: answer.problem,
        cause: causeOf('upstream.address_refused', { detail: answer.problem }),
      } as const)
    : ({
        kind: 'away',
        reason: `The provider cannot be reached. ${answer.problem}`,
        cause: causeOf('upstream.unreachable', { detail: answer.problem }),
      } as const);
  if (answer.kind === 'unanswered') {
    const outcome = { kind: 'uncertain', code: 'provider.no_answer', message: answer.problem } as const;
    return { outcome, standing, judged: false };
  }
  const message = answer.problem;
  const outcome = { kind: 'retry', code: 'provider.unreachable', message, afterMs: retrySoonMs } as const;
  return { outcome: { ...outcome, carrierFault: true }, standing, judged: false };
}

/** What a refusal means for the message and for the provider. */
export function refused({ answer, kind, code, message }: Refusal, now: Millis): Handing {
  const said = message === '' ? `The provider answered ${code}.` : message;
  switch (kind) {
    case null: {
      const text = `The provider answered ${code}, and nobody knows whether it took the message.`;
      const standing: Standing = {
        kind: 'away',
        reason: `The provider has a fault (HTTP ${answer.status}).`,
        cause: causeOf('upstream.fault', { detail: `HTTP ${answer.status}` }),
      };
      return { outcome: { kind: 'uncertain', code, message: text }, standing, judged: false };
    }
    case 'rejected':
    case 'sender':
      return { outcome: { kind: 'rejected', code, message: said }, standing: silent, judged: true };
    case 'retry': {
      const busy = answer.status >= 500;
      const standing: Standing = busy
        ? {
            kind: 'away',
            reason: `The provider has a fault: ${said}`,
            cause: causeOf('upstream.fault', { detail: said }),
          }
        : silent;
      return { outcome: { kind: 'retry', code, message: said, carrierFault: busy }, standing, judged: false };
    }
    case 'slow-down': {
      const ms = retryAfterMs(answer.headers, now);
      const standing: Standing = {
        kind: 'paused',
        ms,
        reason: `The provider asks to send slower: ${said}`,
        cause: causeOf('upstream.limit'),
      };
      return { outcome: later(code, said, ms), standing, judged: false };
    }
    case 'no-credit': {
      const reason = `The account at the provider has no credit: ${said}`;
      return {
        outcome: later(code, said, retrySoonMs),
        standing: { kind: 'penniless', reason, cause: causeOf('upstream.no_credit') },
        judged: false,
      };
    }
    case 'carrier-fault':
      return {
        outcome: later(code, said, retrySoonMs),
        standing: {
          kind: 'closed',
          reason: closedReason(answer.status, said),
          cause: closedCause(answer.status, said),
        },
        judged: false,
      };
  }
}

function closedCause(status: number, said: string): Cause {
  if (status === 401 || status === 403) return causeOf('upstream.unauthorised');
  if (status >= 300 && status < 400) return causeOf('upstream.redirect');
  if (status === 404 || status === 405) return causeOf('upstream.wrong_address');
  return causeOf('upstream.refuses', { detail: said });
}

function closedReason(status: number, said: string): string {
  if (status === 401 || status === 403) return `The provider does not let this box in: ${said} Check user and key.`;
  if (status >= 300 && status < 400) {
    return 'The address answers with a redirect, which is not followed. Give the address that it leads to.';
  }
  if (status === 404 || status === 405)
    return `The address is not that of the provider's API (HTTP ${status}). Check it.`;
  return `The provider does not work for this account: ${said}`;
}

function later(code: string, message: string, afterMs: Millis): Handing['outcome'] {
  return { kind: 'retry', code, message, afterMs, carrierFault: true };
}
