/** The modems of the torture: in the process of the witness, so that they and their network outlive every kill. */

import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SimulatedModem } from '../../server/carriers/simulator/simulated-modem.ts';
import type { SubmittedSms } from '../../server/carriers/simulator/network.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { bridge, openPtyPair, type PtyPair } from '../fakes/pty.ts';
import { Seeded } from './seeded.ts';

/** What a dead process wrote last is on its way through the line for this long. */
const lineMs = 25;
const longestWaitMs = 2_000;

/** One modem with a path that stays, whatever pseudo-terminal is behind it. */
interface Place {
  readonly path: string;
  readonly modem: SimulatedModem;
  pair: PtyPair | null;
}

export class ModemBank {
  readonly #places: readonly Place[];

  /** @param submitted told of every part at the moment the network takes it. */
  constructor(options: {
    readonly dir: string;
    readonly count: number;
    readonly seed: number;
    readonly submitted: (sms: SubmittedSms) => void;
  }) {
    const { dir, count, seed, submitted } = options;
    this.#places = Array.from({ length: count }, (_, n) => ({
      path: join(dir, `modem-${n + 1}`),
      modem: new SimulatedModem({
        clock: systemClock,
        random: new Seeded(seed, 0x6d6f64, n),
        profile: {
          imei: `35000000000${String(n).padStart(4, '0')}`,
          partMs: 4,
          reportAfterMs: 15,
          behaviour: () => 'deliver',
          keepReports: true,
        },
        onSubmitted: submitted,
      }),
      pair: null,
    }));
  }

  get paths(): readonly string[] {
    return this.#places.map(({ path }) => path);
  }

  /**
   * Lays fresh lines to the modems; a tty that the dead process had taken for itself would refuse its successor for as
   * long as anybody keeps it open. The modems notice nothing: what was typed stays typed.
   */
  connect(): void {
    for (const place of this.#places) {
      place.pair = openPtyPair();
      bridge(place.modem, place.pair.master);
      symlinkSync(place.pair.slavePath, place.path);
    }
  }

  /** After the box is dead: lets the modems hear what it had still written, then takes the lines away. */
  async disconnect(): Promise<void> {
    await wait(lineMs);
    for (const place of this.#places) {
      place.pair?.close();
      place.pair = null;
      rmSync(place.path, { force: true });
    }
    const until = Date.now() + longestWaitMs;
    while (this.#places.some(({ modem }) => modem.portOpen)) {
      if (Date.now() > until) throw new Error('the line to a modem does not close');
      await wait(1);
    }
  }

  /** Delivery reports that the network could not bring to the modems. */
  get heldReports(): number {
    return this.#places.reduce((sum, { modem }) => sum + modem.heldByNetwork, 0);
  }

  stop(): void {
    for (const place of this.#places) {
      place.pair?.close();
      place.modem.stop();
    }
  }
}
