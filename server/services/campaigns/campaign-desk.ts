import { AppError } from '../../domain/errors.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import { countSegments } from '../../domain/segments.ts';
import { placeholders } from '../../domain/template.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { AddressBook } from '../../store/address-book.ts';
import type {
  CampaignCounts,
  CampaignDraft,
  CampaignRecord,
  CampaignState,
  MissingValues,
} from '../../store/campaign-rows.ts';
import type { CampaignStore } from '../../store/campaign-store.ts';
import { assertSender } from '../guards/sender-guard.ts';
import type { Intake } from '../intake.ts';
import { planOf, type AudiencePlan, type AudienceReader, type PlannedAudience } from './audience.ts';

/** What a person asks for. */
export interface CampaignInput {
  readonly account?: string | undefined;
  readonly origin?: string | undefined;
  /** One of both. */
  readonly text?: string | undefined;
  readonly templateId?: number | undefined;
  readonly groups: readonly number[];
  readonly numbers: readonly string[];
  readonly importId?: number | undefined;
  readonly at?: string | undefined;
  readonly priority: 'normal' | 'high';
  readonly missing: MissingValues;
  /** Numbers that are none: it is refused, or they are left out. */
  readonly invalid?: 'refuse' | 'skip' | undefined;
}

export interface CampaignView extends Omit<CampaignRecord, 'audience' | 'source' | 'after'> {
  readonly account: string;
  readonly audience: AudiencePlan;
  /** Whether the whole audience was made into messages. */
  readonly prepared: boolean;
  /** How many there are at most. */
  readonly size: number;
  readonly counts: CampaignCounts;
}

/** A campaign that may be begun, and what is told of it before. */
export interface CampaignPlan {
  readonly draft: CampaignDraft;
  readonly audience: PlannedAudience;
  /** Credits that its account has. */
  readonly balance: number;
}

/** Campaigns: one text to many, each with its own values, made into messages by the runner. */
export class CampaignDesk {
  readonly #store: CampaignStore;
  readonly #book: AddressBook;
  readonly #accounts: AccountStore;
  readonly #audiences: AudienceReader;
  readonly #intake: Intake;
  readonly #clock: Clock;
  readonly #maxSegments: () => number;
  readonly #wake: () => void;

  /** @param options.wake a campaign may now run. */
  constructor(options: {
    store: CampaignStore;
    book: AddressBook;
    accounts: AccountStore;
    audiences: AudienceReader;
    intake: Intake;
    clock: Clock;
    maxSegments: () => number;
    wake: () => void;
  }) {
    this.#store = options.store;
    this.#book = options.book;
    this.#accounts = options.accounts;
    this.#audiences = options.audiences;
    this.#intake = options.intake;
    this.#clock = options.clock;
    this.#maxSegments = options.maxSegments;
    this.#wake = options.wake;
  }

  /**
   * Begins a campaign. Its credits are taken message by message as it is made; what then stands in the way pauses it and says so.
   * @throws AppError with the code of what cannot be: `account.not_found`, `sender.not_approved`, `template.not_found`,
   * `message.empty`, `message.too_long`, `message.schedule_…`, those of `AudienceReader.plan`.
   */
  async create(input: CampaignInput & { readonly name: string }, by: string): Promise<CampaignView> {
    const row = await this.#store.create(this.draft({ ...input, by }), this.#clock.now());
    this.#wake();
    return this.view(row);
  }

