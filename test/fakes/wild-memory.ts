import { ok } from './scripted-modem.ts';

type MemoryName = 'SM' | 'ME' | 'SR';
const names: readonly MemoryName[] = ['SM', 'ME', 'SR'];

/** The message memories of a wild modem. After a restart another one than before may be chosen. */
export class WildMemory {
  /** PDUs by index, for each memory. */
  readonly stored: Readonly<Record<MemoryName, Map<number, string>>> = { SM: new Map(), ME: new Map(), SR: new Map() };
  /** What was deleted, in its order. */
  readonly deleted: string[] = [];
  /** Told of a deletion before it happens. */
  onDelete: (pdu: string) => void = () => {};
  #chosen: MemoryName = 'ME';

  reset(): void {
    this.#chosen = 'ME';
  }

  /** Puts a PDU into the lowest free place and gives its index. */
  store(memory: MemoryName, pdu: string): number {
    let index = 1;
    while (this.stored[memory].has(index)) index += 1;
    this.stored[memory].set(index, pdu);
    return index;
  }

  get empty(): boolean {
    return names.every((name) => this.stored[name].size === 0);
  }

  /** What a command about the memories is answered; null for others. */
  answer(command: string): string | null {
    const set = /^AT\+CPMS="(\w\w)"/.exec(command)?.[1];
    if (set !== undefined) return this.#choose(set);
    const slots = this.stored[this.#chosen];
    if (command === 'AT+CPMS?') return ok(`+CPMS: "${this.#chosen}",${slots.size},20,"SM",0,20,"SM",0,20`);
    if (command === 'AT+CMGL=4') {
      return ok(...[...slots].map(([index, pdu]) => `+CMGL: ${index},1,,${pdu.length / 2 - 1}\r\n${pdu}`));
    }
    const [, verb, number] = /^AT\+CMG([RD])=(\d+)$/.exec(command) ?? [];
    if (verb === undefined) return null;
    const pdu = slots.get(Number(number));
    if (pdu === undefined) return '\r\n+CMS ERROR: 321\r\n';
    if (verb === 'R') return ok(`+CMGR: 1,,${pdu.length / 2 - 1}\r\n${pdu}`);
    this.onDelete(pdu);
    this.deleted.push(pdu);
    slots.delete(Number(number));
    return ok();
  }

  #choose(name: string): string {
    const found = names.find((known) => known === name);
    if (found === undefined) return '\r\nERROR\r\n';
    this.#chosen = found;
    return ok(`+CPMS: ${this.stored[found].size},20,0,20,0,20`);
  }
}
