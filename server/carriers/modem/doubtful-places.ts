interface Doubt {
  readonly pdu: string;
  readonly times: number;
}

const mostPlaces = 500;
const mostReadings = 3;

/**
 * Tells a message that lies damaged in the memory from one that the line has garbled: what cannot be read is read again, and
 * counts as it is once it was read alike twice, or three times at all.
 */
export class DoubtfulPlaces {
  readonly #doubts = new Map<string, Doubt>();

  /** Whether what was read at a place now, and could not be understood, is what lies there. */
  isCertain(memory: string, index: number, pdu: string): boolean {
    const place = `${memory} ${index}`;
    const before = this.#doubts.get(place);
    this.#doubts.delete(place);
    if (before?.pdu === pdu || (before?.times ?? 0) + 1 >= mostReadings) return true;
    this.#doubts.set(place, { pdu, times: (before?.times ?? 0) + 1 });
    const oldest = this.#doubts.keys().next();
    if (this.#doubts.size > mostPlaces && oldest.done !== true) this.#doubts.delete(oldest.value);
    return false;
  }

  /** The place was read well. */
  clear(memory: string, index: number): void {
    this.#doubts.delete(`${memory} ${index}`);
  }
}
