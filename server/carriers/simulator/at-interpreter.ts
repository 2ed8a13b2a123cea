/** The modem's end of the line: bytes in, command lines and bodies out of them, one at a time. ITU-T V.250 §5. */

import { cme, error, errorLine, type Answer, type CommandTable, type PromptRequest } from './answer.ts';
import { parseCommands, type AtCommand } from './at-command.ts';
import { basicCommands } from './commands-basic.ts';
import { networkCommands } from './commands-network.ts';
import { smsCommands } from './commands-sms.ts';
import type { ModemContext } from './context.ts';
import type { LineOutput } from './line-output.ts';
import type { Submitter } from './submitter.ts';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const backspace = 0x08;
const controlZ = 0x1a;
const escape = 0x1b;

/** Longest command line and body, and what is kept of bytes that come while a command runs. */
const lineLimit = 1024;
const bodyLimit = 2048;
const typeAheadLimit = 4096;
/** Unasked-for results kept while the prompt stands. */
const withheldLimit = 1000;

const commands: CommandTable = { ...basicCommands, ...networkCommands, ...smsCommands };

type State =
  | { readonly name: 'line' }
  | { readonly name: 'busy' }
  | { readonly name: 'body'; readonly request: PromptRequest };

export interface InterpreterOptions {
  readonly modem: ModemContext;
  readonly output: LineOutput;
  readonly submitter: Submitter;
}

export class AtInterpreter {
  readonly #options: InterpreterOptions;
  #state: State = { name: 'line' };
  #typed = '';
  #overflown = false;
  #echo = '';
  #typeAhead: number[] = [];
  #withheld: (readonly string[])[] = [];

  constructor(options: InterpreterOptions) {
    this.#options = options;
  }

  /** Power was lost, or restored: everything typed is forgotten. */
  reset(): void {
    this.#state = { name: 'line' };
    this.#startOver();
    this.#echo = '';
    this.#typeAhead = [];
    this.#withheld = [];
  }

  feed(bytes: Iterable<number>): void {
    const { modem } = this.#options;
    for (const byte of bytes) {
      if (modem.faults.silent || modem.phase !== 'up') continue;
      if (this.#state.name !== 'busy') this.#byte(byte);
      else if (this.#typeAhead.length < typeAheadLimit) this.#typeAhead.push(byte);
    }
    this.#flushEcho();
  }

  /** An unasked-for result; it waits while the prompt stands, unless the line is a noisy one. */
  urc(lines: readonly string[]): void {
    if (this.#state.name !== 'body' || this.#options.modem.faults.urcNoise > 0) this.#options.output.lines(lines);
    else if (this.#withheld.length < withheldLimit) this.#withheld.push(lines);
  }

  #byte(byte: number): void {
    const { modem } = this.#options;
    if (modem.faults.echo ?? modem.settings.echo) this.#echo += String.fromCharCode(byte);
    if (this.#state.name === 'body') this.#bodyByte(byte, this.#state.request);
    else if (byte === carriageReturn) this.#execute();
    else if (byte === backspace) this.#typed = this.#typed.slice(0, -1);
    else if (byte !== lineFeed && byte !== escape && byte !== controlZ) this.#keep(byte, lineLimit);
  }

  #bodyByte(byte: number, request: PromptRequest): void {
    if (byte === escape) {
      this.#startOver();
      this.#finish({ kind: 'ok', lines: [] });
    } else if (byte === controlZ) {
      const body = this.#overflown ? '' : this.#typed;
      this.#startOver();
      this.#flushEcho();
      this.#busy();
      this.#options.submitter.submit(request, body, (answer) => this.#finish(answer));
    } else {
      this.#keep(byte, bodyLimit);
    }
  }

  #keep(byte: number, limit: number): void {
    if (this.#typed.length < limit) this.#typed += String.fromCharCode(byte);
    else this.#overflown = true;
  }

  #startOver(): void {
    this.#typed = '';
    this.#overflown = false;
  }

  /** A line is complete. What stands before `AT` is noise; a line without `AT` is none. */
  #execute(): void {
    const line = this.#typed;
    const overflown = this.#overflown;
    this.#startOver();
    this.#flushEcho();
    const at = line.search(/at/i);
    if (at < 0) return;
    this.#busy();
    const parsed = overflown ? null : parseCommands(line.slice(at + 2));
    this.#after(this.#options.modem.faults.latencyMs, () => {
      if (parsed === null) this.#finish(error);
      else this.#run(parsed, 0);
    });
  }

  #run(parsed: readonly AtCommand[], at: number): void {
    const command = parsed[at];
    if (command === undefined) {
      this.#finish({ kind: 'ok', lines: [] });
      return;
    }
    const answer = this.#answerTo(command);
    if (answer.kind === 'prompt') this.#prompt(answer.request);
    else if (answer.kind !== 'ok' || at === parsed.length - 1) this.#finishIn(answer);
    else {
      this.#after(answer.afterMs ?? 0, () => {
        this.#options.output.lines(answer.lines);
        answer.follow?.();
        this.#run(parsed, at + 1);
      });
    }
  }

  #answerTo(command: AtCommand): Answer {
    const spec = Object.hasOwn(commands, command.name) ? commands[command.name] : undefined;
    const handler = spec?.[command.form];
    if (handler === undefined) return spec === undefined || command.name.length < 3 ? error : cme(3);
    return handler(this.#options.modem, command.args);
  }

  #prompt(request: PromptRequest): void {
    const { modem, output } = this.#options;
    this.#after(modem.faults.promptMs, () => {
      if (!modem.faults.noPrompt) output.raw(modem.profile.prompt);
      this.#release({ name: 'body', request });
    });
  }

  #finishIn(answer: Answer): void {
    this.#after(answer.kind === 'ok' ? (answer.afterMs ?? 0) : 0, () => this.#finish(answer));
  }

  /** The end of a command line; null leaves it without any answer. */
  #finish(answer: Answer | null): void {
    const { modem, output } = this.#options;
    this.#flushEcho();
    if (answer !== null && answer.kind === 'ok') {
      output.lines(answer.lines);
      output.final('OK');
    } else if (answer !== null && answer.kind !== 'prompt') {
      output.final(errorLine(answer, modem.settings.errors));
    }
    this.#release({ name: 'line' });
    if (answer !== null && answer.kind === 'ok') answer.follow?.();
  }

  #busy(): void {
    this.#state = { name: 'busy' };
    this.#tellWithheld();
  }

  /** Leaves `busy`: first what was withheld, then what was typed meanwhile. */
  #release(next: State): void {
    this.#state = next;
    if (next.name === 'line') this.#tellWithheld();
    const typed = this.#typeAhead;
    this.#typeAhead = [];
    if (typed.length > 0) this.feed(typed);
  }

  #tellWithheld(): void {
    const lines = this.#withheld;
    this.#withheld = [];
    for (const urc of lines) this.#options.output.lines(urc);
  }

  #flushEcho(): void {
    const echo = this.#echo;
    this.#echo = '';
    if (echo !== '') this.#options.output.raw(echo);
  }

  #after(ms: number, run: () => void): void {
    if (ms > 0) this.#options.modem.power.after(ms, run);
    else run();
  }
}
