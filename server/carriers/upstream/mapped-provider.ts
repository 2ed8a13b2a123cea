import type { CarrierCall, HandedOver, ReportAsking, Submission } from '../../domain/carrier.ts';
import type { Clock } from '../../domain/ports.ts';
import type { PollMapping, ProviderMapping, RequestTemplate } from '../../domain/provider-mapping.ts';
import type { AskProvider, ProviderAnswer } from '../../platform/provider-client.ts';
import { readText } from './answer-reading.ts';
import { documentOf, signatureProblem } from './call-signature.ts';
import { refusalByStatus, refused, unheard } from './mapped-refusals.ts';
import { reportsIn } from './mapped-reports.ts';
import { textAt, textsAt } from './pointer.ts';
import {
  notFound,
  silent,
  well,
  type Asking,
  type Handing,
  type Hearing,
  type Look,
  type Provider,
} from './provider.ts';
import { RefusedSenders } from './refused-senders.ts';
import { referenceOf } from './sepsms-provider.ts';
import { fillRequest, type Values } from './template.ts';

export interface MappedOptions {
  readonly mapping: ProviderMapping;
  /** Base address; null for the mapping's own. */
  readonly url: string | null;
  readonly user: string;
  readonly key: string;
  readonly origin: string | null;
  readonly webhookSecret: string | null;
  /** Where the provider reaches this carrier; null when the box has no address that the provider knows. */
  readonly callbackUrl: string | null;
  readonly boxId: string;
  readonly ask: AskProvider;
  readonly clock: Clock;
}

const longestReference = 255;
const shortestValiditySeconds = 60;
const mostValiditySeconds = 7 * 86_400;
/** Past this age of a hand-over no provider is trusted to remember its reference. */
const rememberedMs = 23 * 3_600_000;

/** Any provider, spoken to as its mapping says. */
export function createMappedProvider(options: MappedOptions): Provider {
  return new MappedProvider(options);
}

class MappedProvider implements Provider {
  readonly reports: boolean;
  readonly asking: ReportAsking | null;
  readonly handAgain?: (submission: Submission, signal: AbortSignal) => Promise<Handing>;
  readonly ask?: (handed: HandedOver, signal: AbortSignal) => Promise<Asking>;
  readonly look?: (signal: AbortSignal) => Promise<Look>;
  readonly hear?: (call: CarrierCall) => Hearing;
  readonly #options: MappedOptions;
  readonly #account: Values;
  readonly #refused: RefusedSenders;

  constructor(options: MappedOptions) {
    const { mapping, url, user, key, callbackUrl, clock } = options;
    this.#options = options;
    this.#refused = new RefusedSenders(clock);
    const basic = Buffer.from(`${user}:${key}`).toString('base64');
    this.#account = { url: url ?? mapping.url ?? '', user, key, basic, callbackUrl: callbackUrl ?? '' };
    const { callback, poll, balance, send } = mapping;
    const called = callback !== undefined && (callbackUrl !== null || !tellsAddress(send.request));
    this.reports = called || poll !== undefined;
    this.asking = poll === undefined ? null : askingOf(poll, called);
    if (poll !== undefined) this.ask = (handed, signal) => this.#ask(poll, handed, signal);
    if (balance !== undefined) this.look = (signal) => this.#look(balance, signal);
    if (callback !== undefined) this.hear = (call) => this.#hear(callback, call);
    if (send.idempotent === true) this.handAgain = (submission, signal) => this.#handAgain(submission, signal);
  }

  async hand(submission: Submission, signal: AbortSignal): Promise<Handing> {
    const origin = this.#options.origin ?? submission.origin;
    return this.#refused.refusalOf(origin) ?? (await this.#send(submission, signal));
  }

