import type { Lane } from '../domain/carrier.ts';
import { AppError } from '../domain/errors.ts';
import type { MessageState } from '../domain/message-state.ts';
import type { Clock, Millis } from '../domain/ports.ts';
import { parseTime, referenceNumber } from '../domain/schedule.ts';
import type { AccountStore } from '../store/account-store.ts';
import type { WrittenMessage } from '../store/message-draft.ts';
import type { MessageWriter } from '../store/message-writer.ts';
import type { DuplicateGuard } from './guards/duplicate-guard.ts';
import type { LinkGuard } from './guards/link-guard.ts';
import type { QuietTimes } from './guards/quiet-times.ts';
import { assertSender } from './guards/sender-guard.ts';
import { listRecipients, type RecipientList } from './recipient-list.ts';

export interface IntakeRules {
  readonly timeZone: string;
  readonly maxRecipients: number;
  readonly maxSegments: number;
  readonly validityMinutes: number;
  readonly maxScheduleDays: number;
  readonly international: boolean;
}

export interface SendRequest {
  readonly origin: string;
  readonly message: string;
  readonly recipients: readonly string[];
  readonly scheduledTime?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly clientRef?: string | null | undefined;
  readonly validityMinutes?: number | undefined;
  readonly priority?: 'normal' | 'high' | undefined;
  /** It is a part of something large, however few its recipients are. */
  readonly bulk?: boolean | undefined;
}

export interface Caller {
  readonly accountId: number;
  readonly keyId: number | null;
  /** The one carrier that may take it; those that the routes name, when left out. */
  readonly carrierId?: number;
}

export interface Accepted {
  readonly uuid: string;
  readonly refNo: string;
  readonly totalMsisdn: number;
  readonly totalCredit: number;
  readonly blockedCount: number;
  readonly status: MessageState;
  readonly invalidCount?: number;
  readonly invalid?: string[];
}

/** A request that may be sent, as far as it can be told without its credits. */
export interface CheckedRequest {
  readonly rules: IntakeRules;
  readonly now: Millis;
  /** Null for now. */
  readonly scheduledAt: Millis | null;
  readonly list: RecipientList;
}

/** What is looked at besides a request itself before it is accepted. */
export interface SendingGuards {
  readonly links: LinkGuard;
  readonly duplicates: DuplicateGuard;
  readonly quiet: QuietTimes;
}

/** From how many recipients on a request is bulk: it then never stands before somebody's single message. */
const bulkFrom = 1_000;
const pastTolerance = 60_000;

/** Accepts messages: the rules of POST /message/send (api-v2 §4) and the write that makes the 200 true. */
export class Intake {
  readonly #accounts: AccountStore;
  readonly #writer: MessageWriter;
  readonly #clock: Clock;
  readonly #newUuid: () => string;
  readonly #rules: () => IntakeRules;
  readonly #guards: SendingGuards;

  constructor(options: {
    accounts: AccountStore;
    writer: MessageWriter;
    guards: SendingGuards;
    clock: Clock;
    newUuid: () => string;
    rules: () => IntakeRules;
  }) {
    this.#accounts = options.accounts;
    this.#writer = options.writer;
    this.#clock = options.clock;
    this.#newUuid = options.newUuid;
    this.#rules = options.rules;
    this.#guards = options.guards;
  }

