/** Octets of a PDU: strict hex, and a reader that never reads past the end. */

import { AppError } from '../../domain/errors.ts';

/** A whole PDU has at most 12 octets of SMSC and 164 of TPDU; SIM slots are padded to 176. Twice that is not a PDU. */
const longestPdu = 352;

const hexText = /^[0-9A-Fa-f]*$/;

/** The one error of this codec. */
export function damaged(what: string): AppError {
  return new AppError('validation.failed', `The PDU cannot be read: ${what}.`);
}

/** Octets of hex digits in either case; anything else in the text is refused, unlike what Node's Buffer does. */
export function hexToOctets(hex: string): Uint8Array {
  const digits = hex.trim();
  if (digits.length > 2 * longestPdu) throw damaged('it is longer than any short message');
  if (digits.length % 2 !== 0) throw damaged('it has an odd number of hex digits');
  if (!hexText.test(digits)) throw damaged('it holds characters other than hex digits');
  const octets = new Uint8Array(digits.length / 2);
  for (let at = 0; at < octets.length; at++) {
    octets[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  }
  return octets;
}

/** Upper-case hex digits, two for each octet. */
export function octetsToHex(octets: Iterable<number>): string {
  let hex = '';
  for (const octet of octets) hex += octet.toString(16).padStart(2, '0').toUpperCase();
  return hex;
}

export class OctetReader {
  readonly #octets: Uint8Array;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  get left(): number {
    return this.#octets.length - this.#at;
  }

  /** The next octet; throws when there is none. `what` names it in the error. */
  octet(what: string): number {
    const value = this.#octets[this.#at];
    if (value === undefined) throw damaged(`it ends before the ${what}`);
    this.#at += 1;
    return value;
  }

  /** The next `count` octets; throws when there are fewer. */
  take(count: number, what: string): Uint8Array {
    if (count > this.left) throw damaged(`it ends within the ${what}`);
    const taken = this.#octets.subarray(this.#at, this.#at + count);
    this.#at += count;
    return taken;
  }
}
