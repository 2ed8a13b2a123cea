/**
 * A GSM modem with its SIM and its network, inside the process. It speaks AT in bytes, so the real modem driver drives
 * it; it remembers what the network got, so a test can compare that with what the driver believes.
 */

import type { ByteStream, Clock, Random } from '../../domain/ports.ts';
import { segmentText } from '../../domain/segments.ts';
import { encodeDeliver } from '../tpdu/network-side.ts';
import type { SimulatorFaults } from './faults.ts';
import type { MemoryName } from './message-store.ts';
import { ModemCore } from './modem-core.ts';
import type { SubmittedSms } from './network.ts';
import { defaultProfile, type SimulatorProfile } from './profile.ts';

/** How many submissions `sent` remembers. */
const sentLimit = 10_000;

export interface SimulatedModemOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly profile?: Partial<SimulatorProfile>;
  /** Called for every part at the moment the network takes it, before the modem answers. */
  readonly onSubmitted?: (sms: SubmittedSms) => void;
}

export interface IncomingText {
  /** A number without `+`, or a name of up to 11 characters. */
  readonly from: string;
  readonly text: string;
}

export class SimulatedModem {
  readonly profile: SimulatorProfile;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #core: ModemCore;
  readonly #sent: SubmittedSms[] = [];
  #sentCount = 0;

  constructor({ clock, random, profile, onSubmitted }: SimulatedModemOptions) {
    this.#clock = clock;
    this.#random = random;
    this.profile = { ...defaultProfile, ...profile };
    this.#core = new ModemCore({
      clock,
      random,
      profile: this.profile,
      submitted: (sms) => {
        this.#remember(sms);
        onSubmitted?.(sms);
      },
    });
  }

  /** What is wrong with it; set members at any moment. */
  get faults(): SimulatorFaults {
    return this.#core.faults;
  }

  /** The last 10,000 parts the network took, oldest first. */
  get sent(): readonly SubmittedSms[] {
    return this.#sent;
  }

  /** How many parts the network took since the modem was made. */
  get sentCount(): number {
    return this.#sentCount;
  }

  /** How many messages and reports the network holds because the modem cannot take them. */
  get heldByNetwork(): number {
    return this.#core.network.held;
  }

  get pluggedIn(): boolean {
    return this.#core.phase !== 'off';
  }

  get portOpen(): boolean {
    return this.#core.portOpen();
  }

  /** What lies in a memory, as PDUs in hex with service-centre octets, by index. */
  stored(memory: MemoryName = 'SM'): readonly { readonly index: number; readonly pdu: string }[] {
    return this.#core.store
      .memory(memory)
      .list()
      .map(([index, { pdu }]) => ({ index, pdu }));
  }

  /**
   * Opens the port. Throws `port.in_use` while it is open (a tty would say EBUSY) and `carrier.not_found` while the
   * modem is unplugged.
   */
  connect(): ByteStream {
    return this.#core.connect();
  }

  /** Pulls the plug: power is lost, an open port closes. What a submission had not reached by then is not sent. */
  unplug(): void {
    this.#core.powerOff('the modem was unplugged');
  }

  /** Plugs it in; it takes commands after `bootMs`, short messages after twice that. */
  plug(): void {
    this.#core.powerOn();
  }

  /** The network delivers a text, in as many parts as it needs; returns how many. */
  receive({ from, text }: IncomingText): number {
    const { encoding, parts } = segmentText(text);
    const reference = this.#random.bytes(1)[0] ?? 0;
    const pdus = (parts.length === 0 ? [''] : parts).map((part, at, all) =>
      encodeDeliver({
        from,
        text: part,
        encoding,
        sentAt: this.#clock.now(),
        ...(all.length > 1 ? { concat: { reference, part: at + 1, partCount: all.length } } : {}),
        ...(this.profile.smsc === '' ? {} : { smsc: this.profile.smsc }),
      }),
    );
    for (const pdu of pdus) this.receivePdu(pdu);
    return pdus.length;
  }

  /** The network delivers a message as it is, in hex with service-centre octets, however odd its octets are. */
  receivePdu(pdu: string): void {
    this.#core.network.push({ kind: 'message', pdu });
  }

  /** The modem says something unasked for, one line or several that belong together. */
  say(...lines: readonly string[]): void {
    this.#core.urc(...lines);
  }

  /** Unplugs it and ends every timer; reports still to come are lost. */
  stop(): void {
    this.unplug();
    this.#core.network.stop();
  }

  #remember(sms: SubmittedSms): void {
    this.#sentCount += 1;
    this.#sent.push(sms);
    if (this.#sent.length > sentLimit) this.#sent.shift();
  }
}

/** The modem behind the product's `simulator` carrier: as the class makes it, but reports wait for a box that restarts. */
export function createSimulatedModem(options: SimulatedModemOptions): SimulatedModem {
  return new SimulatedModem({ ...options, profile: { keepReports: true, ...options.profile } });
}
