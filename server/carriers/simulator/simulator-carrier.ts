import type { CarrierCommand, CarrierCommandAnswer, SimulatorTrouble } from '../../domain/carrier-command.ts';
import type { Carrier, CarrierStatus, Submission, SubmitOutcome } from '../../domain/carrier.ts';
import { makeSuffer } from './troubles.ts';
import type { SimulatedModem } from './simulated-modem.ts';

export interface SimulatorCarrierOptions {
  /** The driver, at the wire of the modem. */
  readonly driver: Carrier;
  readonly modem: SimulatedModem;
  /** The facts have changed. */
  readonly changed: () => void;
}

/** The driver of a simulated modem, with one command more: what the modem is to suffer from, until the box restarts. */
export class SimulatorCarrier implements Carrier {
  readonly kind = 'simulator';
  readonly splitting: Carrier['splitting'];
  readonly reports: boolean;
  readonly #options: SimulatorCarrierOptions;
  #troubles: ReadonlySet<SimulatorTrouble> = new Set();

  constructor(options: SimulatorCarrierOptions) {
    this.#options = options;
    this.splitting = options.driver.splitting;
    this.reports = options.driver.reports;
  }

  start(): Promise<void> {
    return this.#options.driver.start();
  }

  stop(): Promise<void> {
    return this.#options.driver.stop();
  }

  status(): CarrierStatus {
    const status = this.#options.driver.status();
    const troubles = [...this.#troubles].join(' ');
    return { ...status, facts: { ...status.facts, troubles: troubles === '' ? null : troubles } };
  }

  room(): number {
    return this.#options.driver.room();
  }

  submit(submission: Submission): Promise<SubmitOutcome> {
    return this.#options.driver.submit(submission);
  }

  async operate(command: CarrierCommand): Promise<CarrierCommandAnswer> {
    const { driver, modem, changed } = this.#options;
    if (command.kind !== 'trouble') {
      const none = { ok: false, text: 'The driver takes no commands.', lines: [], more: false };
      return (await driver.operate?.(command)) ?? none;
    }
    this.#troubles = new Set(command.troubles);
    makeSuffer(modem, this.#troubles);
    changed();
    const text =
      this.#troubles.size === 0 ? 'Nothing is wrong with it.' : `It suffers: ${[...this.#troubles].join(', ')}.`;
    return { ok: true, text, lines: [], more: false };
  }
}
