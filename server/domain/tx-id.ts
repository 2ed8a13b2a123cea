/** Public ids of recipients: the row's id under a keyed permutation, so that they need no column and tell no counts. */

import { AppError } from './errors.ts';

export interface TxIdCodec {
  /** 16 lowercase hex digits for a row id (0 … 2^53−1); different ids never share one. */
  encode(id: number): string;
  /** The row id, or null when the text is no id made with this key. */
  decode(txId: string): number | null;
}

const keyLength = 32;
const rounds = 8;
const twoTo32 = 0x1_0000_0000;
/** High half of 2^53: what decodes to more was never encoded. */
const highLimit = 0x20_0000;

/**
 * A codec over a Feistel network of two 32-bit halves. It hides how many messages there are and makes ids of others
 * impractical to guess; it is no protection for secrets.
 * @param key 32 random bytes, the same for the life of the store.
 */
export function createTxIdCodec(key: Uint8Array): TxIdCodec {
  if (key.length !== keyLength)
    throw new AppError('internal.fault', `The key of the txId codec needs ${keyLength} bytes.`);
  const keys = roundKeys(key);
  return {
    encode(id) {
      if (!Number.isSafeInteger(id) || id < 0)
        throw new AppError('internal.fault', 'A txId is made from a row id only.');
      let left = Math.floor(id / twoTo32) | 0;
      let right = id | 0;
      for (let round = 0; round < rounds; round++) {
        const next = left ^ scramble(right, keys, round);
        left = right;
        right = next;
      }
      return hex32(left) + hex32(right);
    },
    decode(txId) {
      if (!isLowerHex16(txId)) return null;
      let left = Number.parseInt(txId.slice(0, 8), 16) | 0;
      let right = Number.parseInt(txId.slice(8), 16) | 0;
      for (let round = rounds - 1; round >= 0; round--) {
        const before = right ^ scramble(left, keys, round);
        right = left;
        left = before;
      }
      const high = left >>> 0;
      return high < highLimit ? high * twoTo32 + (right >>> 0) : null;
    },
  };
}

function scramble(half: number, keys: Int32Array, round: number): number {
  const mixed = mix(half ^ (keys[2 * round] ?? 0));
  return mix((mixed + (keys[2 * round + 1] ?? 0)) | 0);
}

/** Spreads every input bit over all output bits (an integer finaliser of multiplications and shifts). */
function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b | 0);
  return mixed ^ (mixed >>> 16);
}

/** Two words a round, each depending on every byte of the key: the key is absorbed twice, then squeezed. */
function roundKeys(key: Uint8Array): Int32Array {
  const state = new Int32Array(4).fill(0x9e3779b9 | 0);
  const stir = (word: number, step: number): number => {
    const at = step & 3;
    const stirred = mix((state[at] ?? 0) ^ word ^ Math.imul(step + 1, 0x9e3779b9 | 0)) + (state[(at + 3) & 3] ?? 0);
    state[at] = stirred;
    return stirred | 0;
  };
  const words = new DataView(key.buffer, key.byteOffset, key.byteLength);
  for (let step = 0; step < 16; step++) stir(words.getInt32(4 * (step & 7)), step);
  return Int32Array.from({ length: 2 * rounds }, (_, index) => stir(0, 16 + index));
}

function hex32(half: number): string {
  return (half >>> 0).toString(16).padStart(8, '0');
}

function isLowerHex16(text: string): boolean {
  if (text.length !== 16) return false;
  for (let at = 0; at < 16; at++) {
    const unit = text.charCodeAt(at);
    const isHex = (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x66);
    if (!isHex) return false;
  }
  return true;
}
