import type { HistoryFilter } from '../../store/message-history.ts';
import type { NamedMessage } from '../../store/message-reader.ts';
import type { ExportRow } from './export-rows.ts';

/** Where a walk through the history stands. Zero is nothing yet. */
export interface Place {
  /** Where the first message was found. */
  readonly top: number;
  /** Messages from before this position are next. */
  readonly before: number;
  /** The message whose recipients are being told, and the next of them. */
  readonly message: number;
  readonly recipient: number;
}

/** What a walk is of. */
export interface WalkOf {
  readonly filter: HistoryFilter;
  readonly accountId: number | undefined;
  /** The one message that is asked for. */
  readonly refNo: string | undefined;
}

/** One slice of an export while it grows. */
export class ExportWalk {
  readonly rows: ExportRow[] = [];
  readonly of: WalkOf;
  /** Recipients that were read. */
  looked = 0;
  /** Of the texts in its rows. */
  characters = 0;
  #place: Place;
  #ended = false;

  constructor(place: Place, of: WalkOf) {
    this.#place = place;
    this.of = of;
  }

  /** Where the next slice begins. */
  get place(): Place {
    return this.#place;
  }

  /** Nothing is left for another slice. */
  get ended(): boolean {
    return this.#ended;
  }

  add(row: ExportRow): void {
    this.rows.push(row);
    const text = row.at(-1);
    this.characters += typeof text === 'string' ? text.length : 0;
  }

  isAbout(msisdn: string): boolean {
    const { msisdn: wanted } = this.of.filter;
    return wanted === undefined || wanted === msisdn;
  }

  /** A page of messages was read; the next one begins before a position, or there is none. */
  read(messages: readonly NamedMessage[], before: number | null): void {
    const [first] = messages;
    const top = this.#place.top === 0 && first !== undefined ? this.#positionOf(first) : this.#place.top;
    this.#place = { top, before: before ?? this.#place.before, message: 0, recipient: 0 };
    this.#ended = before === null;
  }

  /** The slice is full in the midst of a message: the next one goes on with this recipient. */
  stopAt(message: NamedMessage, recipient: number): void {
    const { top } = this.#place;
    this.#place = { top, before: this.#positionOf(message), message: message.id, recipient };
    this.#ended = false;
  }

  /** The message that an earlier slice stopped at is told. */
  caughtUp(): void {
    this.#place = { ...this.#place, message: 0, recipient: 0 };
    this.#ended = this.of.refNo !== undefined;
  }

  /** Lists of one number go by its recipients, all others by messages. */
  #positionOf(message: NamedMessage): number {
    return this.of.filter.msisdn === undefined ? message.id : message.first_recipient_id;
  }
}
