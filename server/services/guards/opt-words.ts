import { optWish, optWords, type OptWish } from '../../domain/opt-out.ts';

export interface KeywordRules {
  readonly optOut: readonly string[];
  readonly optIn: readonly string[];
}

/** Reads the keywords in received texts, as the lists are at the time; empty ones read nothing. */
export class OptWords {
  readonly #rules: () => KeywordRules;
  #optOut: readonly string[] = [];
  #optIn: readonly string[] = [];
  #words = { out: optWords([]), in: optWords([]) };

  constructor(rules: () => KeywordRules) {
    this.#rules = rules;
  }

  /** What a whole text asks for; null for nothing. */
  wishIn(text: string): OptWish | null {
    const { optOut, optIn } = this.#rules();
    if (optOut !== this.#optOut || optIn !== this.#optIn) {
      this.#words = { out: optWords(optOut), in: optWords(optIn) };
      this.#optOut = optOut;
      this.#optIn = optIn;
    }
    return optWish(text, this.#words);
  }
}
