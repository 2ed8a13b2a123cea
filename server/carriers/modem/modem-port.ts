import type { ByteStream, Clock, Logger } from '../../domain/ports.ts';
import { runCmgs } from './at/cmgs-dialogue.ts';
import type { CmgsPdu, CmgsResult } from './at/cmgs-machine.ts';
import { classifyError } from './at/error-class.ts';
import { errorName } from './at/final-result.ts';
import { CommandQueue, priorities } from './at/command-queue.ts';
import type { Priority } from './at/command-queue.ts';
import { runCommand } from './at/command.ts';
import type { AtCommand, AtResult } from './at/command.ts';
import type { Urc } from './at/urc.ts';
import { Wire } from './at/wire.ts';
import { delay } from '../../platform/pause.ts';
import type { ModemNature } from './quirks/modem-quirks.ts';
import type { ModemTimeouts } from './timeouts.ts';

export interface ModemPortOptions {
  readonly stream: ByteStream;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeouts: ModemTimeouts;
  readonly nature: ModemNature;
  readonly onUrc: (urc: Urc) => void;
  readonly onClosed: (reason: string) => void;
  readonly onTrouble: (trouble: PortTrouble) => void;
}

/** The modem did not answer in time, `inARow` times by now; `alive` tells whether ESC and AT brought it back. */
export interface PortTrouble {
  readonly alive: boolean;
  readonly inARow: number;
}

export interface CommandOptions {
  readonly priority?: Priority;
  readonly timeoutMs?: number;
  readonly alsoAnswers?: readonly string[];
  readonly graceMs?: number;
  /** Asked when the command's turn comes: it is dropped, as on a closed port, when this says so. */
  readonly unless?: () => boolean;
}

const resyncTries = 3;
const lostTries = 2;
const quietMs = 200;
const betweenShoutsMs = 500;
const maxQuietRounds = 10;
/** What every modem knows, however its SIM is. */
const markers = [
  { ask: 'AT+CSQ', name: '+CSQ:' },
  { ask: 'AT+CMEE?', name: '+CMEE:' },
  { ask: 'AT+CREG?', name: '+CREG:' },
] as const;
const deadPort: AtResult = { kind: 'closed', reason: 'the port is closed' };
const deadSend: CmgsResult = { kind: 'not-sent', cause: 'closed', resync: false };
/** A send that does not get its turn in this time is given back. */
const longestWaitMs = 30_000;

/** An open modem: commands one at a time by priority, and a line that is in step again before the next one runs. */
export class ModemPort {
  readonly #options: ModemPortOptions;
  readonly #wire: Wire;
  readonly #queue = new CommandQueue();
  #timeoutsInARow = 0;

