import { optWish, optWords, type OptWish } from '../../domain/opt-out.ts';

export interface KeywordRules {
  readonly optOut: readonly string[];
  readonly optIn: readonly string[];
}

/** Reads the keywords in received texts; empty lists read nothing. */
export class OptWords {
  readonly #rules: () => KeywordRules;
  #known: { readonly rules: KeywordRules; readonly out: ReadonlySet<string>; readonly in: ReadonlySet<string> } | null =
    null;

  constructor(rules: () => KeywordRules) {
    this.#rules = rules;
  }

  /** What a whole text asks for; null for nothing. */
  wishIn(text: string): OptWish | null {
    const rules = this.#rules();
    if (this.#known?.rules.optOut !== rules.optOut || this.#known.rules.optIn !== rules.optIn)
      this.#known = { rules, out: optWords(rules.optOut), in: optWords(rules.optIn) };
    return optWish(text, this.#known);
  }
}
