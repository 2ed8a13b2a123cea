import { repeatedText } from '../domain/duplicates.ts';
import { AppError } from '../domain/errors.ts';
import { findLinks } from '../domain/links.ts';
import { normalizeMsisdn } from '../domain/msisdn.ts';
import { countSegments } from '../domain/segments.ts';
import { fillTemplate, placeholders } from '../domain/template.ts';
import { nextTurn } from '../platform/next-turn.ts';
import type { RecipientDraft } from '../store/message-draft.ts';
import type { OncePerNumber } from '../store/recent-texts.ts';
import type { TextGuard } from './guards/link-guard.ts';

export interface RecipientRules {
  readonly text: string;
  /** Values by number, as the caller wrote them; looked at number by number. */
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly international: boolean;
  readonly maxSegments: number;
  readonly isBlocked: (msisdn: string) => boolean;
  /** Is shown every text; null when any may be sent. */
  readonly links: TextGuard | null;
  /** Tells what would be a repetition; null when nobody wants to know. */
  readonly repeats: ((msisdn: string, text: string) => OncePerNumber | null) | null;
}

export interface RecipientList {
  readonly drafts: RecipientDraft[];
  readonly credit: number;
  readonly blocked: number;
  readonly invalid: number;
  /** The first invalid numbers, as they were written. */
  readonly invalidSample: string[];
  /** Segments of the longest text. */
  readonly segments: number;
  /** Whether any text has a link. */
  readonly hasLink: boolean;
}

/** Recipients worked through before others get their turn: some milliseconds of work; texts of their own take longer. */
const turnSize = 1_000;
const personalTurnSize = 200;
const sampleSize = 100;
const namedMissing = 10;

/**
 * Makes recipients of what a caller wrote: numbers normalised, each once, texts personalised and counted.
 * @throws AppError `message.missing_variable`, `message.too_long`, `message.link_…`; `message.no_valid_recipients` when
 * none can be sent to.
 */
export async function listRecipients(written: readonly string[], rules: RecipientRules): Promise<RecipientList> {
  const builder = new ListBuilder(rules, written.length);
  const turn = builder.personal ? personalTurnSize : turnSize;
  for (let from = 0; from < written.length; from += turn) {
    if (from > 0) await nextTurn();
    for (let index = from; index < Math.min(written.length, from + turn); index += 1) builder.add(written[index] ?? '');
  }
  return builder.finish();
}

const onBlocklist = { errorCode: 'blocked', errorMessage: 'The number is on the blocklist.' };

class ListBuilder {
  readonly #rules: RecipientRules;
  /** Whether each recipient has a text of its own. */
  readonly personal: boolean;
  readonly #plainSegments: number;
  readonly #seen: Set<string> | null;
  readonly #missing: { msisdn: string; names: string[] }[] = [];
  readonly #drafts: RecipientDraft[] = [];
  readonly #invalidSample: string[] = [];
  #valuesByNumber: Map<string, unknown> | null = null;
  #credit = 0;
  #blocked = 0;
  #invalid = 0;
  #segments = 0;
  #hasLink = false;

  constructor(rules: RecipientRules, count: number) {
    this.#rules = rules;
    this.personal = rules.variables !== null && placeholders(rules.text).length > 0;
    this.#plainSegments = this.personal ? 0 : countSegments(rules.text);
    this.#seen = count > 1 ? new Set() : null;
    if (this.personal) return;
    this.#assertLength(this.#plainSegments);
    this.#look(rules.text);
  }

