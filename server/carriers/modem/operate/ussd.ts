import type { Clock, Logger, Timer } from '../../../domain/ports.ts';
import { plainValue } from '../at/answers.ts';
import { classifyError } from '../at/error-class.ts';
import type { AtError } from '../at/final-result.ts';
import { priorities } from '../at/command-queue.ts';
import type { AtResult } from '../at/command.ts';
import type { ModemPort } from '../modem-port.ts';
import type { ModemNature } from '../quirks/modem-quirks.ts';
import { delay, within } from '../../../platform/pause.ts';
import { dressCode, parseUssd } from './ussd-codec.ts';
import type { UssdDress, UssdMode } from './ussd-codec.ts';

export interface UssdOptions {
  readonly port: ModemPort;
  readonly clock: Clock;
  readonly log: Logger;
  readonly nature: ModemNature;
}

/** How a dialogue with the network went on. */
export interface UssdAnswer {
  readonly ok: boolean;
  /** What the network said, or why it said nothing, for a person. */
  readonly text: string;
  /** The modem's own lines. */
  readonly lines: readonly string[];
  /** A menu is open. */
  readonly more: boolean;
}

/** From the command to the network's answer. */
const answerMs = 30_000;
/** Some modems give their OK only with the answer of the network. */
const commandMs = 30_000;
/** Others forget the OK behind the answer. */
const graceMs = 2_000;
/** A menu that nobody answers is closed, before the network does it with an error. */
const menuMs = 120_000;
/** After a dialogue was broken off, its late end must not be taken for the answer to the next one. */
const settleMs = 2_000;

/**
 * Dialogues with the network by USSD, one at a time (3GPP TS 27.007 §7.15). The caller sees to it that no part is being
 * sent meanwhile. A menu stays open between two calls for a while; then it is closed.
 */
export class Ussd {
  readonly #options: UssdOptions;
  /** How this modem wants codes; null until it has told. */
  #dress: UssdDress | null = null;
  #waiting: ((line: string | null) => void) | null = null;
  #menu: Timer | null = null;
  #quietUntil = 0;

  constructor(options: UssdOptions) {
    this.#options = options;
  }

  /** The network waits for an answer to a menu. */
  get menuOpen(): boolean {
    return this.#menu !== null;
  }

  /** Dials a code, or answers the menu that is open. Settles within about a minute and a half; never rejects. */
  async dial(code: string): Promise<UssdAnswer> {
    const { clock } = this.#options;
    const rest = this.#quietUntil - clock.monotonic();
    if (rest > 0) await delay(clock, rest);
    this.#closeMenu();
    const dress = this.#dress ?? (await this.#findDress());
    const answer = await this.#dialIn(dress, code);
    if (answer !== 'refused') return answer;
    const other = await this.#dialIn(dress === 'packed' ? 'plain' : 'packed', code);
    if (other !== 'refused') return other;
    return failure('The modem refuses USSD codes. Modems without voice service, and some on LTE alone, know none.');
  }

  /** Takes `+CUSD`, asked for or not. */
  take(line: string): void {
    const waiting = this.#waiting;
    if (waiting !== null) {
      waiting(line);
      return;
    }
    const reply = parseUssd(line, this.#dress ?? 'plain');
    this.#options.log.debug('modem.ussd_unasked', { mode: reply?.mode ?? 'unreadable' });
    if (reply?.mode === 'more') void this.#cancel();
    else this.#closeMenu();
  }

  /** The port is gone or the modem begins anew: whoever waits is told, and no menu is open any more. */
  end(): void {
    this.#closeMenu();
    this.#waiting?.(null);
  }

  /** Codes go as this family of modems wants them, or as AT+CSCS says; asked once. */
  async #findDress(): Promise<UssdDress> {
    const { ussd } = this.#options.nature.quirks;
    if (ussd !== 'plain') return ussd;
    const answer = await this.#options.port.command('AT+CSCS?', { priority: priorities.send });
    const dress = answer.kind === 'ok' && plainValue(answer.lines) === 'UCS2' ? 'ucs2' : 'plain';
    if (answer.kind === 'ok') this.#dress = dress;
    return dress;
  }