  async #handAgain(submission: Submission, signal: AbortSignal): Promise<Handing> {
    const now = this.#options.clock.now();
    if (now - submission.handedAt > rememberedMs || now >= submission.expiresAt) {
      const message = 'It is too late to hand it over again without risk.';
      return { outcome: { kind: 'uncertain', code: 'provider.too_late', message }, standing: silent, judged: false };
    }
    const handing = await this.#send(submission, signal);
    if (handing.judged || handing.outcome.kind === 'accepted') return handing;
    const { code, message } = handing.outcome;
    return { ...handing, outcome: { kind: 'uncertain', code, message } };
  }

  async #send(submission: Submission, signal: AbortSignal): Promise<Handing> {
    const { mapping, boxId, clock, origin } = this.#options;
    const { send } = mapping;
    const own = referenceOf(boxId, submission);
    const answer = await this.#request(send.request, this.#valuesOf(submission, own), signal);
    if (answer.kind !== 'answered') return unheard(answer);
    const document = readText(answer.text, send.answer ?? 'json');
    if (isTaken(mapping, answer, document)) {
      const reference = send.reference === undefined ? own : textAt(document, send.reference);
      if (reference !== undefined) {
        const outcome = { kind: 'accepted', reference: reference.slice(0, longestReference) } as const;
        return { outcome, standing: well, judged: true };
      }
      const message = 'The provider answered well, but its answer names no message. Check the mapping.';
      return { outcome: { kind: 'uncertain', code: 'provider.unreadable', message }, standing: well, judged: false };
    }
    const code = textAt(document, send.code);
    const kind = kindOf(mapping, answer.status, code);
    const told = { answer, kind, code: code ?? `http.${answer.status}`, message: textAt(document, send.message) ?? '' };
    const handing = refused(told, clock.now());
    if (kind !== 'sender') return handing;
    return this.#refused.add(origin ?? submission.origin, { ...told, own: origin !== null });
  }

  async #ask(poll: PollMapping, { reference, msisdn }: HandedOver, signal: AbortSignal): Promise<Asking> {
    const answer = await this.#request(poll.request, { ...this.#account, reference, to: msisdn }, signal);
    if (answer.kind !== 'answered') return { report: null, standing: unheard(answer).standing };
    if (answer.status < 200 || answer.status > 299) return { report: null, standing: silent };
    const document = readText(answer.text, 'json');
    const [report = null] = reportsIn(document, poll, this.#options.mapping, () => reference);
    return { report: report === null ? null : { ...report, msisdn }, standing: silent };
  }

  async #look(balance: NonNullable<ProviderMapping['balance']>, signal: AbortSignal): Promise<Look> {
    const answer = await this.#request(balance.request, this.#account, signal);
    if (answer.kind !== 'answered') return { standing: unheard(answer).standing, balance: null, unit: '' };
    const document = readText(answer.text, 'json');
    const amount = Number(textAt(document, balance.at) ?? Number.NaN);
    if (answer.status < 200 || answer.status > 299) {
      const kind = refusalByStatus(answer.status) ?? 'retry';
      const { standing } = refused(
        { answer, kind, code: `http.${answer.status}`, message: '' },
        this.#options.clock.now(),
      );
      // What may not see the balance may still send.
      return { standing: answer.status === 403 ? well : standing, balance: null, unit: '' };
    }
    const unit = balance.unit?.startsWith('/') === true ? textAt(document, balance.unit) : balance.unit;
    return { standing: well, balance: Number.isFinite(amount) ? amount : null, unit: unit ?? '' };
  }

  #hear(callback: NonNullable<ProviderMapping['callback']>, call: CarrierCall): Hearing {
    const { mapping, webhookSecret, key, callbackUrl } = this.#options;
    const secrets = { webhookSecret, key, callbackUrl: callbackUrl ?? '' };
    const problem = signatureProblem(callback.signature, call, secrets);
    if (problem !== null) return { reports: [], inbound: [], answer: notFound, problem };
    const reports = reportsIn(documentOf(call), callback, mapping, (each) => textAt(each, callback.reference));
    const answer = callback.answer ?? { status: 200, contentType: 'text/plain', body: '' };
    return { reports, inbound: [], answer, problem: null };
  }

  #valuesOf(submission: Submission, reference: string): Values {
    const { mapping, origin } = this.#options;
    const { encodings, longestValiditySeconds = mostValiditySeconds } = mapping.send;
    const left = Math.ceil((submission.expiresAt - submission.handedAt) / 1_000);
    const validity = Math.min(longestValiditySeconds, Math.max(shortestValiditySeconds, left));
    return {
      ...this.#account,
      to: submission.msisdn,
      from: origin ?? submission.origin,
      text: submission.text,
      encoding: encodings?.[submission.encoding] ?? submission.encoding,
      reference,
      validitySeconds: validity,
      validityMinutes: Math.ceil(validity / 60),
      validityMs: validity * 1_000,
    };
  }

  async #request(template: RequestTemplate, values: Values, signal: AbortSignal): Promise<ProviderAnswer> {
    return await this.#options.ask({ ...fillRequest(template, values), signal });
  }
}

/** Whether the provider learns the callback address with each message; otherwise a person has registered it there. */
function tellsAddress(template: RequestTemplate): boolean {
  return JSON.stringify(template).includes('{callbackUrl}');
}

type Answered = Extract<ProviderAnswer, { kind: 'answered' }>;

function isTaken({ send }: ProviderMapping, { status }: Answered, document: unknown): boolean {
  const { statuses, at, equals } = send.success ?? {};
  const byStatus = statuses === undefined ? status >= 200 && status <= 299 : statuses.includes(status);
  if (!byStatus || at === undefined) return byStatus;
  return textsAt(document, at).some((text) => equals?.includes(text) === true);
}

function kindOf({ send }: ProviderMapping, status: number, code: string | undefined) {
  const { codes = {} } = send;
  const listed = code !== undefined && Object.hasOwn(codes, code) ? codes[code] : undefined;
  if (listed !== undefined) return listed;
  // A good status without a word of success: the provider has refused it, unless it said nothing that can be read.
  if (status >= 200 && status <= 299) return code === undefined ? null : 'rejected';
  return refusalByStatus(status);
}

function askingOf({ afterSeconds, everySeconds }: PollMapping, called: boolean): ReportAsking {
  // Where reports are called in, asking is for those that got lost.
  const usual = called ? 15 * 60 : 15;
  return { afterMs: (afterSeconds ?? usual) * 1_000, everyMs: (everySeconds ?? usual) * 1_000 };
}