  constructor(options: ModemPortOptions) {
    this.#options = options;
    this.#wire = new Wire({
      stream: options.stream,
      log: options.log,
      onUrc: options.onUrc,
      onClosed: (reason) => {
        this.#queue.end();
        options.onClosed(reason);
      },
    });
  }

  attach(): void {
    this.#wire.attach();
  }

  get closedReason(): string | null {
    return this.#wire.closedReason;
  }

  /** Runs one command in its turn. Never rejects. */
  command(text: string, options: CommandOptions = {}): Promise<AtResult> {
    const command: AtCommand = {
      text,
      timeoutMs: options.timeoutMs ?? this.#options.timeouts.command,
      ...(options.alsoAnswers === undefined ? {} : { alsoAnswers: options.alsoAnswers }),
      ...(options.graceMs === undefined ? {} : { graceMs: options.graceMs }),
    };
    const job = async (): Promise<AtResult> => {
      if (options.unless?.() === true) return deadPort;
      const result = await runCommand(this.#wire, this.#options.clock, command);
      if (result.kind === 'timeout') {
        this.#options.log.warn('modem.command_timed_out', { command: publicName(text) });
        await this.#backInStep();
        return result;
      }
      this.#timeoutsInARow = 0;
      // A late OK must not be taken for that of the next command, nor that one's for the one behind it.
      if (result.kind === 'ok' && result.unfinished === true) await this.#knock(1);
      if (result.kind === 'error') {
        this.#options.log.debug('modem.command_refused', { command: publicName(text), error: errorName(result.error) });
      }
      return result;
    };
    return this.#queue.enqueue(options.priority ?? priorities.poll, job, deadPort);
  }

  /**
   * As `command`, and repeats it while the modem answers that it is busy starting, at most `tries` times, and twice when
   * its answer gets lost.
   */
  async patient(text: string, tries: number, pauseMs: number, options: CommandOptions = {}): Promise<AtResult> {
    let result = await this.command(text, options);
    let lost = 0;
    for (let attempt = 1; attempt < tries; attempt += 1) {
      if (result.kind === 'timeout') lost += 1;
      if (!mustWait(result) && (result.kind !== 'timeout' || lost > lostTries)) break;
      if (result.kind !== 'timeout') await delay(this.#options.clock, pauseMs);
      result = await this.command(text, options);
    }
    return result;
  }

  /**
   * Sends one PDU, unless the modem has restarted when its turn comes: it may have fallen back to text mode, in which a PDU
   * would go out as a text. Settles as soon as the outcome is known; `over` settles when the port can take the next one.
   * Neither rejects.
   */
  send(pdu: CmgsPdu, restarted: () => boolean): { readonly result: Promise<CmgsResult>; readonly over: Promise<void> } {
    const { clock, timeouts, nature } = this.#options;
    const { promise: result, resolve: settle } = Promise.withResolvers<CmgsResult>();
    let givenBack = false;
    const turn = clock.after(longestWaitMs, () => {
      givenBack = true;
      settle({ kind: 'not-sent', cause: 'no-turn', resync: false });
    });
    const job = async (): Promise<void> => {
      if (givenBack) return;
      turn.cancel();
      if (restarted()) {
        settle({ kind: 'not-sent', cause: 'restarted', resync: false });
        return;
      }
      const { promptMs, body } = nature.quirks;
      const times = {
        promptMs: Math.max(timeouts.prompt, promptMs),
        answerMs: timeouts.answer,
        finalMs: timeouts.final,
        escapeMs: timeouts.escape,
      };
      const outcome = await runCmgs(this.#wire, clock, pdu, times, body);
      settle(outcome);
      if (outcome.resync) await this.#backInStep();
      else this.#timeoutsInARow = 0;
    };
    const over = async (): Promise<void> => {
      await this.#queue.enqueue(priorities.send, job, undefined);
      turn.cancel();
      settle(deadSend);
    };
    return { result, over: over() };
  }

  /** ESC and `AT` up to `tries` times; any final result is life, even ERROR. */
  wake(tries: number): Promise<boolean> {
    return this.#queue.enqueue(priorities.acknowledge, () => this.#knock(tries), false);
  }

  /** Writes past the queue, for a modem that hears but does not answer. */
  async shout(commands: readonly string[]): Promise<void> {
    for (const [at, command] of commands.entries()) {
      if (at > 0) await delay(this.#options.clock, betweenShoutsMs);
      await this.#wire.write(command);
    }
  }

  /** Drops what waits and takes no more commands; only `shout` still reaches the modem. */
  abandon(): void {
    this.#queue.end();
  }

  /** Settles what runs and what waits. */
  close(reason: string): void {
    this.#wire.detach(reason);
  }

  async #backInStep(): Promise<void> {
    if (this.#wire.closedReason !== null) return;
    this.#timeoutsInARow += 1;
    const alive = await this.#knock(resyncTries);
    if (this.#wire.closedReason === null) this.#options.onTrouble({ alive, inARow: this.#timeoutsInARow });
  }

  async #knock(tries: number): Promise<boolean> {
    const { clock, timeouts } = this.#options;
    for (let attempt = 0; attempt < tries && this.#wire.closedReason === null; attempt += 1) {
      const result = await runCommand(this.#wire, clock, { text: '\u001BAT', timeoutMs: timeouts.wake });
      if (result.kind === 'ok' || result.kind === 'error') return await this.#inStep();
    }
    return false;
  }

  /**
   * Makes sure that the next answer belongs to the next command: answers of knocks and commands that were given up may still
   * come, and every OK looks alike. So questions are asked, each another one than before, until one is answered by its own
   * name. False when none is; a modem that refuses them all passes.
   */
  async #inStep(): Promise<boolean> {
    const { clock, timeouts } = this.#options;
    let refused = 0;
    await this.#waitForQuiet();
    for (const { ask, name } of [...markers, ...markers]) {
      const result = await runCommand(this.#wire, clock, { text: ask, timeoutMs: timeouts.command });
      if (result.kind === 'ok' && result.lines.some((line) => line.startsWith(name))) return true;
      if (result.kind === 'closed') return false;
      refused = result.kind === 'error' ? refused + 1 : 0;
      if (refused === markers.length) return true;
      await this.#waitForQuiet();
    }
    return false;
  }

  /** A late answer of the command before must not be taken for that of the next one. */
  async #waitForQuiet(): Promise<void> {
    for (let round = 0; round < maxQuietRounds; round += 1) {
      const heard = this.#wire.heard;
      await delay(this.#options.clock, quietMs);
      if (this.#wire.heard === heard) return;
    }
  }
}

function mustWait(result: AtResult): boolean {
  return result.kind === 'error' && classifyError(result.error).kind === 'wait';
}

/** A command without its arguments: they may be a PIN or a number. */
function publicName(text: string): string {
  return text.replace(/=.*$/, '=');
}
