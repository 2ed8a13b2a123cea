import { segmentText } from '../../domain/segments.ts';
import type { CampaignDraft } from '../../store/campaign-rows.ts';
import type { CampaignPlace } from '../../store/campaign-store.ts';
import type { ImportStore } from '../../store/import-store.ts';
import { kindsOf } from '../address-book/import-rows.ts';
import type { CloseAnswer, Preview, PreviewNote } from '../preview.ts';
import type { AudienceEntry, AudienceReader, PlannedAudience } from './audience.ts';
import type { CampaignDesk, CampaignInput } from './campaign-desk.ts';

export interface CampaignPreview {
  /** How many there are at most, and whether that is exact. */
  readonly recipients: number;
  readonly exact: boolean;
  /** Of those that were looked at: left out for a missing value or a text that is empty or too long. */
  readonly skipped: number;
  /** Of those that were looked at: on the blocklist, or sent the same a moment ago. */
  readonly blocked: number;
  /** Named more than once. */
  readonly repeated: number;
  readonly invalid: number;
  /** The first that are no numbers, as they were written. */
  readonly invalidSample: string[];
  /** What they cost at most; an estimate where not all were looked at. */
  readonly credits: number;
  readonly balance: number;
  /** Of the longest text that was looked at. */
  readonly segments: number;
  readonly origin: string;
  readonly notes: PreviewNote[];
  readonly samples: {
    readonly msisdn: string;
    readonly text: string;
    readonly segments: number;
    readonly parts: string[];
  }[];
  /** ISO 8601; null for at once. */
  readonly scheduledTime: string | null;
}

/** Recipients looked at, and pieces of an audience read for them. */
const mostLooked = 2_000;
const mostPieces = 10;
const shownInvalid = 100;

interface Looked {
  readonly entries: readonly AudienceEntry[];
  readonly skipped: number;
  readonly repeated: number;
  /** Whether that was the whole audience. */
  readonly whole: boolean;
}

/** Tells what a campaign would be, by the rules by which its messages will be accepted. */
export class CampaignPreviewer {
  readonly #desk: CampaignDesk;
  readonly #audiences: AudienceReader;
  readonly #imports: Pick<ImportStore, 'get' | 'rows'>;
  readonly #preview: Preview;
  readonly #rules: () => { readonly maxSegments: number; readonly maxRecipients: number };

  constructor(options: {
    desk: CampaignDesk;
    audiences: AudienceReader;
    imports: Pick<ImportStore, 'get' | 'rows'>;
    preview: Preview;
    rules: () => { readonly maxSegments: number; readonly maxRecipients: number };
  }) {
    this.#desk = options.desk;
    this.#audiences = options.audiences;
    this.#imports = options.imports;
    this.#preview = options.preview;
    this.#rules = options.rules;
  }

  /**
   * What a campaign would be; begins nothing. The first two thousand recipients are looked at, the others estimated.
   * @throws AppError what `CampaignDesk.create` throws, and what would stop its messages, such as `message.link_not_registered`.
   */
  async look(input: CampaignInput): Promise<CampaignPreview> {
    const { draft, audience, balance } = this.#desk.plan({ ...input, name: '', by: '' });
    const looked = this.#read(draft, audience);
    const answer = await this.#ask(draft, looked.entries);
    const good = answer === null ? 0 : answer.totalMsisdn - answer.blockedCount - answer.invalidCount;
    const recipients = looked.whole ? good : Math.max(good, this.#audiences.size(audience.plan));
    const wrong = this.#wrong(audience);
    return {
      recipients,
      exact: looked.whole,
      skipped: looked.skipped,
      blocked: answer?.blockedCount ?? 0,
      repeated: looked.repeated + audience.repeated + wrong.repeated,
      invalid: wrong.invalid,
      invalidSample: wrong.sample,
      credits: this.#credits(answer, good, recipients),
      balance,
      segments: answer?.segments ?? segmentText(draft.text).parts.length,
      origin: draft.origin,
      notes: answer?.notes ?? [],
      samples: (answer?.samples ?? []).map(({ msisdn, parts }) => ({
        msisdn,
        text: parts.join(''),
        segments: parts.length,
        parts,
      })),
      scheduledTime: draft.scheduledAt === null ? null : new Date(draft.scheduledAt).toISOString(),
    };
  }

  #credits(answer: CloseAnswer | null, good: number, recipients: number): number {
    if (answer === null || good === 0) return 0;
    return good === recipients ? answer.totalCredit : Math.ceil((recipients * answer.totalCredit) / good);
  }

  #read(draft: CampaignDraft, { plan }: PlannedAudience): Looked {
    const { maxSegments, maxRecipients } = this.#rules();
    const most = Math.min(mostLooked, maxRecipients);
    const terms = { ...draft, plan, maxSegments };
    const entries: AudienceEntry[] = [];
    let [skipped, repeated] = [0, 0];
    let place: CampaignPlace = { source: 0, after: 0 };
    for (let pieces = 0; place.source !== null && entries.length < most && pieces < mostPieces; pieces += 1) {
      const piece = this.#audiences.next(terms, place, most - entries.length);
      entries.push(...piece.entries);
      skipped += piece.skipped;
      repeated += piece.repeated;
      place = piece.to;
    }
    return { entries, skipped, repeated, whole: place.source === null };
  }

  async #ask(draft: CampaignDraft, entries: readonly AudienceEntry[]): Promise<CloseAnswer | null> {
    if (entries.length === 0) return null;
    const personal = entries.some(({ values }) => Object.keys(values).length > 0);
    return await this.#preview.closely(
      { accountId: draft.accountId, keyId: null },
      {
        origin: draft.origin,
        message: draft.text,
        recipients: entries.map(({ msisdn }) => msisdn),
        variables: personal ? Object.fromEntries(entries.map(({ msisdn, values }) => [msisdn, values])) : null,
        bulk: true,
      },
    );
  }

  /** What was named and is no number, or was named again. */
  #wrong({ plan, invalid }: PlannedAudience): { invalid: number; repeated: number; sample: string[] } {
    if (plan.importId === null) return { invalid: invalid.length, repeated: 0, sample: invalid.slice(0, shownInvalid) };
    const kinds = kindsOf(this.#imports.get(plan.importId));
    const lines = this.#imports.rows(plan.importId, 0, shownInvalid, 'problems');
    return {
      invalid: kinds.missing_number + kinds.bad_number,
      repeated: kinds.duplicate,
      sample: lines.filter((row) => row.problem !== 'duplicate').map((row) => `#${row.line}`),
    };
  }
}
