/** Where a modem keeps short messages. 3GPP TS 27.005 §3.2.2 (AT+CPMS). */

export type MemoryName = 'SM' | 'ME' | 'SR';
export const memoryNames: readonly MemoryName[] = ['SM', 'ME', 'SR'];

export interface StoredMessage {
  /** With the service centre's octets, in hex. */
  readonly pdu: string;
  read: boolean;
}

/** One memory with numbered slots. */
export class MessageMemory {
  readonly size: number;
  readonly #first: number;
  readonly #slots = new Map<number, StoredMessage>();

  constructor(size: number, firstIndex: number) {
    this.size = size;
    this.#first = firstIndex;
  }

  get used(): number {
    return this.#slots.size;
  }

  /** Stores a message in the lowest free slot and returns its index; null when the memory is full. */
  store(pdu: string): number | null {
    if (this.#slots.size >= this.size) return null;
    let index = this.#first;
    while (this.#slots.has(index)) index += 1;
    this.#slots.set(index, { pdu, read: false });
    return index;
  }

  at(index: number): StoredMessage | undefined {
    return this.#slots.get(index);
  }

  /** Whether a slot of this index exists, full or empty. */
  has(index: number): boolean {
    return Number.isInteger(index) && index >= this.#first && index < this.#first + this.size;
  }

  list(): readonly (readonly [number, StoredMessage])[] {
    return [...this.#slots].toSorted(([a], [b]) => a - b);
  }

  delete(index: number): void {
    this.#slots.delete(index);
  }

  /** Deletes by the flag of AT+CMGD: 1–3 what was read, 4 everything. Sent messages are never kept. */
  deleteMany(flag: number): void {
    for (const [index, message] of this.#slots) if (flag === 4 || message.read) this.#slots.delete(index);
  }
}

/** The three memories and which of them is read (1), written (2) and received into (3). */
export class MessageStore {
  readonly #memories: Readonly<Record<MemoryName, MessageMemory>>;
  #selected: readonly [MemoryName, MemoryName, MemoryName] = ['SM', 'SM', 'SM'];

  constructor(slots: Readonly<Record<MemoryName, number>>, firstIndex: number) {
    this.#memories = {
      SM: new MessageMemory(slots.SM, firstIndex),
      ME: new MessageMemory(slots.ME, firstIndex),
      SR: new MessageMemory(slots.SR, firstIndex),
    };
  }

  get selected(): readonly [MemoryName, MemoryName, MemoryName] {
    return this.#selected;
  }

  memory(name: MemoryName): MessageMemory {
    return this.#memories[name];
  }

  /** The memory that AT+CMGR, AT+CMGL and AT+CMGD work on. */
  get reading(): MessageMemory {
    return this.#memories[this.#selected[0]];
  }

  names(): readonly MemoryName[] {
    return memoryNames.filter((name) => this.#memories[name].size > 0);
  }

  /** Back to the choice after power-up; the messages stay. */
  reset(): void {
    this.#selected = ['SM', 'SM', 'SM'];
  }

  /** Selects up to three memories; false when one of them does not exist. "SR" is only for reading. */
  select(wanted: readonly string[]): boolean {
    const found = wanted.map((name) => this.names().find((known) => known === name));
    const [first, second, third] = found;
    if (first === undefined || found.includes(undefined) || second === 'SR' || third === 'SR') return false;
    this.#selected = [first, second ?? this.#selected[1], third ?? this.#selected[2]];
    return true;
  }
}
