import { causeOf, type Cause } from '../../domain/reason.ts';
import type { ProviderAnswer } from '../../platform/provider-client.ts';
import type { Millis } from '../../domain/ports.ts';
import { parseJson } from './json.ts';
import { silent, type Handing, type Standing } from './provider.ts';
import { retryAfterMs } from './retry-after.ts';
import { errorAnswer } from './sepsms-forms.ts';

const longestWords = 500;

type Answered = Extract<ProviderAnswer, { kind: 'answered' }>;

/** The code and words of a refusal in the documented form; null for anything else, such as a proxy's own page. */
export function refusalIn(answer: Answered): { readonly code: string; readonly message: string } | null {
  const parsed = errorAnswer.safeParse(parseJson(answer.text));
  if (!parsed.success) return null;
  const { code, message } = parsed.data.error;
  return { code, message: message.slice(0, longestWords) };
}

const closedReasons: Readonly<Record<string, string>> = {
  'auth.insufficient_scope':
    'The key at the upstream lacks a scope. Give it sms:send, and sms:read and credit:read for reports and balance.',
  'auth.ip_not_allowed':
    'The upstream does not let this box in from its address. Add the address to the allowed ones of the key there.',
  'auth.account_suspended': 'The account at the upstream is suspended. Ask who runs it.',
};

const closedCauses: Readonly<Record<string, Cause>> = {
  'auth.insufficient_scope': causeOf('upstream.scope'),
  'auth.ip_not_allowed': causeOf('upstream.not_let_in'),
  'auth.account_suspended': causeOf('upstream.suspended'),
};

function closedCause(refusal: ReturnType<typeof refusalIn>): Cause {
  return closedCauses[refusal?.code ?? ''] ?? causeOf('upstream.refuses', { detail: refusal?.message ?? '' });
}

const codesOfAnotherApi: ReadonlySet<string> = new Set([
  'request.not_found',
  'request.method_not_allowed',
  'request.unsupported_media_type',
]);

/** What an answer that is no success says about the upstream as such; silent when it speaks of the request alone. */
export function standingOf(answer: ProviderAnswer, now: Millis): Standing {
  if (answer.kind === 'unsent' && answer.refused)
    return {
      kind: 'closed',
      reason: answer.problem,
      cause: causeOf('upstream.address_refused', { detail: answer.problem }),
    };
  if (answer.kind !== 'answered') {
    return {
      kind: 'away',
      reason: `The upstream cannot be reached. ${answer.problem}`,
      cause: causeOf('upstream.unreachable', { detail: answer.problem }),
    };
  }
  const { status, headers } = answer;
  const refusal = refusalIn(answer);
  if (status === 401) {
    return {
      kind: 'closed',
      reason: 'The upstream does not accept the key. Give this carrier a key that is good there.',
      cause: causeOf('upstream.unauthorised'),
    };
  }
  if (status === 403) {
    const reason = closedReasons[refusal?.code ?? ''] ?? `The upstream refuses this box${said(refusal?.message)}`;
    return { kind: 'closed', reason, cause: closedCause(refusal) };
  }
  if (status === 402) {
    return {
      kind: 'penniless',
      reason: 'The account at the upstream has too few credits. Add some there; sending goes on by itself.',
      cause: causeOf('upstream.no_credit'),
    };
  }
  if (status === 429) {
    const ms = retryAfterMs(headers, now);
    const reason = `The upstream takes no more at the moment (its limit is reached); going on in ${seconds(ms)} s.`;
    return { kind: 'paused', ms, reason, cause: causeOf('upstream.limit') };
  }
  if (status >= 500) {
    const reason = `The upstream has a fault (HTTP ${status})${said(refusal?.message)}`;
    return { kind: 'away', reason, cause: causeOf('upstream.fault', { detail: `HTTP ${status}` }) };
  }
  if (status >= 300 && status < 400) {
    const reason = 'The address answers with a redirect, which is not followed. Give the address that it leads to.';
    return { kind: 'closed', reason, cause: causeOf('upstream.redirect') };
  }
  if (refusal === null || codesOfAnotherApi.has(refusal.code)) {
    const reason = `The address answers, but not as SEPSMS v2 does (HTTP ${status}). Check the address.`;
    return { kind: 'closed', reason, cause: causeOf('upstream.wrong_address') };
  }
  return silent;
}

/** Refusals that say nothing about the message: it may be handed over as soon as the way is free. */
const statusesOfTheWay: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 408, 415, 429]);

/** What became of a message whose hand-over was not answered with a success. */
export function failedHanding(answer: ProviderAnswer, now: Millis): Handing {
  const standing = standingOf(answer, now);
  if (answer.kind === 'unsent') return later(standing, 'upstream.unreachable', answer.problem);
  if (answer.kind === 'unanswered') return doubtful(standing, 'upstream.no_answer', answer.problem);
  const { status } = answer;
  const refusal = refusalIn(answer);
  if (refusal === null) {
    // A gateway's own page: only these say that nothing was passed on.
    if (status === 503 || status === 521 || status < 500) return later(standing, `http.${status}`, wordsOf(standing));
    return doubtful(standing, `http.${status}`, `The upstream answered HTTP ${status}, and nobody knows what it did.`);
  }
  const { code, message } = refusal;
  if (code === 'idempotency.in_progress' || code === 'idempotency.key_reused') return doubtful(standing, code, message);
  if (status >= 500) return later(standing, code, message);
  // A refusal for want of credits comes after the look whether the message was taken before.
  if (statusesOfTheWay.has(status)) return { ...later(standing, code, message), judged: status === 402 };
  return { outcome: { kind: 'rejected', code, message: message === '' ? code : message }, standing, judged: true };
}

function later(standing: Standing, code: string, message: string): Handing {
  const afterMs = standing.kind === 'paused' ? standing.ms : 5_000;
  return { outcome: { kind: 'retry', code, message, afterMs, carrierFault: true }, standing, judged: false };
}

function doubtful(standing: Standing, code: string, message: string): Handing {
  return { outcome: { kind: 'uncertain', code, message }, standing, judged: false };
}

function wordsOf(standing: Standing): string {
  return 'reason' in standing ? standing.reason : 'The upstream did not take it.';
}

function seconds(ms: Millis): number {
  return Math.ceil(ms / 1_000);
}

function said(message: string | undefined): string {
  return message === undefined || message === '' ? '.' : `: ${message.slice(0, 200)}`;
}
