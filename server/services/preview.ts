import type { CarrierKind } from '../domain/carrier.ts';
import { isGsm7 } from '../domain/gsm7.ts';
import { findLinks } from '../domain/links.ts';
import { segmentText, type SegmentEncoding } from '../domain/segments.ts';
import type { Caller, Intake, SendRequest } from './intake.ts';
import type { RecipientList } from './recipient-list.ts';

export interface PreviewAnswer {
  readonly encoding: SegmentEncoding;
  /** Of the longest text. */
  readonly segments: number;
  readonly characters: number;
  readonly totalMsisdn: number;
  readonly totalCredit: number;
  readonly blockedCount: number;
  readonly invalidCount: number;
  readonly parts: string[];
  readonly warnings: string[];
}

/** What may not be as its writer meant it; the pages say it in their reader's language. */
export type PreviewNote =
  /** `characters` are the first that the GSM alphabet does not have, as a reader sees them. */
  | { readonly kind: 'unicode'; readonly characters: string[]; readonly more: boolean }
  | { readonly kind: 'long'; readonly segments: number }
  | { readonly kind: 'link' }
  | { readonly kind: 'modem'; readonly origin: string };

/** A preview with what only the pages show. */
export interface CloseAnswer extends Omit<PreviewAnswer, 'warnings'> {
  readonly notes: PreviewNote[];
  /** What the first recipients will get, part by part. */
  readonly samples: { readonly msisdn: string; readonly parts: string[] }[];
  /** The first numbers that are no numbers, as they were written. */
  readonly invalid: string[];
  /** When it would be sent; null for at once. */
  readonly scheduledTime: string | null;
}

interface CarrierInList {
  readonly kind: CarrierKind;
  readonly enabled: boolean;
}

const longFrom = 4;
const shownNames = 20;
const shownCharacters = 5;
const longestShown = 40;
const sampleCount = 3;

/** Tells what a request would be and cost, by the rules of sending, and changes nothing (api-v2 §4, preview). */
export class Preview {
  readonly #intake: Intake;
  readonly #carriers: () => readonly CarrierInList[];

  constructor(options: { intake: Intake; carriers: () => readonly CarrierInList[] }) {
    this.#intake = options.intake;
    this.#carriers = options.carriers;
  }

  /**
   * Encoding, characters and parts are those of the first recipient that would be sent to. Credits are not checked.
   * @param unknownFields names in the request that mean nothing here.
   * @throws AppError with the code that sending would answer.
   */
  async preview(caller: Caller, request: SendRequest, unknownFields: readonly string[]): Promise<PreviewAnswer> {
    const { list } = await this.#intake.check(caller, request, { repeats: true });
    const { notes, ...answer } = this.#look(list, request);
    const unknown = unknownFields.slice(0, shownNames);
    return {
      ...answer,
      warnings: [
        ...unknown.map((name) => `The field ${shown(name)} is unknown and ignored.`),
        ...notes.map((note) => noteText(note)),
      ],
    };
  }

  /** The same with the texts of the first recipients, for a person who is still writing. */
  async closely(caller: Caller, request: SendRequest): Promise<CloseAnswer> {
    const { list, scheduledAt } = await this.#intake.check(caller, request, { repeats: true });
    const good = list.drafts.filter((draft) => draft.state === 'queued').slice(0, sampleCount);
    return {
      ...this.#look(list, request),
      samples: good.map(({ msisdn, text }) => ({ msisdn, parts: segmentText(text ?? request.message).parts })),
      invalid: list.invalidSample,
      scheduledTime: scheduledAt === null ? null : new Date(scheduledAt).toISOString(),
    };
  }

  #look(list: RecipientList, request: SendRequest) {
    const text = list.drafts.find((draft) => draft.state === 'queued')?.text ?? request.message;
    const { encoding, characters, parts } = segmentText(text);
    const segments = list.segments === 0 ? parts.length : list.segments;
    return {
      encoding,
      segments,
      characters,
      totalMsisdn: list.drafts.length,
      totalCredit: list.credit,
      blockedCount: list.blocked,
      invalidCount: list.invalid,
      parts,
      notes: this.#notes(text, encoding, segments, request.origin),
    };
  }

  #notes(text: string, encoding: SegmentEncoding, segments: number, origin: string): PreviewNote[] {
    const notes: PreviewNote[] = [];
    if (encoding === 'ucs2') notes.push(unicodeNote(text));
    if (segments >= longFrom) notes.push({ kind: 'long', segments });
    if (findLinks(text).length > 0) notes.push({ kind: 'link' });
    if (this.#carriers().some(isModemInUse)) notes.push({ kind: 'modem', origin });
    return notes;
  }
}

function isModemInUse({ kind, enabled }: CarrierInList): boolean {
  return enabled && (kind === 'modem' || kind === 'simulator');
}

function unicodeNote(text: string): PreviewNote {
  const found = new Set<string>();
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (!isGsm7(segment)) found.add(shown(segment));
    if (found.size > shownCharacters) break;
  }
  return { kind: 'unicode', characters: [...found].slice(0, shownCharacters), more: found.size > shownCharacters };
}

/** The note in the words of the public API. */
function noteText(note: PreviewNote): string {
  switch (note.kind) {
    case 'unicode': {
      const some = note.characters.join(' ');
      return `Sent as Unicode, 70 characters a segment instead of 160, because of: ${some}${note.more ? ' and others' : ''}.`;
    }
    case 'long':
      return `The text takes ${note.segments} segments, each of which costs a credit. A shorter one is cheaper.`;
    case 'link':
      return 'The text has a link. Networks may hold back texts with links from senders they do not know.';
    case 'modem':
      return `A modem cannot show the sender name ${note.origin}: phones show the number of its SIM card.`;
  }
}

function shown(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
