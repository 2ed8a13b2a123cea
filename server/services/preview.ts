import type { CarrierKind } from '../domain/carrier.ts';
import { isGsm7 } from '../domain/gsm7.ts';
import { findLinks } from '../domain/links.ts';
import { segmentText, type SegmentEncoding } from '../domain/segments.ts';
import type { Caller, Intake, SendRequest } from './intake.ts';

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

interface CarrierInList {
  readonly kind: CarrierKind;
  readonly enabled: boolean;
}

const longFrom = 4;
const shownNames = 20;
const shownCharacters = 5;
const longestShown = 40;

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
      warnings: [
        ...unknownFields.slice(0, shownNames).map((name) => `The field ${shown(name)} is unknown and ignored.`),
        ...unicodeWarning(text, encoding),
        ...longWarning(segments),
        ...(findLinks(text).length > 0
          ? ['The text has a link. Networks may hold back texts with links from senders they do not know.']
          : []),
        ...this.#senderWarning(request.origin),
      ],
    };
  }

  #senderWarning(origin: string): string[] {
    if (!this.#carriers().some(isModemInUse)) return [];
    return [`A modem cannot show the sender name ${origin}: phones show the number of its SIM card.`];
  }
}

function isModemInUse({ kind, enabled }: CarrierInList): boolean {
  return enabled && (kind === 'modem' || kind === 'simulator');
}

function longWarning(segments: number): string[] {
  if (segments < longFrom) return [];
  return [`The text takes ${segments} segments, each of which costs a credit. A shorter one is cheaper.`];
}

/** Shows the first characters that the GSM alphabet does not have, as a reader sees them. */
function unicodeWarning(text: string, encoding: SegmentEncoding): string[] {
  if (encoding === 'gsm7') return [];
  const found = new Set<string>();
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (!isGsm7(segment)) found.add(shown(segment));
    if (found.size > shownCharacters) break;
  }
  const some = [...found].slice(0, shownCharacters).join(' ');
  const more = found.size > shownCharacters ? ' and others' : '';
  return [`Sent as Unicode, 70 characters a segment instead of 160, because of: ${some}${more}.`];
}

function shown(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