  async #dialIn(dress: UssdDress, code: string): Promise<UssdAnswer | 'refused'> {
    const { port, clock } = this.#options;
    const dressed = dressCode(code, dress);
    if (dressed === null) return failure('This modem cannot send these characters by USSD.');
    const deadline = clock.monotonic() + answerMs;
    const { promise: heard, resolve } = Promise.withResolvers<string | null>();
    this.#waiting = resolve;
    try {
      const command = `AT+CUSD=1,"${dressed.text}",${dressed.dcs}`;
      const result = await port.command(command, { priority: priorities.send, timeoutMs: commandMs, graceMs });
      const own = result.kind === 'ok' ? result.lines.find((line) => line.startsWith('+CUSD:')) : undefined;
      if (own !== undefined) resolve(own);
      if (result.kind === 'ok') {
        this.#dress = dress;
        const line = await within(clock, Math.max(0, deadline - clock.monotonic()), heard, undefined);
        if (line === undefined) return await this.#unanswered();
        return line === null ? gone : this.#read(line, dress);
      }
      // The answer may have come though the command has failed, as its OK was lost.
      const line = await within(clock, 0, heard, null);
      if (line !== null) return this.#read(line, dress);
      return this.#failed(result);
    } finally {
      this.#waiting = null;
    }
  }

  #read(line: string, dress: UssdDress): UssdAnswer {
    const reply = parseUssd(line, dress);
    const lines = line.split('\n');
    if (reply === null) return { ...failure('The modem gave an answer that cannot be read.'), lines };
    const said = reply.mode === 'done' || reply.mode === 'more' || (reply.mode === 'ended' && reply.text !== '');
    if (!said) return { ...failure(endings[reply.mode]), lines };
    if (reply.mode === 'more') this.#openMenu();
    const text = reply.text === '' ? 'The network has taken it without a word.' : reply.text;
    return { ok: true, text, lines, more: reply.mode === 'more' };
  }

  #failed(result: Exclude<AtResult, { kind: 'ok' }>): UssdAnswer | 'refused' {
    if (result.kind === 'closed') return gone;
    if (result.kind === 'timeout') {
      this.#quietUntil = this.#options.clock.monotonic() + settleMs;
      return failure('The modem did not answer. Try again in a minute.');
    }
    if (isUnknown(result.error)) return 'refused';
    return { ...failure(classifyError(result.error).message), lines: [result.error.text] };
  }

  async #unanswered(): Promise<UssdAnswer> {
    await this.#cancel();
    return failure(
      'The network did not answer the code within 30 seconds. Check the code; on LTE alone some operators answer none.',
    );
  }

  #openMenu(): void {
    this.#menu = this.#options.clock.after(menuMs, () => void this.#cancel());
  }

  #closeMenu(): void {
    this.#menu?.cancel();
    this.#menu = null;
  }

  async #cancel(): Promise<void> {
    this.#closeMenu();
    await this.#options.port.command('AT+CUSD=2', { priority: priorities.send });
    this.#quietUntil = this.#options.clock.monotonic() + settleMs;
  }
}

const gone = failure('The modem went away or restarted before the network answered.');

const endings: Readonly<Record<Exclude<UssdMode, 'done' | 'more'>, string>> = {
  ended: 'The network ended the dialogue without an answer. Check the code.',
  elsewhere: 'The network answered something else than this code. Try again.',
  unsupported: 'The network does not know this code.',
  timeout: 'The network took too long. Try again.',
};

/** Errors that speak of the form of the command, not of the network. */
function isUnknown(error: AtError): boolean {
  return error.family === 'plain' || (error.family === 'cme' && [3, 4, 50, 100].includes(error.code ?? 100));
}

function failure(text: string): UssdAnswer {
  return { ok: false, text, lines: [], more: false };
}
