import type { CarrierCommand, CarrierCommandAnswer } from '../../../domain/carrier-command.ts';
import { AppError, errorText } from '../../../domain/errors.ts';
import type { Clock, Logger, Random } from '../../../domain/ports.ts';
import type { InitContext } from '../init/context.ts';
import type { Registration } from '../init/network.ts';
import type { Line } from '../line.ts';
import { checkAtLine } from './at-line.ts';
import { readAmount } from './balance.ts';
import type { BalanceMemory, BalanceSettings, KnownBalance } from './balance.ts';
import { BalanceSchedule } from './balance-schedule.ts';
import { runAtLine } from './console.ts';
import { probeModem } from './probe.ts';
import type { Ussd } from './ussd.ts';

/** What operations need of an opened port. */
export interface OperableSession {
  /** The modem has answered and the port is in use. */
  readonly awake: boolean;
  /** Messages can be sent, so the network can be talked to. */
  readonly ready: boolean;
  readonly context: InitContext;
  readonly registration: Registration;
  readonly ussd: Ussd;
  /** Runs something that may change what the modem is set to, and sets the modem up again after it. */
  disturb<T>(run: () => Promise<T>): Promise<T>;
}

export interface OperationsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly line: Line;
  /** The opened port; null while there is none. */
  readonly session: () => OperableSession | null;
  /** Why there is none, or why it is not ready, in words. */
  readonly reason: () => string;
  /** A fact has changed. */
  readonly changed: () => void;
  readonly balance: BalanceSettings | null;
  readonly balanceMemory: BalanceMemory;
}

/** What a part that is being sent may take of the time of a person who waits. */
const lineMs = 20_000;
const longestAnswer = 182;
/** One or two may be a passing trouble of the network. */
const failuresBeforeWarning = 3;

/** What an administrator may do with a modem while it runs. 3GPP TS 27.007. */
export class Operations {
  readonly #options: OperationsOptions;
  readonly #schedule: BalanceSchedule;
  #checking = false;
  /** Checks in a row that told no amount, and why the last one did not. */
  #failed = { times: 0, why: '' };

