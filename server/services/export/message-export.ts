import type { Clock } from '../../domain/ports.ts';
import { localParts, referenceNumber } from '../../domain/schedule.ts';
import type { TxIdCodec } from '../../domain/tx-id.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import type { HistoryFilter, MessageHistory } from '../../store/message-history.ts';
import type { MessageReader, NamedMessage } from '../../store/message-reader.ts';
import { historyFilter, type HistoryRequest, type ReadingRules } from '../list-filters.ts';
import { messageByRefNo } from '../message-by-ref-no.ts';
import { listMark, openCursor, sealCursor } from '../paging.ts';
import { exportColumns, messageRow, recipientRow, type ExportNames, type ExportRow } from './export-rows.ts';
import { ExportWalk } from './export-walk.ts';

export interface ExportRequest extends Omit<HistoryRequest, 'limit'> {
  readonly refNo?: string | undefined;
  readonly each: 'message' | 'recipient';
}

export interface ExportSlice {
  readonly rows: ExportRow[];
  /** From 0 to 1. */
  readonly done: number;
  readonly nextCursor: string | null;
}

export interface MessageExportOptions {
  readonly reader: MessageReader;
  readonly history: MessageHistory;
  readonly txIds: TxIdCodec;
  readonly clock: Clock;
  readonly rules: () => ReadingRules;
  readonly sizes?: SliceSizes;
}

/** How much one slice is. */
export interface SliceSizes {
  /** Lines about messages, and recipients that are looked at. */
  readonly messages: number;
  readonly recipients: number;
  /** Characters of texts, above which nothing more is read. */
  readonly characters: number;
  /** Messages, and recipients, that are read at a time; others have their turn in between. */
  readonly messageStep: number;
  readonly recipientStep: number;
}

const usualSizes: SliceSizes = {
  messages: 500,
  recipients: 1_000,
  characters: 1_000_000,
  messageStep: 100,
  recipientStep: 250,
};

/** Tells messages line by line, newest first, in slices of bounded work. */
export class MessageExport {
  readonly #options: MessageExportOptions;
  readonly #names: ExportNames;
  readonly #sizes: SliceSizes;

  constructor(options: MessageExportOptions) {
    this.#options = options;
    const { txIds, rules } = options;
    this.#sizes = options.sizes ?? usualSizes;
    this.#names = {
      refNo: (message) => referenceNumber(message.id, message.created_at, rules().timeZone),
      txId: (id) => txIds.encode(id),
    };
  }

  /** What a file begins with, and the day for its name. @throws AppError `validation.failed` for a filter that cannot be read. */
  begin(request: ExportRequest, accountId: number | undefined): { columns: readonly string[]; day: string } {
    const { clock, rules } = this.#options;
    historyFilter({ ...request, limit: 1 }, accountId, rules());
    const { year, month, day } = localParts(clock.now(), rules().timeZone);
    const name = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
    return { columns: exportColumns[request.each], day: name };
  }

  /**
   * The lines from where an earlier slice of the same filter ended.
   * @throws AppError `validation.failed` for a filter or a cursor that cannot be read.
   */
  async slice(request: ExportRequest, accountId: number | undefined): Promise<ExportSlice> {
    const { refNo, each, cursor } = request;
    const filter = historyFilter({ ...request, limit: 1 }, accountId, this.#options.rules());
    const mark = listMark(`export ${each} ${refNo ?? ''}`, filter);
    const [top = 0, before = 0, message = 0, recipient = 0] = openCursor(cursor, 4, mark) ?? [];
    const walk = new ExportWalk({ top, before, message, recipient }, { filter, accountId, refNo });
    if (each === 'message') await this.#messages(walk);
    else await this.#recipients(walk);
    if (walk.ended) return { rows: walk.rows, done: 1, nextCursor: null };
    const { place } = walk;
    const next = sealCursor([place.top, place.before, place.message, place.recipient], mark);
    return { rows: walk.rows, done: this.#done(walk, filter), nextCursor: next };
  }

  async #messages(walk: ExportWalk): Promise<void> {
    const { messages: most, characters, messageStep } = this.#sizes;
    while (walk.rows.length < most && walk.characters < characters) {
      const messages = this.#page(walk);
      for (const message of messages) walk.add(messageRow(message, this.#names));
      if (walk.ended || messages.length < messageStep) return;
      await nextTurn();
    }
  }

  async #recipients(walk: ExportWalk): Promise<void> {
    const { message: begun, recipient } = walk.place;
    if (begun !== 0) {
      const message = this.#options.reader.byId(begun);
      if (message !== undefined && !(await this.#tell(walk, message, recipient))) return;
      walk.caughtUp();
    }
    while (!walk.ended && !this.#full(walk)) {
      const messages = this.#page(walk);
      for (const message of messages) if (!(await this.#tell(walk, message, null))) return;
      if (messages.length < this.#sizes.messageStep) return;
      await nextTurn();
    }
  }

  /** Tells the recipients of a message. @returns false when the slice is full before the last of them. */
  async #tell(walk: ExportWalk, message: NamedMessage, from: number | null): Promise<boolean> {
    for (let next = from; ;) {
      if (this.#full(walk)) {
        walk.stopAt(message, next ?? message.first_recipient_id);
        return false;
      }
      const page = this.#options.reader.recipients(message, next, this.#sizes.recipientStep);
      walk.looked += page.items.length;
      for (const recipient of page.items) {
        if (walk.isAbout(recipient.msisdn)) walk.add(recipientRow(message, recipient, this.#names));
      }
      if (page.next === null) return true;
      next = page.next;
      await nextTurn();
    }
  }

  #full({ looked, characters }: ExportWalk): boolean {
    return looked >= this.#sizes.recipients || characters >= this.#sizes.characters;
  }

  /** The next messages of a walk. */
  #page(walk: ExportWalk): NamedMessage[] {
    const { reader, history, rules } = this.#options;
    const { refNo, accountId, filter } = walk.of;
    if (refNo !== undefined) {
      const found = messageByRefNo(reader, refNo, { accountId, timeZone: rules().timeZone });
      const items = found === undefined ? [] : [found];
      walk.read(items, null);
      return items;
    }
    const { before } = walk.place;
    const page = history.page(filter, before === 0 ? null : before, this.#sizes.messageStep);
    walk.read(page.items, page.next);
    return page.items;
  }

  #done({ place: { top, before } }: ExportWalk, filter: HistoryFilter): number {
    const lowest = this.#options.history.lowest(filter);
    if (top <= lowest) return 0;
    return Math.min(1, Math.max(0, (top - before) / (top - lowest)));
  }
}
