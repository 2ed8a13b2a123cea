/** Message ids: those in answers to submit_sm, and those in receipts, which some SMSCs write in another form. */

import type { ReceiptIdForm } from '../settings.ts';

export type KnownIdForm = Exclude<ReceiptIdForm, 'auto'>;

/** Hand-overs remembered for learning the form; receipts mostly come within seconds. */
const mostRemembered = 2_000;
/** Receipts remembered that came before the answer. */
const mostEarly = 200;
/** Ids of fewer digits tell nothing: they are small numbers that are met by chance. */
const shortestTelling = 3;
const longestNumber = 40;

/**
 * The one form of an id, under which a hand-over is journaled and its receipts are looked for: lower case, without
 * leading zeros and blanks. An id of zeros only keeps one.
 */
export function canonicalId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/u, '');
}

type Forms = Readonly<Record<KnownIdForm, string | null>> & { readonly same: string };

interface Early {
  readonly forms: Forms;
  /** The reference under which it was told. */
  readonly told: string;
  readonly again: (reference: string) => void;
}

/** Brings ids of receipts into the form of the answers. */
export class MessageIds {
  readonly #wanted: ReceiptIdForm;
  readonly #learnt: (form: KnownIdForm) => void;
  /** Ids of latest answers with the last digits of their numbers, oldest first. */
  readonly #recent = new Map<string, string>();
  /** Receipts of no known hand-over, by the last digits of their numbers; each is told again under its right reference. */
  readonly #early = new Map<string, Early>();
  #form: KnownIdForm;

  /**
   * @param options.known what was learnt earlier.
   * @param options.learnt is told what `auto` has found out.
   */
  constructor(options: {
    readonly wanted: ReceiptIdForm;
    readonly known: KnownIdForm | null;
    readonly learnt: (form: KnownIdForm) => void;
  }) {
    this.#wanted = options.wanted;
    this.#learnt = options.learnt;
    this.#form = options.wanted === 'auto' ? (options.known ?? 'same') : options.wanted;
  }

  /** The form that is believed in. */
  get form(): KnownIdForm {
    return this.#form;
  }

  /** The reference of a hand-over that was answered with this id. */
  answered(id: string, msisdn: string): string {
    const reference = canonicalId(id);
    if (this.#wanted !== 'auto') return reference;
    const number = lastDigits(msisdn);
    keep(this.#recent, reference, number, mostRemembered);
    const early = this.#early.get(number);
    const found = early === undefined ? null : this.#fitting(early.forms, number);
    if (early === undefined || found === null) return reference;
    this.#early.delete(number);
    if (found !== this.#form) this.#believe(found);
    if (early.told !== reference) early.again(reference);
    return reference;
  }

  /**
   * The reference that a receipt with this id is for.
   * @param again tells the receipt anew, when it turns out later that it belongs to another reference.
   */
  receipted(id: string, msisdn: string | null, again: (reference: string) => void): string {
    const forms = idForms(id);
    const number = lastDigits(msisdn ?? '');
    const known = this.#wanted === 'auto' && number !== '' ? this.#fitting(forms, number) : this.#form;
    if (known !== null && known !== this.#form) this.#believe(known);
    const told = forms[this.#form] ?? forms.same;
    if (known === null) keep(this.#early, number, { forms, told, again }, mostEarly);
    return told;
  }

  #believe(form: KnownIdForm): void {
    this.#form = form;
    this.#learnt(form);
  }

  /** The form under which an id is that of a known hand-over to the same number; null when there is none. */
  #fitting(forms: Forms, number: string): KnownIdForm | null {
    const fits = (form: KnownIdForm) => {
      const id = forms[form];
      return id !== null && id.length >= shortestTelling && this.#recent.get(id) === number;
    };
    if (fits(this.#form)) return this.#form;
    return (['same', 'hex-decimal', 'decimal-hex'] as const).find(fits) ?? null;
  }
}

/** Puts an entry in as the newest and drops the oldest when there are too many. */
function keep<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > most && oldest.done !== true) map.delete(oldest.value);
}

/** An id of a receipt as the answer may have written it. */
function idForms(id: string): Forms {
  const same = canonicalId(id);
  return {
    same,
    'hex-decimal': same.length <= longestNumber && /^\d+$/u.test(same) ? BigInt(same).toString(16) : null,
    'decimal-hex': same.length <= longestNumber && /^[\da-f]+$/u.test(same) ? BigInt(`0x${same}`).toString(10) : null,
  };
}

function lastDigits(msisdn: string): string {
  return msisdn.slice(-9);
}

/** How an SMSC writes its ids, for asking it with one that was journaled in the canonical form. */
export class IdSpelling {
  #length = 0;
  #padded = false;
  #upper = false;

  learn(id: string): void {
    const written = id.trim();
    if (written.length !== this.#length) this.#padded = false;
    this.#length = written.length;
    if (/^0./u.test(written)) this.#padded = true;
    if (/[A-Z]/u.test(written)) this.#upper = true;
    else if (/[a-z]/u.test(written)) this.#upper = false;
  }

  write(reference: string): string {
    const cased = this.#upper ? reference.toUpperCase() : reference;
    return this.#padded ? cased.padStart(this.#length, '0') : cased;
  }
}