  constructor(options: OperationsOptions) {
    this.#options = options;
    const { clock, random, balance, balanceMemory } = options;
    this.#schedule = new BalanceSchedule({
      clock,
      random,
      everyHours: balance?.everyHours ?? null,
      lastAt: balanceMemory.last()?.at ?? null,
    });
  }

  /**
   * Does one command. Throws `carrier.not_ready` with what is in the way, `carrier.config_invalid` when no balance code is
   * set, `validation.failed` for what the box does not pass on.
   */
  async operate(command: CarrierCommand): Promise<CarrierCommandAnswer> {
    switch (command.kind) {
      case 'probe':
        return this.#probe();
      case 'ussd':
        return this.#ussd(command.code);
      case 'balance':
        return this.#balance(this.#balanceSettings());
      case 'at':
        return this.#at(command.line);
      case 'trouble':
        throw new AppError('carrier.command_unsupported', 'Only a simulated modem can be made to suffer.');
    }
  }

  /** Called while the modem is in service: asks for the balance by itself when that is due and nothing is being sent. */
  tick(): void {
    const { balance, line, session, log } = this.#options;
    if (balance === null || this.#checking || !line.free || session()?.ready !== true || !this.#schedule.due) return;
    this.#checking = true;
    this.#balance(balance)
      .then(({ ok }) => log.info('modem.balance_checked', { ok }))
      // The line was busy or the modem has gone; the next check comes by itself.
      .catch((error: unknown) => log.warn('modem.balance_not_checked', { error: errorText(error) }))
      .finally(() => {
        this.#checking = false;
      });
  }

  /** What the SIM in the modem was last known to have; null when that is not known. */
  known(sim: string | null): KnownBalance | null {
    const last = this.#options.balanceMemory.last();
    return last !== null && (sim === null || last.sim === null || last.sim === sim) ? last : null;
  }

  /** Why the credit is not known though it is asked for, in words; null while that is no trouble. */
  get balanceTrouble(): string | null {
    const { times, why } = this.#failed;
    return times < failuresBeforeWarning ? null : `The credit of the SIM could not be asked for ${times} times: ${why}`;
  }

  async #probe(): Promise<CarrierCommandAnswer> {
    const { session, reason, changed } = this.#options;
    const current = session();
    if (current?.awake !== true) return { ok: false, text: reason(), lines: [], more: false };
    const answer = await probeModem(current.context, current.registration);
    changed();
    return answer;
  }

  async #ussd(code: string): Promise<CarrierCommandAnswer> {
    const current = this.#ready();
    checkCode(code, current.ussd.menuOpen);
    return await this.#onLine(() => this.#ready().ussd.dial(code));
  }

  async #balance(settings: BalanceSettings): Promise<CarrierCommandAnswer> {
    this.#schedule.tried();
    const answer = await this.#onLine(() => this.#ready().ussd.dial(settings.code));
    if (!answer.ok) return this.#noAmount(answer, answer.text);
    const amount = readAmount(answer.text, settings.pattern);
    if (amount === null) {
      return this.#noAmount(answer, `The answer has no amount where the balance pattern looks for it: ${answer.text}`);
    }
    this.#failed = { times: 0, why: '' };
    const { clock, balanceMemory, session, changed } = this.#options;
    await balanceMemory.remember({ amount, at: clock.now(), sim: session()?.context.facts.imsi ?? null });
    this.#schedule.succeeded();
    changed();
    return answer;
  }

  #noAmount(answer: CarrierCommandAnswer, text: string): CarrierCommandAnswer {
    this.#failed = { times: this.#failed.times + 1, why: text };
    this.#options.changed();
    return { ...answer, ok: false, text };
  }

  #balanceSettings(): BalanceSettings {
    const { balance } = this.#options;
    if (balance !== null) return balance;
    throw new AppError(
      'carrier.config_invalid',
      'This modem has no USSD code for its balance. Set one, such as *121# for AIS, #123# for TrueMove H or *101# for dtac.',
    );
  }

  async #at(line: string): Promise<CarrierCommandAnswer> {
    const checked = checkAtLine(line);
    const current = this.#options.session();
    if (current?.awake !== true) throw this.#notReady();
    if (!checked.changes) return await runAtLine(current.context.port, checked.text, this.#options.log);
    return await this.#onLine(() =>
      current.disturb(() => runAtLine(current.context.port, checked.text, this.#options.log)),
    );
  }

  /** Runs while nothing is being sent; what is to be sent meanwhile waits. */
  async #onLine<T>(run: () => Promise<T>): Promise<T> {
    const giveBack = await this.#options.line.claim(this.#options.clock, lineMs);
    if (giveBack === null) throw new AppError('carrier.not_ready', 'The modem is busy sending. Try again in a minute.');
    try {
      return await run();
    } finally {
      giveBack();
    }
  }

  #ready(): OperableSession {
    const current = this.#options.session();
    if (current?.ready === true) return current;
    throw this.#notReady();
  }

  #notReady(): AppError {
    const reason = this.#options.reason();
    return new AppError('carrier.not_ready', reason === '' ? 'The modem is not ready. Try again in a minute.' : reason);
  }
}

/** A first code is dialled; an answer to a menu may be any short text. Codes that change a PIN are not dialled. */
function checkCode(code: string, menuOpen: boolean): void {
  let message: string | null = null;
  if (/^\*\*0[45]2?\*/.test(code)) message = 'This code changes the PIN of the SIM; the box does not dial it.';
  else if (menuOpen && !/^[^\p{Cc}"]{1,182}$/u.test(code)) {
    message = `An answer to a menu is one line of at most ${longestAnswer} characters without quotation marks.`;
  } else if (!menuOpen && !/^[*#][*#0-9]{1,59}$/.test(code)) {
    message = 'A USSD code begins with * or # and has digits, such as *121#. No menu is open that could be answered.';
  }
  if (message !== null) throw new AppError('validation.failed', message);
}
