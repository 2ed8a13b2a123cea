import { forwardText, isForwarded, unknownPlaceholders } from '../../domain/auto-answer.ts';
import { AppError } from '../../domain/errors.ts';
import type { KeywordMatch, KeywordRule } from '../../domain/keyword-rules.ts';
import { normalizeMsisdn } from '../../domain/msisdn.ts';
import { plainText } from '../../domain/plain-text.ts';
import type { Clock } from '../../domain/ports.ts';
import { parseQuietHours } from '../../domain/quiet-hours.ts';
import { countSegments } from '../../domain/segments.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { KeywordDraft, KeywordStore } from '../../store/keyword-store.ts';
import { builtInRules } from './inbound-rules.ts';

/** A rule as people write it; what is null, or an empty list, stands for any, or for not doing it. */
export interface KeywordRequest {
  readonly name: string;
  readonly enabled: boolean;
  readonly match: KeywordMatch;
  readonly keywords: string[];
  /** Numbers of the carriers that it came by. */
  readonly carriers: number[];
  /** Name of the account whose message the text answers. */
  readonly answers: string | null;
  readonly hours: string;
  /** Name of the account whose inbox it goes to. */
  readonly account: string | null;
  readonly reply: string | null;
  readonly origin: string | null;
  readonly forwardTo: string | null;
  /** Number of the webhook endpoint that is told. */
  readonly webhook: number | null;
}

export interface KeywordView extends KeywordRequest {
  readonly id: number;
}

/** One of the rules that come first and are set by settings. */
export interface BuiltInRule {
  readonly name: string;
  readonly keywords: string[];
  /** The setting that has the keywords. */
  readonly setting: string;
}

export interface KeywordDeskOptions {
  readonly store: KeywordStore;
  readonly accounts: AccountStore;
  readonly hasCarrier: (carrierId: number) => boolean;
  readonly hasEndpoint: (endpointId: number) => boolean;
  readonly isOwnNumber: (msisdn: string) => boolean;
  readonly builtIn: () => BuiltInRule[];
  readonly international: () => boolean;
  readonly maxSegments: () => number;
  readonly clock: Clock;
}

/** The keyword rules of the box: made, changed, put in order. */
export class KeywordDesk {
  readonly #options: KeywordDeskOptions;

  constructor(options: KeywordDeskOptions) {
    this.#options = options;
  }

