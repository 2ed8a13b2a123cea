import type { CarrierHost } from '../../domain/carrier.ts';
import type { Clock, Logger } from '../../domain/ports.ts';
import { errorText } from '../../domain/errors.ts';
import { parseListed } from './at/answers.ts';
import { priorities } from './at/command-queue.ts';
import type { AtResult } from './at/command.ts';
import { parseStoredAt } from './at/urc.ts';
import type { Urc } from './at/urc.ts';
import type { MessageSetup } from './init/messages.ts';
import type { ModemPort } from './modem-port.ts';
import type { ModemNature } from './quirks/modem-quirks.ts';
import { storePdu } from './received.ts';
import type { Received } from './received.ts';
import type { ModemTimeouts } from './timeouts.ts';

export interface InboxOptions {
  readonly port: ModemPort;
  readonly host: CarrierHost;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeouts: ModemTimeouts;
  readonly nature: ModemNature;
  /** A report reached the box. */
  readonly reported: () => void;
}

type Task =
  | { readonly type: 'read'; readonly memory: string; readonly index: number; readonly report: boolean }
  | { readonly type: 'sweep'; readonly memories: readonly string[] };

/** Beyond this the memory is swept instead of read place by place. */
const maxTasks = 500;
const readMs = 10_000;
/** Memories in which received messages may lie; others hold broadcasts or the phone's own. */
const receivingMemories = ['SM', 'ME', 'SR', 'MT'];

/**
 * What the modem keeps in its memories: reads what is announced, gives it to the box, and deletes it only after the box has it on
 * disk. One thing at a time, because the reading memory of the modem is one.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #tasks: Task[] = [];
  #setup: MessageSetup | null = null;
  /** Goes up when the modem may have forgotten which memory was chosen; what was begun before must not delete any more. */
  #epoch = 0;
  #taskEpoch = 0;
  #memory: string | null = null;
  #working = false;
  #unfinished = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Tells how this modem keeps messages; until then what is announced waits. */
  configure(setup: MessageSetup): void {
    this.#setup = setup;
    this.#memory = setup.memory;
    this.#work();
  }

  /** The modem is set up anew: its memory is left alone until `configure`, and what is being read from it is given up. */
  suspend(): void {
    this.#epoch += 1;
    this.#setup = null;
    this.#memory = null;
  }

  /** Something could not be stored or deleted and is worth a sweep soon. */
  get unfinished(): boolean {
    return this.#unfinished;
  }

  /** Something that came past the memories could not be stored, and may have been put there instead. */
  markUnfinished(): void {
    this.#unfinished = true;
  }

  /** Takes +CMTI and +CDSI. */
  take(urc: Urc): void {
    const place = parseStoredAt(urc.line);
    if (place === null) this.sweep();
    else this.#add(this.#readTask(place, urc.kind === 'stored-report'));
  }

  /** Looks through the memory for new messages; with `all` through every memory that may hold some. */
  sweep(all = false): void {
    const setup = this.#setup;
    const own = setup?.memory ?? null;
    const others = all
      ? (setup?.memories ?? []).filter((name) => name !== own && receivingMemories.includes(name))
      : [];
    if (!all && this.#tasks.some((task) => task.type === 'sweep')) return;
    this.#add({ type: 'sweep', memories: [...(own === null ? [] : [own]), ...others] });
  }

  /** Where it says, but reports of some modems, which lie elsewhere. */
  #readTask(place: { readonly memory: string; readonly index: number }, report: boolean): Task {
    const { reportMemory } = this.#options.nature.quirks;
    const lies = report && reportMemory !== null && this.#setup?.memories.includes(reportMemory) === true;
    return { type: 'read', ...place, report, ...(lies ? { memory: reportMemory } : {}) };
  }

  #add(task: Task): void {
    if (this.#tasks.length >= maxTasks) this.#unfinished = true;
    else this.#tasks.push(task);
    this.#work();
  }

  #next(): Task | undefined {
    return this.#setup === null ? undefined : this.#tasks.shift();
  }

  #work(): void {
    if (this.#working) return;
    this.#working = true;
    void this.#loop();
  }

  async #loop(): Promise<void> {
    for (let task = this.#next(); task !== undefined; task = this.#next()) {
      this.#taskEpoch = this.#epoch;
      try {
        await this.#run(task);
      } catch (error) {
        this.#unfinished = true;
        this.#options.log.error('modem.inbox_failed', { task: task.type, error: errorText(error) });
      }
    }
    this.#working = false;
  }

  async #run(task: Task): Promise<void> {
    if (task.type === 'read') await this.#readOne(task.memory, task.index, task.report);
    else await this.#sweepAll(task.memories);
  }

  async #readOne(memory: string, index: number, report: boolean): Promise<void> {
    if (!(await this.#choose(memory))) return;
    const answer = await this.#command(`AT+CMGR=${index}`, readMs);
    const pdu = answer.kind === 'ok' ? answer.pdus[0] : undefined;
    const received = pdu === undefined ? null : await this.#store(pdu.text);
    if (received !== null && received !== 'failed') await this.#delete(index);
    // Some modems name SM in +CDSI though the report lies in SR.
    const elsewhere =
      report && received !== 'report' && memory !== 'SR' && this.#setup?.memories.includes('SR') === true;
    if (elsewhere) await this.#sweepOne('SR');
    if (memory !== this.#setup?.memory || elsewhere) await this.#chooseOwn();
  }

  async #sweepAll(memories: readonly string[]): Promise<void> {
    this.#unfinished = false;
    if (memories.length === 0) await this.#listAndStore();
    for (const memory of memories) await this.#sweepOne(memory);
    await this.#chooseOwn();
  }

  async #sweepOne(memory: string): Promise<void> {
    if (await this.#choose(memory)) await this.#listAndStore();
  }

  async #listAndStore(): Promise<void> {
    const answer = await this.#command('AT+CMGL=4', this.#options.timeouts.list);
    if (answer.kind !== 'ok') return;
    for (const pdu of answer.pdus) {
      const place = parseListed(pdu.header);
      // The phone's own drafts and sent messages are none of the box's business.
      if (place === null || place.status > 1) continue;
      if ((await this.#store(pdu.text)) !== 'failed') await this.#delete(place.index);
    }
  }

  async #delete(index: number): Promise<void> {
    const answer = await this.#command(`AT+CMGD=${index}`, readMs);
    if (answer.kind !== 'ok') this.#unfinished = true;
  }

  async #store(pdu: string): Promise<Received> {
    const received = await storePdu(pdu, this.#options);
    if (received === 'failed') this.#unfinished = true;
    else if (received === 'report') this.#options.reported();
    return received;
  }

  async #chooseOwn(): Promise<void> {
    const own = this.#setup?.memory ?? null;
    if (own !== null) await this.#choose(own);
  }

  /** Makes `memory` the one that is read and deleted from; the one for receiving stays. 27.005 §3.2.2. */
  async #choose(memory: string): Promise<boolean> {
    if (memory === this.#memory) return true;
    const answer = await this.#command(`AT+CPMS="${memory}"`, readMs);
    if (answer.kind !== 'ok') return false;
    this.#memory = memory;
    return true;
  }

  #command(text: string, timeoutMs: number): Promise<AtResult> {
    const unless = (): boolean => this.#taskEpoch !== this.#epoch;
    return this.#options.port.command(text, { priority: priorities.read, timeoutMs, unless });
  }
}
