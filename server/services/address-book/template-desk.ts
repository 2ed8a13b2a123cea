import { AppError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports.ts';
import { segmentText, type SegmentEncoding } from '../../domain/segments.ts';
import type { SenderPurpose } from '../../domain/sender.ts';
import { fillTemplate, placeholders } from '../../domain/template.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { TemplateChange, TemplateDraft, TemplateRecord, TemplateStore } from '../../store/template-store.ts';

export interface TextPreview {
  /** The text with the values that were given; what has none stays as it is written. */
  readonly text: string;
  readonly variables: string[];
  readonly missing: string[];
  readonly encoding: SegmentEncoding;
  readonly characters: number;
  readonly segments: number;
  readonly parts: string[];
}

/** Named texts with `{variables}`, kept by account and purpose. */
export class TemplateDesk {
  readonly #store: TemplateStore;
  readonly #accounts: AccountStore;
  readonly #clock: Clock;

  constructor(options: { store: TemplateStore; accounts: AccountStore; clock: Clock }) {
    this.#store = options.store;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
  }

  /** @throws AppError `account.not_found`. */
  list(account: string | undefined, purpose?: SenderPurpose): TemplateRecord[] {
    const rows = this.#store.list(this.#accounts.named(account).id);
    return purpose === undefined ? rows : rows.filter(({ purposes }) => purposes.includes(purpose));
  }

  /** @throws AppError `template.not_found`. */
  get(id: number): TemplateRecord {
    return this.#store.get(id);
  }

  /** @throws AppError `account.not_found`, `template.exists`, `validation.failed` for a code's text without {code}. */
  async create(account: string | undefined, draft: TemplateDraft): Promise<TemplateRecord> {
    assertFit(draft.text, draft.purposes);
    return await this.#store.create(this.#accounts.named(account).id, draft, this.#clock.now());
  }

  /** @throws AppError `template.not_found`, `template.exists`, `validation.failed`. */
  async change(id: number, change: TemplateChange): Promise<TemplateRecord> {
    const before = this.#store.get(id);
    assertFit(change.text ?? before.text, change.purposes ?? before.purposes);
    return await this.#store.change(id, change, this.#clock.now());
  }

  /** @throws AppError `template.not_found`. */
  async remove(id: number): Promise<void> {
    await this.#store.remove(id);
  }

  /** What a text would be with some values, and how many segments it takes. */
  preview(text: string, values: Readonly<Record<string, string>>): TextPreview {
    const variables = placeholders(text);
    const missing = variables.filter((name) => !Object.hasOwn(values, name));
    const standIns = Object.fromEntries(missing.map((name) => [name, `{${name}}`]));
    const filled = fillTemplate(text, { ...standIns, ...values });
    const shown = 'text' in filled ? filled.text : text;
    const { encoding, characters, parts } = segmentText(shown);
    return { text: shown, variables, missing, encoding, characters, segments: parts.length, parts };
  }
}

/** The text of a one-time code has the code. */
function assertFit(text: string, purposes: readonly SenderPurpose[]): void {
  if (!purposes.includes('otp') || placeholders(text).includes('code')) return;
  throw new AppError('validation.failed', 'The text of a one-time code must contain {code}.', {
    details: [{ path: 'text', message: 'expected {code}' }],
  });
}
