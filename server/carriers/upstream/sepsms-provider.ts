import { causeOf } from '../../domain/reason.ts';
import type { CarrierCall, DeliveryReport, HandedOver, ReportAsking, Submission } from '../../domain/carrier.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import { sha256Hex } from '../../platform/crypto.ts';
import type { AskProvider, ProviderAnswer } from '../../platform/provider-client.ts';
import { parseJson } from './json.ts';
import { silent, well, type Asking, type Handing, type Hearing, type Look, type Provider } from './provider.ts';
import { RefusedSenders } from './refused-senders.ts';
import { limitPauseMs } from './retry-after.ts';
import { balanceAnswer, historyAnswer, recipientsAnswer, sendAnswer, statusAnswer } from './sepsms-forms.ts';
import { failedHanding, refusalIn, standingOf } from './sepsms-refusals.ts';
import { verdictOf } from './sepsms-reports.ts';
import { hearSepsms } from './sepsms-webhooks.ts';

export interface SepsmsOptions {
  /** Such as `https://sepsms.com` or `http://10.0.0.7:8580`; `/api/v2` may be part of it. */
  readonly url: string;
  readonly key: string;
  /** Sender name to use instead of the message's own. */
  readonly origin: string | null;
  /** Whether the other side knows `Idempotency-Key`, as every box does. */
  readonly idempotent: boolean;
  /** Secret of the webhook that is registered there for this box; null when reports are asked for. */
  readonly webhookSecret: string | null;
  /** What tells this box's requests from those of another with the same key. */
  readonly boxId: string;
  readonly ask: AskProvider;
  readonly clock: Clock;
}

/** A key is remembered for 24 h by the other side; an hour is left for clocks that differ. */
const keyLivesMs = 23 * 3_600_000;
const minute = 60_000;
const longestWords = 500;
const mostValidityMinutes = 10_080;
const late: ReportAsking = { afterMs: 15 * minute, everyMs: 15 * minute };
const soon: ReportAsking = { afterMs: 10_000, everyMs: 15_000 };

/** Another SEPSMS that speaks the v2 API: the cloud, or another box (api-v2). */
export function createSepsmsProvider(options: SepsmsOptions): Provider {
  return new SepsmsProvider(options);
}

class SepsmsProvider implements Provider {
  readonly reports = true;
  readonly asking: ReportAsking;
  readonly handAgain?: (submission: Submission, signal: AbortSignal) => Promise<Handing>;
  readonly #options: SepsmsOptions;
  readonly #base: string;
  readonly #refused: RefusedSenders;
  /** Whether the last message was refused for want of credits. An account that is not metered sends without any. */
  #penniless = false;

  constructor(options: SepsmsOptions) {
    this.#options = options;
    this.#base = apiBase(options.url);
    this.#refused = new RefusedSenders(options.clock);
    this.asking = options.webhookSecret === null ? soon : late;
    if (options.idempotent) this.handAgain = (submission, signal) => this.#handAgain(submission, signal);
  }

  async hand(submission: Submission, signal: AbortSignal): Promise<Handing> {
    const origin = this.#options.origin ?? submission.origin;
    return this.#refused.refusalOf(origin) ?? (await this.#offer(submission, signal));
  }

  async ask({ reference, msisdn }: HandedOver, signal: AbortSignal): Promise<Asking> {
    const path = `/message/${encodeURIComponent(reference)}`;
    const answer = await this.#get(path, signal);
    const read = readAnswer(statusAnswer, answer);
    if (read === null) return { report: null, standing: this.#standingOfReading(answer) };
    const { drSummary, completedAt } = read.result;
    // It has one recipient, so one state at most; `sent` may still become another.
    const status = drSummary.find((each) => each.count > 0)?.drStatus ?? '';
    const verdict = verdictOf(status);
    if (verdict === null) return { report: null, standing: well };
    const why = verdict === 'delivered' ? null : await this.#why(path, signal);
    const at = Date.parse(completedAt ?? '');
    const code = why?.errorCode ?? status;
    const message = why?.errorMessage?.slice(0, longestWords) ?? `The upstream says ${status}.`;
    const report: DeliveryReport = { reference, msisdn, verdict, code, message, at: Number.isNaN(at) ? null : at };
    return { report, standing: well };
  }

  async look(signal: AbortSignal): Promise<Look> {
    const answer = await this.#get('/message/credit/balance', signal);
    const read = readAnswer(balanceAnswer, answer);
    const balance = read?.result.balance ?? null;
    if (this.#penniless && balance !== null && balance <= 0) {
      const reason = 'The account at the upstream has no credits. Add some there; sending goes on by itself.';
      return { standing: { kind: 'penniless', reason, cause: causeOf('upstream.no_credit') }, balance, unit: '' };
    }
    const standing = read === null ? this.#standingOfReading(answer) : well;
    // A key that may not see the balance may still send.
    return { standing: standing.kind === 'silent' ? well : standing, balance, unit: '' };
  }

  hear(call: CarrierCall): Hearing {
    const { webhookSecret: secret, boxId, clock } = this.#options;
    return hearSepsms(call, { secret, boxId, now: clock.now() });
  }

  /** Sends the same again under the same key while that is safe and still wanted; later it only looks. */
  async #handAgain(submission: Submission, signal: AbortSignal): Promise<Handing> {
    const now = this.#options.clock.now();
    const fresh = now - submission.handedAt < keyLivesMs;
    if (!fresh || now >= submission.expiresAt) return await this.#lookFor(submission, fresh, signal);
    const handing = await this.#offer(submission, signal);
    return handing.judged ? handing : { ...handing, outcome: asUncertain(handing) };
  }

