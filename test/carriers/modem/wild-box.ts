import { createModemCarrier } from '../../../server/carriers/modem/modem-carrier.ts';
import type { CarrierCommand } from '../../../server/domain/carrier-command.ts';
import type { Carrier, SubmitOutcome } from '../../../server/domain/carrier.ts';
import { isAppError } from '../../../server/domain/errors.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { WildModem } from '../../fakes/wild-modem.ts';
import type { WildScript } from '../../fakes/wild-script.ts';
import { RecordingHost, silentLog, steadyRandom, submission } from './rig.ts';
import { received, reported } from './wild-plans.ts';
import type { Happening } from './wild-plans.ts';

/** A part that was handed over, and how that ended. */
export interface HandedPart {
  readonly text: string;
  readonly begun: number;
  ended: number | null;
  outcome: SubmitOutcome | null;
}

/** The driver on a wild modem, with a dispatcher that hands parts over, and a memory of everything. */
export class WildBox {
  readonly clock = new ManualClock();
  readonly host = new RecordingHost();
  readonly modem: WildModem;
  readonly carrier: Carrier;
  readonly parts: HandedPart[] = [];
  /** References of reports that came to the driver whole. */
  readonly shown: string[] = [];
  /** PDUs that the driver deleted before the box had them. */
  readonly lost: string[] = [];
  /** Commands of an administrator that are still open, and what they threw that is no AppError. */
  operating = 0;
  readonly faults: unknown[] = [];
  #numbers = 0;

  constructor(script: WildScript) {
    this.modem = new WildModem(this.clock, script);
    this.modem.memory.onDelete = (pdu) => {
      if (!this.host.inbounds.some((part) => part.raw === pdu)) this.lost.push(pdu);
    };
    this.carrier = createModemCarrier({
      kind: 'modem',
      name: 'wild',
      openStream: () => Promise.resolve().then(() => this.modem.open()),
      host: this.host,
      clock: this.clock,
      random: steadyRandom,
      log: silentLog,
      balance: { code: '*121#', pattern: null, everyHours: 1, low: null },
    });
  }

  /** Hands the next part over when the carrier has room, as the dispatcher does; at the most `most` altogether. */
  feed(most: number): void {
    const busy = this.parts.some((part) => part.ended === null);
    if (busy || this.parts.length >= most || this.carrier.room() === 0) return;
    const number = this.parts.length;
    const part: HandedPart = { text: `part ${number}`, begun: this.clock.monotonic(), ended: null, outcome: null };
    this.parts.push(part);
    // Every other text is one part of two.
    const pieces = number % 2 === 0 ? {} : { part: 1 + ((number >> 1) % 2), partCount: 2 };
    void this.carrier
      .submit(submission({ text: part.text, msisdn: `6681234567${number}`, ...pieces }))
      .then((outcome) => {
        part.outcome = outcome;
        part.ended = this.clock.monotonic();
      })
      .catch((error: unknown) => this.faults.push(error));
  }

  happen(what: Happening): void {
    const { modem } = this;
    switch (what.type) {
      case 'pass':
        return;
      case 'unplug':
        modem.unplug();
        return;
      case 'restart':
        modem.restart();
        return;
      case 'operate':
        this.#operate(what.command);
        return;
      case 'message': {
        const index = modem.memory.store(what.memory, received((this.#numbers += 1)));
        if (what.announced) modem.aside(`+CMTI: "${what.memory}",${index}`, what.fault);
        return;
      }
      case 'report': {
        const number = (this.#numbers += 1);
        modem.aside(`+CDS: 25\r\n${reported(number)}`, what.fault, () => this.shown.push(String(number)));
      }
    }
  }

  #operate(command: CarrierCommand): void {
    this.operating += 1;
    void this.carrier
      .operate?.(command)
      .catch((error: unknown) => {
        if (!isAppError(error)) this.faults.push(error);
      })
      .finally(() => {
        this.operating -= 1;
      });
  }
}
