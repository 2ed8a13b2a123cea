import { AppError } from '../../domain/errors.ts';
import { normalizeMsisdn } from '../../domain/msisdn.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import type { AnswerRecord, AnswerStore } from '../../store/answer-store.ts';
import type { InboundReader, ReceivedText } from '../../store/inbound-reader.ts';
import type { InboundStore } from '../../store/inbound-store.ts';
import { inboundView, type InboundView } from '../inbound-list.ts';
import type { Accepted, Intake } from '../intake.ts';
import { inboundFilter, type InboundRequest, type ReadingRules } from '../list-filters.ts';
import { listMark, openCursor, sealCursor } from '../paging.ts';
import { reasonWords } from './answer-words.ts';

/** A received text as the inbox shows it. */
export interface InboxItem extends InboundView {
  readonly account: string;
  readonly rule: string | null;
  readonly read: boolean;
  readonly answers: {
    readonly kind: AnswerRecord['kind'];
    readonly state: AnswerRecord['state'];
    readonly to: string;
    /** Why it was not sent. */
    readonly reason: string | null;
    /** The same for programs. */
    readonly code: string | null;
    /** The message that it became. */
    readonly uuid: string | null;
  }[];
}

export interface InboxDeskOptions {
  readonly reader: InboundReader;
  readonly store: InboundStore;
  readonly answers: AnswerStore;
  readonly intake: Pick<Intake, 'accept'>;
  /** The sender name of an account. @throws AppError `sender.not_approved` when it has none. */
  readonly usualSender: (accountId: number) => string;
  readonly isAtWork: (carrierId: number) => boolean;
  /** Is told when texts were read. */
  readonly changed: () => void;
  readonly rules: () => ReadingRules;
  readonly clock: Clock;
}

/** No badge shows more. */
const mostUnread = 1_000;

/** The inbox: received texts with what became of them, read, answered. */
export class InboxDesk {
  readonly #options: InboxDeskOptions;

  constructor(options: InboxDeskOptions) {
    this.#options = options;
  }

  /** Newest first. A page may be short and have a next one. @throws AppError `validation.failed` for a time or a cursor that cannot be read. */
  page(
    request: InboundRequest,
    accountId: number | undefined,
  ): { items: InboxItem[]; nextCursor: string | null; unread: number } {
    const { reader, rules } = this.#options;
    const filter = inboundFilter(request, accountId, rules());
    const mark = listMark('inbox', filter);
    const [at, id] = openCursor(request.cursor, 2, mark) ?? [];
    const before = at === undefined || id === undefined ? null : { at, id };
    const { items, next } = reader.page(filter, before, request.limit);
    return {
      items: items.map((row) => this.#view(row)),
      nextCursor: sealCursor(next && [next.at, next.id], mark),
      unread: reader.unread(mostUnread),
    };
  }

  /** @throws AppError `inbound.not_found`. */
  one(uuid: string): InboxItem {
    return this.#view(this.#options.reader.whole(uuid));
  }

  /** Marks a text as read, or as unread again. @throws AppError `inbound.not_found`. */
  async mark(uuid: string, read: boolean): Promise<InboxItem> {
    const { reader, store, clock, changed } = this.#options;
    reader.byUuid(uuid);
    if ((await store.markRead([uuid], read ? clock.now() : null)) > 0) changed();
    return this.one(uuid);
  }

  /** Marks everything as read that came up to a time. @returns how many there were. */
  async markAll(accountId: number | null, upTo: Millis | null): Promise<number> {
    const { store, clock, changed } = this.#options;
    const now = clock.now();
    const marked = await store.markAllRead(accountId, upTo ?? now, now);
    if (marked > 0) changed();
    return marked;
  }

  /**
   * Answers a text, by the carrier that it came by where that is at work; the text counts as read then.
   * @throws AppError as sending does; `inbound.not_found`; `inbound.no_number` for a sender without a number.
   */
  async reply(
    uuid: string,
    answer: { readonly text: string; readonly origin?: string | undefined },
  ): Promise<Accepted> {
    const { reader, store, answers, intake, isAtWork, usualSender, rules, clock, changed } = this.#options;
    const text = reader.byUuid(uuid);
    const to = normalizeMsisdn(text.sender, { international: rules().international });
    if (to === null)
      throw new AppError(
        'inbound.no_number',
        'This text came from no number that the box sends to, so it cannot be answered.',
      );
    const { id, account_id: accountId, carrier_id: carrierId } = text;
    const at = clock.now();
    const sent = await intake.accept(
      { accountId, keyId: null, ...(isAtWork(carrierId) ? { carrierId } : {}) },
      { origin: answer.origin ?? usualSender(accountId), message: answer.text, recipients: [to] },
      (message) => answers.addManual(id, to, { to, accountId, uuid: message.uuid }, at),
    );
    if ((await store.markRead([uuid], at)) > 0) changed();
    return sent;
  }

  #view(row: ReceivedText): InboxItem {
    const answers = this.#options.answers.of(row.id).map((answer) => ({
      kind: answer.kind,
      state: answer.state,
      to: answer.recipient,
      reason: reasonWords(answer.reason),
      code: answer.reason,
      uuid: answer.message_uuid,
    }));
    return { ...inboundView(row), account: row.account, rule: row.rule, read: row.read_at !== null, answers };
  }
}
