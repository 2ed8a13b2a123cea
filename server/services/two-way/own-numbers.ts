import { normalizeMsisdn } from '../../domain/msisdn.ts';

export interface OwnNumbersOptions {
  /** Numbers that the owner of the box says are its own, as they were written. */
  readonly written: () => readonly string[];
  /** What the carriers tell about themselves. */
  readonly facts: () => Iterable<Readonly<Record<string, string | number | null>>>;
}

/** Which numbers are those of the box's own SIMs: told by settings, or by the SIM itself as the fact `msisdn`. */
export class OwnNumbers {
  readonly #options: OwnNumbersOptions;

  constructor(options: OwnNumbersOptions) {
    this.#options = options;
  }

  has(msisdn: string): boolean {
    const { written, facts } = this.#options;
    for (const number of written()) if (isSame(number, msisdn)) return true;
    for (const { msisdn: told } of facts()) if (typeof told === 'string' && isSame(told, msisdn)) return true;
    return false;
  }
}

function isSame(written: string, msisdn: string): boolean {
  return normalizeMsisdn(written, { international: true }) === msisdn;
}
