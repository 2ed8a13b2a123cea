import type { CarrierHost } from '../../domain/carrier.ts';
import type { Clock, Logger } from '../../domain/ports.ts';
import { errorText } from '../../domain/errors.ts';
import { parseListed } from './at/answers.ts';
import { priorities } from './at/command-queue.ts';
import type { AtResult } from './at/command.ts';
import { classifyError } from './at/error-class.ts';
import { parseStoredAt } from './at/urc.ts';
import type { Urc } from './at/urc.ts';
import { DoubtfulPlaces } from './doubtful-places.ts';
import type { MessageSetup } from './init/messages.ts';
import type { ModemPort } from './modem-port.ts';
import type { ModemNature } from './quirks/modem-quirks.ts';
import { isReadable, storePdu } from './received.ts';
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
/** +CMS ERROR: 321, there is nothing at this place. */
const emptyPlace = 321;
/** Memories in which received messages may lie; others hold broadcasts or the phone's own. */
const receivingMemories = ['SM', 'ME', 'SR', 'MT'];

/**
 * What the modem keeps in its memories: reads what is announced, gives it to the box, and deletes it only after the box has it on
 * disk. One thing at a time, because the reading memory of the modem is one.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #tasks: Task[] = [];
  readonly #doubtful = new DoubtfulPlaces();
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
    this.#heedFailure(answer);
    const pdu = answer.kind === 'ok' ? answer.pdus[0] : undefined;
    const received = pdu === undefined ? null : await this.#store(index, pdu.text);
    if (received !== null && received !== 'failed') await this.#delete(index);
    // Some modems name SM in +CDSI though the report lies in SR.
    const elsewhere =
      report && received !== 'report' && memory !== 'SR' && this.#setup?.memories.includes('SR') === true;
    if (elsewhere) await this.#sweepOne('SR');
    else if (answer.kind === 'ok' && pdu === undefined) await this.#nothingThere();
    if (memory !== this.#setup?.memory || elsewhere) await this.#chooseOwn();
  }

  async #sweepAll(memories: readonly string[]): Promise<void> {
    this.#unfinished = false;
    if (memories.length === 0) await this.#listAndStore();
    for (const memory of memories) {
      // One that does not list in a minute holds up everything that is to be sent; the others are tried again later.
      if (!(await this.#sweepOne(memory))) break;
    }
    await this.#chooseOwn();
  }

  async #sweepOne(memory: string): Promise<boolean> {
    return (await this.#choose(memory)) ? await this.#listAndStore() : true;
  }

  /** False when the modem did not answer. */
  async #listAndStore(): Promise<boolean> {
    const answer = await this.#command('AT+CMGL=4', this.#options.timeouts.list);
    this.#heedFailure(answer);
    if (answer.kind !== 'ok') return answer.kind === 'error';
    const places = answer.pdus.map((pdu) => ({ ...parseListed(pdu.header), pdu: pdu.text }));
    const stored: number[] = [];
    for (const { index, status, pdu } of places) {
      if (index === undefined || status === undefined) this.#unfinished = true;
      // The phone's own drafts and sent messages are none of the box's business.
      else if (status <= 1 && (await this.#store(index, pdu)) !== 'failed') stored.push(index);
    }
    for (const index of stored) {
      // An index that the line has garbled may be that of another message; all that are listed are stored by now.
      const alone = places.filter((place) => place.index === index).length === 1;
      if (alone) await this.#delete(index);
      else this.#unfinished = true;
    }
    return true;
  }

  /** An answer that got lost, or a modem that is busy: what it would have told is looked for again soon. */
  #heedFailure(answer: AtResult): void {
    const again = answer.kind === 'error' && ['wait', 'storage', 'retry'].includes(classifyError(answer.error).kind);
    const gone = answer.kind === 'error' && answer.error.code === emptyPlace;
    if (answer.kind === 'timeout' || (again && !gone)) this.#unfinished = true;
  }

  /** What was announced is not there: taken by a sweep before, or an answer of something older came instead of this one's. */
  async #nothingThere(): Promise<void> {
    this.#unfinished = true;
    await this.#options.port.wake(1);
  }

  async #delete(index: number): Promise<void> {
    const answer = await this.#command(`AT+CMGD=${index}`, readMs);
    if (answer.kind !== 'ok') this.#unfinished = true;
  }

  async #store(index: number, pdu: string): Promise<Received> {
    const memory = this.#memory ?? '';
    if (isReadable(pdu)) this.#doubtful.clear(memory, index);
    else if (!this.#doubtful.isCertain(memory, index, pdu)) {
      this.#unfinished = true;
      return 'failed';
    }
    const received = await storePdu(pdu, memory === 'SR' ? 'report' : 'message', this.#options);
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