  /** A sender name that is not approved over there is not the message's fault. */
  async #offer(submission: Submission, signal: AbortSignal): Promise<Handing> {
    const handing = await this.#post(submission, signal);
    const { outcome } = handing;
    if (outcome.kind !== 'rejected' || !outcome.code.startsWith('sender.')) return handing;
    const own = this.#options.origin;
    return this.#refused.add(own ?? submission.origin, { ...outcome, own: own !== null });
  }

  async #lookFor(submission: Submission, fresh: boolean, signal: AbortSignal): Promise<Handing> {
    const reference = referenceOf(this.#options.boxId, submission);
    const answer = await this.#get(`/message?clientRef=${encodeURIComponent(reference)}`, signal);
    const items = readAnswer(historyAnswer, answer)?.result.items;
    const found = items?.find((item) => item.clientRef === reference);
    if (found !== undefined) {
      return { outcome: { kind: 'accepted', reference: found.uuid }, standing: well, judged: true };
    }
    const message = 'The upstream does not have it; it was not sent before its validity ended.';
    if (items?.length === 0 && fresh) {
      const outcome = { kind: 'retry', code: 'upstream.not_taken', message, carrierFault: true } as const;
      return { outcome, standing: well, judged: true };
    }
    const standing = items === undefined ? this.#standingOfReading(answer) : well;
    const doubt = 'The upstream does not tell what became of it.';
    return { outcome: { kind: 'uncertain', code: 'upstream.no_trace', message: doubt }, standing, judged: false };
  }

  async #post(submission: Submission, signal: AbortSignal): Promise<Handing> {
    const { boxId, clock, ask, origin } = this.#options;
    const reference = referenceOf(boxId, submission);
    const answer = await ask({
      method: 'POST',
      url: `${this.#base}/message/send`,
      headers: { ...this.#headers(), 'content-type': 'application/json', 'idempotency-key': reference },
      // Made of the submission alone, so that it is the same to the letter whenever it is sent.
      body: JSON.stringify({
        origin: origin ?? submission.origin,
        message: submission.text,
        recipients: [submission.msisdn],
        scheduledTime: null,
        clientRef: reference,
        validityMinutes: validityOf(submission),
        priority: submission.lane === 'otp' || submission.lane === 'high' ? 'high' : 'normal',
      }),
      signal,
    });
    const now = clock.now();
    if (answer.kind !== 'answered' || answer.status < 200 || answer.status > 299) {
      const failed = failedHanding(answer, now);
      this.#penniless = failed.standing.kind === 'penniless';
      return failed;
    }
    this.#penniless = false;
    const read = readAnswer(sendAnswer, answer);
    if (read === null) {
      const message = 'The upstream answered that it took it, but in a form that cannot be read.';
      const outcome = { kind: 'uncertain', code: 'upstream.unreadable', message } as const;
      return { outcome, standing: well, judged: false };
    }
    const { uuid, blockedCount } = read.result;
    const pause = limitPauseMs(answer.headers, now);
    const reason = 'The limit of the upstream is reached; going on by itself.';
    const standing =
      pause === null ? well : ({ kind: 'paused', ms: pause, reason, cause: causeOf('upstream.limit') } as const);
    if (blockedCount > 0) {
      const message = 'The upstream does not send to this number: it is on the blocklist there, or just had this text.';
      return { outcome: { kind: 'rejected', code: 'upstream.blocked', message }, standing, judged: true };
    }
    return { outcome: { kind: 'accepted', reference: uuid }, standing, judged: true };
  }

  async #why(path: string, signal: AbortSignal) {
    const answer = await this.#get(`${path}/recipients`, signal);
    return readAnswer(recipientsAnswer, answer)?.result.items[0] ?? null;
  }

  async #get(path: string, signal: AbortSignal): Promise<ProviderAnswer> {
    const url = `${this.#base}${path}`;
    return await this.#options.ask({ method: 'GET', url, headers: this.#headers(), body: null, signal });
  }

  #headers() {
    return { 'x-api-key': this.#options.key, accept: 'application/json' };
  }

  /** What a failed reading tells; a key without the scope to read may still send. */
  #standingOfReading(answer: ProviderAnswer): Look['standing'] {
    const scopeless = answer.kind === 'answered' && refusalIn(answer)?.code === 'auth.insufficient_scope';
    const unread = answer.kind === 'answered' && answer.status < 300;
    return scopeless || unread ? silent : standingOf(answer, this.#options.clock.now());
  }
}

/** The same for every try at one journal entry, and another one for whatever else a restored backup may number alike. */
export function referenceOf(boxId: string, submission: Submission): string {
  const { id, msisdn, origin, text } = submission;
  return `${boxId}-${id}-${sha256Hex([msisdn, origin, text].join('\u0000')).slice(0, 12)}`;
}

function apiBase(url: string): string {
  const bare = url.replace(/\/+$/u, '');
  return bare.endsWith('/api/v2') ? bare : `${bare}/api/v2`;
}

function validityOf({ expiresAt, handedAt }: Submission): number {
  const minutes: Millis = Math.ceil((expiresAt - handedAt) / minute);
  return Math.min(mostValidityMinutes, Math.max(1, minutes));
}

function readAnswer<T>(
  form: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  answer: ProviderAnswer,
): T | null {
  if (answer.kind !== 'answered' || answer.status < 200 || answer.status > 299) return null;
  const read = form.safeParse(parseJson(answer.text));
  return read.success ? read.data : null;
}

function asUncertain({ outcome }: Handing): Handing['outcome'] {
  return 'code' in outcome ? { kind: 'uncertain', code: outcome.code, message: outcome.message } : outcome;
}