  /** In the order in which they are asked; the built-in ones come before them. */
  list(): { items: KeywordView[]; builtIn: BuiltInRule[] } {
    return { items: this.#options.store.list().map((rule) => this.#view(rule)), builtIn: this.#options.builtIn() };
  }

  /** @throws AppError `keyword.invalid`, `keyword.exists`, `account.not_found`, `carrier.not_found`, `webhook.not_found`. */
  async add(request: KeywordRequest): Promise<KeywordView> {
    return this.#view(await this.#options.store.add(this.#draft(request), this.#options.clock.now()));
  }

  /** @throws AppError as `add` does, and `keyword.not_found`. */
  async change(
    id: number,
    change: { [K in keyof KeywordRequest]?: KeywordRequest[K] | undefined },
  ): Promise<KeywordView> {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const request = { ...this.#view(this.#options.store.byId(id)), ...given };
    return this.#view(await this.#options.store.replace(id, this.#draft(request)));
  }

  /** @throws AppError `keyword.not_found`. */
  async remove(id: number): Promise<void> {
    await this.#options.store.remove(id);
  }

  /** Puts the named rules first, in this order. @throws AppError `keyword.not_found`. */
  async order(ids: readonly number[]): Promise<void> {
    await this.#options.store.order([...new Set(ids)]);
  }

  #draft(request: KeywordRequest): KeywordDraft {
    const { name, enabled, match, hours, carriers, webhook, reply, forwardTo, account } = request;
    const { accounts, hasCarrier, hasEndpoint } = this.#options;
    if (builtInRules.some((taken) => taken === name.toLowerCase()))
      throw invalid(`The name ${name} belongs to a built-in rule. Choose another.`);
    if (hours !== '' && parseQuietHours(hours) === null)
      throw invalid('Write the hours like 08:00-17:00, or leave them out for any time.');
    for (const id of carriers)
      if (!hasCarrier(id)) throw new AppError('carrier.not_found', `There is no carrier ${id}.`);
    if (webhook !== null && !hasEndpoint(webhook))
      throw new AppError('webhook.not_found', `There is no webhook ${webhook}.`);
    if (reply === null && forwardTo === null && account === null && webhook === null)
      throw invalid('Say what is to be done: an answer, a number to send it on to, an account or a webhook.');
    return {
      name,
      enabled,
      match,
      keywords: keywordsIn(request),
      carrierIds: [...new Set(carriers)],
      answersAccountId: request.answers === null ? null : accounts.named(request.answers).id,
      hours,
      accountId: account === null ? null : accounts.named(account).id,
      reply: this.#reply(reply),
      replyOrigin: this.#origin(request),
      forwardTo: this.#target(forwardTo),
      endpointId: webhook,
    };
  }

  #reply(reply: string | null): string | null {
    if (reply === null) return null;
    if (reply.trim() === '') throw invalid('The answer is empty. Write a text.');
    const [unknown] = unknownPlaceholders(reply);
    if (unknown !== undefined)
      throw invalid(`{${unknown}} is nothing that can be filled in. There are {from}, {text} and {time}.`);
    // What is filled in counts when it is sent; what is too long without it can never be.
    if (countSegments(reply) > this.#options.maxSegments()) throw invalid('The answer is too long. Shorten it.');
    if (isForwarded(reply))
      throw invalid(`An answer that begins like ${forwardText('…', '')}would be taken for a text that was sent on.`);
    return reply;
  }

  #origin({ origin, account, reply }: KeywordRequest): string | null {
    if (origin === null || reply === null) return null;
    const { accounts } = this.#options;
    if (accounts.isApprovedSender(accounts.named(account ?? undefined).id, origin)) return origin;
    throw new AppError(
      'sender.not_approved',
      `${origin} is no approved sender name of the account that answers. Approve it first.`,
    );
  }

  #target(forwardTo: string | null): string | null {
    if (forwardTo === null) return null;
    const msisdn = normalizeMsisdn(forwardTo, { international: this.#options.international() });
    if (msisdn === null)
      throw invalid(`${forwardTo} is no possible mobile number. Write it as 0xxxxxxxxx or 66xxxxxxxxx.`);
    if (this.#options.isOwnNumber(msisdn)) throw invalid("Texts are not sent on to one of the box's own numbers.");
    return msisdn;
  }

  #view(rule: KeywordRule): KeywordView {
    const names = new Map(this.#options.accounts.list().map((account) => [account.id, account.name]));
    const nameOf = (id: number | null) => (id === null ? null : (names.get(id) ?? 'removed'));
    const { id, name, enabled, match, hours, reply, forwardTo } = rule;
    return {
      id,
      name,
      enabled,
      match,
      keywords: [...rule.keywords],
      carriers: [...rule.carrierIds],
      answers: nameOf(rule.answersAccountId),
      hours,
      account: nameOf(rule.accountId),
      reply,
      origin: rule.replyOrigin,
      forwardTo,
      webhook: rule.endpointId,
    };
  }
}

function keywordsIn({ match, keywords }: KeywordRequest): string[] {
  if (match === 'any') return [];
  const kept = new Map(keywords.map((keyword) => [plainText(keyword), keyword.trim()]));
  kept.delete('');
  if (kept.size === 0) throw invalid('Name at least one keyword, or let the rule fit any text.');
  return [...kept.values()];
}

function invalid(message: string): AppError {
  return new AppError('keyword.invalid', message);
}
