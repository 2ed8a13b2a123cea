import { headerLength } from './command.ts';

/** What is longer is no PDU of the other side's: the stream is out of step, or meant to fill the memory. */
export const longestPdu = 65_536;

/**
 * Cuts a stream into PDUs, wherever its chunks are cut. Keeps at most one incomplete PDU.
 * A length that cannot be right ends it: from there on nobody knows where the next PDU begins.
 */
export class FrameReader {
  readonly #onFrame: (frame: Uint8Array) => void;
  /** Octets of the length, while it is not whole. */
  readonly #lengthOctets = new Uint8Array(4);
  #lengthRead = 0;
  #frame: Uint8Array | null = null;
  #filled = 0;
  #broken = false;

  /** @param onFrame is given whole PDUs, which it may keep a view of only until it returns. */
  constructor(onFrame: (frame: Uint8Array) => void) {
    this.#onFrame = onFrame;
  }

  /** Takes octets. @returns false when the stream is out of step. */
  push(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length && !this.#broken) {
      at = this.#frame === null && this.#lengthRead === 0 ? this.#whole(chunk, at) : this.#partial(chunk, at);
    }
    return !this.#broken;
  }

  /** A PDU that lies whole in the chunk is given without a copy. */
  #whole(chunk: Uint8Array, at: number): number {
    if (chunk.length - at < 4) return this.#partial(chunk, at);
    const length = uint32(chunk, at);
    if (!this.#isPossible(length)) return chunk.length;
    if (at + length > chunk.length) return this.#partial(chunk, at);
    this.#onFrame(chunk.subarray(at, at + length));
    return at + length;
  }

  #partial(chunk: Uint8Array, from: number): number {
    let at = from;
    if (this.#frame === null) {
      while (this.#lengthRead < 4 && at < chunk.length) {
        this.#lengthOctets[this.#lengthRead] = chunk[at] ?? 0;
        this.#lengthRead += 1;
        at += 1;
      }
      if (this.#lengthRead < 4) return at;
      const length = uint32(this.#lengthOctets, 0);
      if (!this.#isPossible(length)) return chunk.length;
      this.#frame = new Uint8Array(length);
      this.#frame.set(this.#lengthOctets);
      this.#filled = 4;
    }
    const frame = this.#frame;
    const taken = chunk.subarray(at, at + frame.length - this.#filled);
    frame.set(taken, this.#filled);
    this.#filled += taken.length;
    if (this.#filled === frame.length) {
      this.#frame = null;
      this.#lengthRead = 0;
      this.#onFrame(frame);
    }
    return at + taken.length;
  }

  #isPossible(length: number): boolean {
    this.#broken = length < headerLength || length > longestPdu;
    return !this.#broken;
  }
}

function uint32(octets: Uint8Array, at: number): number {
  return (
    (((octets[at] ?? 0) << 24) |
      ((octets[at + 1] ?? 0) << 16) |
      ((octets[at + 2] ?? 0) << 8) |
      (octets[at + 3] ?? 0)) >>>
    0
  );
}