  add(written: string): void {
    const msisdn = normalizeMsisdn(written, { international: this.#rules.international });
    const key = msisdn ?? written.trim();
    if (this.#seen !== null) {
      if (this.#seen.has(key)) return;
      this.#seen.add(key);
    }
    if (msisdn === null) this.#addInvalid(key);
    else if (this.#rules.isBlocked(msisdn)) this.#addBlocked(msisdn, this.#plainSegments, onBlocklist);
    else this.#addGood(written, msisdn);
  }

  finish(): RecipientList {
    if (this.#missing.length > 0) throw missingVariables(this.#missing);
    this.#rules.links?.finish();
    if (this.#drafts.length === this.#invalid) {
      throw new AppError(
        'message.no_valid_recipients',
        'None of the recipients is a possible mobile number. Write them as 0xxxxxxxxx or 66xxxxxxxxx.',
        {
          extra: { invalidCount: this.#invalid, invalid: this.#invalidSample },
        },
      );
    }
    return {
      drafts: this.#drafts,
      credit: this.#credit,
      blocked: this.#blocked,
      invalid: this.#invalid,
      invalidSample: this.#invalidSample,
      segments: this.#segments,
      hasLink: this.#hasLink,
    };
  }

  #addGood(written: string, msisdn: string): void {
    const text = this.personal ? this.#personalText(written, msisdn) : null;
    if (this.personal && text === null) return;
    const segments = text === null ? this.#plainSegments : countSegments(text);
    if (text !== null) {
      this.#assertLength(segments);
      this.#look(text);
    }
    const repeat = this.#rules.repeats?.(msisdn, text ?? this.#rules.text) ?? null;
    if (repeat !== null) {
      this.#addBlocked(msisdn, segments, repeatedText(repeat.windowMs));
      return;
    }
    this.#segments = Math.max(this.#segments, segments);
    this.#credit += segments;
    this.#drafts.push({
      msisdn,
      state: 'queued',
      segments,
      credit: segments,
      text,
      errorCode: null,
      errorMessage: null,
    });
  }

  #look(text: string): void {
    this.#rules.links?.look(text);
    this.#hasLink ||= findLinks(text).length > 0;
  }

  #addBlocked(
    msisdn: string,
    segments: number,
    why: { readonly errorCode: string; readonly errorMessage: string },
  ): void {
    this.#blocked += 1;
    this.#drafts.push({ msisdn, state: 'blocked', segments, credit: 0, text: null, ...why });
  }

  #addInvalid(written: string): void {
    this.#invalid += 1;
    if (this.#invalidSample.length < sampleSize) this.#invalidSample.push(written);
    this.#drafts.push({
      msisdn: written,
      state: 'failed',
      segments: 0,
      credit: 0,
      text: null,
      errorCode: 'invalid_number',
      errorMessage: 'This is not a possible mobile number.',
    });
  }

  #personalText(written: string, msisdn: string): string | null {
    const filled = fillTemplate(this.#rules.text, this.#valuesOf(written, msisdn));
    if ('text' in filled) return filled.text;
    if (this.#missing.length < namedMissing) this.#missing.push({ msisdn, names: filled.missing });
    return null;
  }

  #valuesOf(written: string, msisdn: string): Record<string, string> {
    const all = this.#rules.variables ?? {};
    if (Object.hasOwn(all, written)) return textValues(written, all[written]);
    if (Object.hasOwn(all, msisdn)) return textValues(msisdn, all[msisdn]);
    return textValues(msisdn, this.#byNumber(msisdn) ?? {});
  }

  /** Values whose number was written in a third form than the recipient's. */
  #byNumber(msisdn: string): unknown {
    if (this.#valuesByNumber === null) {
      this.#valuesByNumber = new Map();
      for (const [written, values] of Object.entries(this.#rules.variables ?? {})) {
        const normal = normalizeMsisdn(written, { international: this.#rules.international });
        if (normal !== null) this.#valuesByNumber.set(normal, values);
      }
    }
    return this.#valuesByNumber.get(msisdn);
  }

  #assertLength(segments: number): void {
    if (segments === 0) throw new AppError('message.empty', 'The message is empty. Write a text.');
    if (segments > this.#rules.maxSegments) {
      throw new AppError(
        'message.too_long',
        `The text takes ${segments} segments; at most ${this.#rules.maxSegments} are allowed. Shorten it.`,
        {
          extra: { segments, maxSegments: this.#rules.maxSegments },
        },
      );
    }
  }
}

/** @throws AppError `validation.failed` when they are no object of texts and numbers. */
function textValues(number: string, values: unknown): Record<string, string> {
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw wrongVariables(number, 'expected an object');
  const texts: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' && typeof value !== 'number')
      throw wrongVariables(`${number}.${name}`, 'expected a text or a number');
    texts[name] = String(value);
  }
  return texts;
}

function wrongVariables(where: string, message: string): AppError {
  const path = `variables.${where}`;
  return new AppError('validation.failed', `The request is not of the right form. ${path}: ${message}.`, {
    details: [{ path, message }],
  });
}

function missingVariables(missing: readonly { msisdn: string; names: string[] }[]): AppError {
  const names = [...new Set(missing.flatMap((entry) => entry.names))];
  return new AppError(
    'message.missing_variable',
    `Some recipients have no value for ${names.map((name) => `{${name}}`).join(', ')}: ${missing.map((entry) => entry.msisdn).join(', ')}. Nothing was queued.`,
    { extra: { recipients: missing.map((entry) => entry.msisdn), missing } },
  );
}
