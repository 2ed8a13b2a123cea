/** Reads fields of a body; after the end everything is empty, and `short` says so. */
export class OctetReader {
  readonly #octets: Uint8Array;
  #at: number;
  /** Whether a field lay beyond the end. */
  short = false;

  constructor(octets: Uint8Array, at: number) {
    this.#octets = octets;
    this.#at = at;
  }

  get left(): number {
    return this.#octets.length - this.#at;
  }

  octet(): number {
    const value = this.#octets[this.#at];
    if (value === undefined) {
      this.short = true;
      return 0;
    }
    this.#at += 1;
    return value;
  }

  /** A C-octet string, as Latin-1. One that nothing ends is short. */
  text(): string {
    const end = this.#octets.indexOf(0, this.#at);
    if (end < 0) {
      this.short = true;
      return this.rest();
    }
    const text = latin1(this.#octets, this.#at, end);
    this.#at = end + 1;
    return text;
  }

  /** What is left, as Latin-1. */
  rest(): string {
    const text = latin1(this.#octets, this.#at, this.#octets.length);
    this.#at = this.#octets.length;
    return text;
  }

  take(count: number): Uint8Array {
    if (count > this.left) this.short = true;
    const taken = this.#octets.subarray(this.#at, this.#at + count);
    this.#at += taken.length;
    return taken;
  }
}

/** Fields are short; what is longer is cut, for nobody reads it. */
const longest = 256;

function latin1(octets: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < Math.min(to, from + longest); at += 1) text += String.fromCharCode(octets[at] ?? 0);
  return text;
}