  /** @throws AppError `campaign.not_found`. */
  get(id: number): CampaignView {
    return this.view(this.#store.get(id));
  }

  /** Campaigns of an account, or of all of them, newest first. @throws AppError `account.not_found`. */
  list(request: {
    readonly account?: string | undefined;
    readonly state?: CampaignState | undefined;
    readonly limit: number;
    readonly before?: number | undefined;
  }) {
    const accountId = request.account === undefined ? null : this.#accounts.named(request.account).id;
    const wanted = { accountId, state: request.state ?? null, before: request.before ?? Number.MAX_SAFE_INTEGER };
    const rows = this.#store.list(wanted, request.limit + 1);
    const shown = rows.slice(0, request.limit);
    return {
      items: shown.map((row) => this.view(row)),
      next: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  /** Whom it was for, as it was named. @throws AppError `campaign.not_found`. */
  audience(id: number): AudiencePlan {
    return planOf(this.#store.get(id).audience);
  }

  /** Ids of its messages, the oldest first. @throws AppError `campaign.not_found`. */
  messages(
    id: number,
    request: { readonly after: number; readonly limit: number },
  ): { ids: number[]; next: number | null } {
    this.#store.get(id);
    const rows = this.#store.messages(id, request.after, request.limit + 1);
    const ids = rows.slice(0, request.limit).map((row) => row.id);
    return { ids, next: rows.length > ids.length ? (ids.at(-1) ?? null) : null };
  }

  /** Holds it: nothing more is handed over until it is resumed. @throws AppError `campaign.not_found`, `campaign.wrong_state`. */
  async pause(id: number): Promise<CampaignView> {
    return this.view(await this.#store.pause(id, this.#clock.now()));
  }

  /** @throws AppError `campaign.not_found`, `campaign.wrong_state`. */
  async resume(id: number): Promise<CampaignView> {
    const row = await this.#store.resume(id, this.#clock.now());
    this.#wake();
    return this.view(row);
  }

  /** Takes back and refunds what no carrier has. @throws AppError `campaign.not_found`, `campaign.wrong_state`. */
  async cancel(id: number): Promise<CampaignView> {
    const row = await this.#store.cancel(id);
    this.#wake();
    return this.view(row);
  }

  /** A campaign that may be begun. Throws as `create` does. */
  draft(input: CampaignInput & { readonly name: string; readonly by: string }): CampaignDraft {
    return this.plan(input).draft;
  }

  /** The same, with what of its numbers could not be taken. */
  plan(input: CampaignInput & { readonly name: string; readonly by: string }): CampaignPlan {
    const account = this.#accounts.named(input.account);
    const text = this.#text(input, account.id);
    const origin = input.origin ?? this.#usualSender(account.id);
    assertSender(this.#accounts, account.id, origin, 'marketing');
    const audience = this.#audiences.plan(account.id, { ...input, importId: input.importId ?? null });
    const draft = {
      accountId: account.id,
      name: input.name,
      origin,
      text,
      priority: input.priority,
      missing: input.missing,
      audience: JSON.stringify(audience.plan),
      scheduledAt: this.#intake.scheduledFor(input.at, this.#clock.now()),
      by: input.by,
    };
    return { draft, audience, balance: account.balance };
  }

  view(row: CampaignRecord): CampaignView {
    const { audience, source, after: _after, ...rest } = row;
    const plan = planOf(audience);
    return {
      ...rest,
      account: this.#accounts.list().find((each) => each.id === row.account_id)?.name ?? '',
      audience: plan,
      prepared: source === null,
      size: source === null ? row.recipient_count + row.skipped_count : this.#sizeOf(plan),
      counts: this.#store.counts(row.id),
    };
  }

  #sizeOf(plan: AudiencePlan): number {
    try {
      return this.#audiences.size(plan);
    } catch (error) {
      // The file of rows was forgotten meanwhile: there is nobody more.
      if (error instanceof AppError && error.code === 'import.not_found') return 0;
      throw error;
    }
  }

  #text({ text, templateId }: CampaignInput, accountId: number): string {
    if ((text === undefined) === (templateId === undefined)) {
      const message = 'Give either a text or a template.';
      throw new AppError('validation.failed', message, { details: [{ path: 'text', message }] });
    }
    const whole = text ?? this.#book.templates.get(templateId ?? 0, accountId).text;
    if (whole.trim() === '') throw new AppError('message.empty', 'The message is empty. Write a text.');
    const segments = placeholders(whole).length > 0 ? 1 : countSegments(whole);
    if (segments > this.#maxSegments())
      throw new AppError(
        'message.too_long',
        `The text takes ${segments} segments; at most ${this.#maxSegments()} are allowed. Shorten it.`,
      );
    return whole;
  }

  #usualSender(accountId: number): string {
    const name = this.#accounts.anySender(accountId);
    if (name === undefined)
      throw new AppError('sender.not_approved', 'The account has no approved sender name yet. Approve one first.');
    return name;
  }
}

/** Whether a campaign's own time is still to come. */
export function isAhead(row: { readonly scheduled_at: Millis | null }, now: Millis): boolean {
  return row.scheduled_at !== null && row.scheduled_at > now;
}
