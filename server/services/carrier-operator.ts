import type { CarrierCommand, CarrierCommandAnswer } from '../domain/carrier-command.ts';
import type { Carrier } from '../domain/carrier.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock, Millis } from '../domain/ports.ts';
import { localParts } from '../domain/schedule.ts';
import type { Accepted, Intake } from './intake.ts';

export interface CarrierOperatorOptions {
  /** A carrier by its number, and what runs of it. @throws AppError `carrier.not_found`. */
  readonly find: (carrierId: number) => { readonly name: string; readonly carrier: Carrier | undefined };
  readonly intake: Pick<Intake, 'accept'>;
  readonly clock: Clock;
  readonly timeZone: () => string;
}

/** A person waits no longer than this for an answer. */
const longestMs = 60_000;
const mostLines = 200;
const longestLine = 1_000;
const longestText = 4_000;
/** What is not sent by then would only puzzle who tries the carrier. */
const testValidityMinutes = 15;

/** What people do with a carrier while it works: commands, one at a time, and a message sent by it to see whether it arrives. */
export class CarrierOperator {
  readonly #options: CarrierOperatorOptions;
  readonly #busy = new Set<number>();

  constructor(options: CarrierOperatorOptions) {
    this.#options = options;
  }

  /**
   * Does one command; settles within a minute, with `ok: false` when no answer came by then.
   * @throws AppError `carrier.not_found`; `carrier.not_ready` when the carrier is switched off or does another command;
   * `carrier.command_unsupported`; what the carrier refuses.
   */
  async operate(carrierId: number, command: CarrierCommand): Promise<CarrierCommandAnswer> {
    const { name, carrier } = this.#atWork(carrierId);
    if (carrier.operate === undefined)
      throw new AppError('carrier.command_unsupported', `${name} is of a kind that takes no commands.`);
    if (this.#busy.has(carrierId))
      throw new AppError('carrier.not_ready', `${name} still does another command. Wait for its answer.`);
    this.#busy.add(carrierId);
    // Also when nobody waits for it any more, the next command waits for its end.
    const answer = carrier.operate(command).finally(() => this.#busy.delete(carrierId));
    return bounded(await this.#withinTime(answer));
  }

  /**
   * Sends a text of the box by one carrier and no other, ahead of what is not urgent; charged like any message.
   * @throws AppError as sending does; `carrier.not_found`, `carrier.not_ready` when the carrier is switched off.
   */
  async sendTest(
    carrierId: number,
    from: { readonly accountId: number; readonly origin: string },
    to: string,
  ): Promise<Accepted> {
    this.#atWork(carrierId);
    const { hour, minute, second } = localParts(this.#options.clock.now(), this.#options.timeZone());
    const time = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
    return await this.#options.intake.accept(
      { accountId: from.accountId, keyId: null, carrierId },
      {
        origin: from.origin,
        message: `SEPSMS Box: a test of this carrier at ${time}. No answer is needed.`,
        recipients: [to],
        priority: 'high',
        validityMinutes: testValidityMinutes,
      },
    );
  }

  #atWork(carrierId: number): { readonly name: string; readonly carrier: Carrier } {
    const { name, carrier } = this.#options.find(carrierId);
    if (carrier === undefined) throw new AppError('carrier.not_ready', `${name} is switched off. Enable it first.`);
    return { name, carrier };
  }

  async #withinTime(answer: Promise<CarrierCommandAnswer>): Promise<CarrierCommandAnswer> {
    const late = Promise.withResolvers<CarrierCommandAnswer>();
    const timer = this.#options.clock.after(longestMs, () => late.resolve(noAnswer(longestMs)));
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      timer.cancel();
    }
  }
}

function noAnswer(ms: Millis): CarrierCommandAnswer {
  const text = `No answer came within ${ms / 1000} seconds. Whether the command was done is not known.`;
  return { ok: false, text, lines: [], more: false };
}

function bounded({ ok, text, lines, more }: CarrierCommandAnswer): CarrierCommandAnswer {
  const some = lines.slice(0, mostLines).map((line) => line.slice(0, longestLine));
  return { ok, text: text.slice(0, longestText), lines: some, more };
}
