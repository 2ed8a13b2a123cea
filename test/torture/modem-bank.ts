/** The modems of the torture: in the process of the witness, so that they and their network outlive every kill. */

import { join } from 'node:path';
import { SimulatedModem } from '../../server/carriers/simulator/simulated-modem.ts';
import type { SubmittedSms } from '../../server/carriers/simulator/network.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { ModemLine } from './modem-line.ts';
import { Seeded } from './seeded.ts';

export interface ModemBankOptions {
  /** Where the paths of the modems lie. */
  readonly dir: string;
  readonly count: number;
  readonly seed: number;
  /** Told of every part at the moment the network takes it. */
  readonly submitted: (sms: SubmittedSms) => void;
}

export class ModemBank {
  readonly #modems: readonly SimulatedModem[];
  readonly #lines: readonly ModemLine[];

  constructor(options: ModemBankOptions) {
    const places = Array.from({ length: options.count }, (_, n) => n);
    this.#modems = places.map((n) => makeModem(options, n));
    this.#lines = this.#modems.map(
      (modem, n) => new ModemLine(join(options.dir, `modem-${n + 1}`), () => modem.connect()),
    );
  }

  get paths(): readonly string[] {
    return this.#lines.map(({ path }) => path);
  }

  connect(): void {
    for (const line of this.#lines) line.connect();
  }

  async disconnect(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.disconnect()));
  }

  stop(): void {
    for (const line of this.#lines) line.hangUp();
    for (const modem of this.#modems) modem.stop();
  }
}

function makeModem({ seed, submitted }: ModemBankOptions, n: number): SimulatedModem {
  return new SimulatedModem({
    clock: systemClock,
    random: new Seeded(seed, 0x6d6f64, n),
    profile: {
      imei: `35000000000${String(n).padStart(4, '0')}`,
      partMs: 4,
      reportAfterMs: 15,
      behaviour: () => 'deliver',
      keepReports: true,
      // The first wants every report acknowledged, as newer modems do; the others pass them on and forget them.
      csms: n === 0 ? 1 : 0,
    },
    onSubmitted: submitted,
  });
}
