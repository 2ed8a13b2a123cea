import { AppError } from '../../../domain/errors.ts';

const firstSize = 320;

/** Fills the octets of one PDU; the length stands in front when it is finished. */
export class PduWriter {
  #octets = Buffer.allocUnsafe(firstSize);
  #length = 4;

  constructor(commandId: number, status: number, sequence: number) {
    this.uint32(commandId).uint32(status).uint32(sequence);
  }

  octet(value: number): this {
    this.#grow(1);
    this.#octets[this.#length] = value & 0xff;
    this.#length += 1;
    return this;
  }

  uint16(value: number): this {
    return this.octet(value >> 8).octet(value);
  }

  uint32(value: number): this {
    this.#grow(4);
    this.#octets.writeUInt32BE(value >>> 0, this.#length);
    this.#length += 4;
    return this;
  }

  octets(values: Uint8Array): this {
    this.#grow(values.length);
    this.#octets.set(values, this.#length);
    this.#length += values.length;
    return this;
  }

  /** A C-octet string: Latin-1 and a NUL. @throws AppError when the text cannot be one. */
  text(value: string): this {
    if (value.includes('\0') || /[^\0-\u00ff]/u.test(value)) {
      throw new AppError('validation.failed', 'A field of SMPP holds only Latin letters.');
    }
    this.#grow(value.length + 1);
    this.#length += this.#octets.write(value, this.#length, 'latin1');
    return this.octet(0);
  }

  tlv(name: number, value: Uint8Array): this {
    return this.uint16(name).uint16(value.length).octets(value);
  }

  finish(): Uint8Array {
    this.#octets.writeUInt32BE(this.#length, 0);
    return this.#octets.subarray(0, this.#length);
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#octets.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + more));
    larger.set(this.#octets.subarray(0, this.#length));
    this.#octets = larger;
  }
}