  /**
   * Resolves when the message with all its recipients is on disk and its credits are taken.
   * @param alongside called with the answer inside the message's own transaction; what it throws undoes the message.
   * @throws AppError with the code of the rule that refuses it; then nothing is stored.
   */
  async accept(
    caller: Caller,
    request: SendRequest,
    alongside?: (answer: Accepted, written: WrittenMessage) => void,
  ): Promise<Accepted> {
    const { rules, now, scheduledAt, list } = await this.check(caller, request);
    const uuid = this.#newUuid();
    const lane = laneFor(request, list.drafts.length);
    const sendingAt = scheduledAt ?? now;
    const answerTo = (written: WrittenMessage): Accepted => ({
      uuid,
      refNo: referenceNumber(written.id, now, rules.timeZone),
      totalMsisdn: list.drafts.length,
      totalCredit: written.credit,
      blockedCount: written.blockedCount,
      status: written.state,
      ...(list.invalid === 0 ? {} : { invalidCount: list.invalid, invalid: list.invalidSample }),
    });
    const written = await this.#writer.accept({
      uuid,
      accountId: caller.accountId,
      keyId: caller.keyId,
      kind: 'sms',
      lane,
      origin: request.origin,
      text: request.message,
      clientRef: request.clientRef ?? null,
      segments: list.segments,
      credit: list.credit,
      blockedCount: list.blocked,
      failedCount: list.invalid,
      scheduledAt,
      expiresAt: this.#expiry(request, lane, sendingAt, rules),
      createdAt: now,
      recipients: list.drafts,
      hasLink: list.hasLink,
      carrierId: caller.carrierId ?? null,
      once: this.#guards.duplicates.termsFor(sendingAt),
      alongside: (message) => alongside?.(answerTo(message), message),
    });
    return answerTo(written);
  }

  /**
   * Applies the rules of sending to a request and stores nothing. Repetitions are found as a message is written; who
   * only looks may have them looked for here.
   * @throws AppError with the code of the rule that refuses it.
   */
  async check(
    caller: Caller,
    request: SendRequest,
    looking: { readonly repeats: boolean } = { repeats: false },
  ): Promise<CheckedRequest> {
    const rules = this.#rules();
    const now = this.#clock.now();
    assertSender(this.#accounts, caller.accountId, request.origin, 'marketing');
    if (request.recipients.length > rules.maxRecipients) {
      throw new AppError(
        'message.too_many_recipients',
        `A request may have ${rules.maxRecipients} recipients, this one has ${request.recipients.length}. Split it.`,
      );
    }
    if (request.message.trim() === '') throw new AppError('message.empty', 'The message is empty. Write a text.');
    const scheduledAt = this.scheduledFor(request.scheduledTime, now);
    const list = await listRecipients(request.recipients, {
      text: request.message,
      variables: request.variables ?? null,
      international: rules.international,
      maxSegments: rules.maxSegments,
      isBlocked: this.#accounts.blocklist(caller.accountId),
      links: this.#guards.links.begin(caller.accountId),
      repeats: looking.repeats ? this.#guards.duplicates.lookFor(caller.accountId, scheduledAt ?? now) : null,
    });
    return { rules, now, scheduledAt, list };
  }

  /** When the caller says how long a message is worth sending, that is how long; the usual time does not run while it is held. */
  #expiry(request: SendRequest, lane: Lane, start: Millis, rules: IntakeRules): Millis {
    if (request.validityMinutes !== undefined) return start + request.validityMinutes * 60_000;
    return this.#guards.quiet.expiryOf(lane, start, rules.validityMinutes * 60_000);
  }

  /** @returns null for now. @throws AppError `validation.failed`, `message.schedule_in_past`, `message.schedule_too_far`. */
  scheduledFor(text: string | null | undefined, now: Millis): Millis | null {
    const rules = this.#rules();
    if (text === null || text === undefined || text === '') return null;
    const at = parseTime(text, rules.timeZone);
    if (at === null) {
      throw new AppError(
        'validation.failed',
        'scheduledTime is no ISO 8601 time. Write it like 2026-01-15T10:35:00+07:00.',
        {
          details: [{ path: 'scheduledTime', message: 'not an ISO 8601 time' }],
        },
      );
    }
    if (at < now - pastTolerance) throw new AppError('message.schedule_in_past', 'scheduledTime lies in the past.');
    if (at > now + rules.maxScheduleDays * 86_400_000) {
      throw new AppError(
        'message.schedule_too_far',
        `scheduledTime lies more than ${rules.maxScheduleDays} days ahead.`,
      );
    }
    return at <= now ? null : at;
  }
}

function laneFor({ priority, bulk }: SendRequest, recipients: number): Lane {
  if (priority === 'high') return 'high';
  return bulk === true || recipients >= bulkFrom ? 'bulk' : 'normal';
}
