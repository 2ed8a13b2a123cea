/** The modem behind its port: power, start-up, and what its parts share. */

import { AppError } from '../../domain/errors.ts';
import type { ByteStream, Clock, Random } from '../../domain/ports.ts';
import { AtInterpreter } from './at-interpreter.ts';
import { freshSettings, registrationOf, type ModemContext, type Phase, type Settings } from './context.ts';
import { faultPanel, type SimulatorFaults } from './faults.ts';
import { LineOutput } from './line-output.ts';
import { MessageStore } from './message-store.ts';
import { SimulatedNetwork, type SubmittedSms } from './network.ts';
import type { SimulatorProfile } from './profile.ts';
import { Routing } from './routing.ts';
import { SimCard } from './sim-card.ts';
import { SimulatedPort } from './simulated-port.ts';
import { Submitter } from './submitter.ts';
import { Timers } from './timers.ts';

export interface CoreOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly profile: SimulatorProfile;
  readonly submitted: (sms: SubmittedSms) => void;
}

export class ModemCore implements ModemContext {
  readonly profile: SimulatorProfile;
  readonly faults: SimulatorFaults = faultPanel(() => this.#faultsChanged());
  readonly settings: Settings;
  readonly sim: SimCard;
  readonly store: MessageStore;
  readonly power: Timers;
  readonly routing: Routing;
  readonly network: SimulatedNetwork;
  smsc: string;
  readonly #clock: Clock;
  readonly #interpreter: AtInterpreter;
  #phase: Phase = 'up';
  #smsReady = true;
  #port: SimulatedPort | null = null;
  #toldRegistration = 0;
  #toldRemoved = false;

  constructor({ clock, random, profile, submitted }: CoreOptions) {
    this.#clock = clock;
    this.profile = profile;
    this.settings = freshSettings(profile);
    this.sim = new SimCard(this.faults, profile.puk);
    this.store = new MessageStore(profile.slots, profile.firstIndex);
    this.power = new Timers(clock);
    this.routing = new Routing(this);
    this.smsc = profile.smsc;
    const { faults, settings, routing } = this;
    const network = new SimulatedNetwork({ clock, random, profile, faults, deliver: (down) => routing.take(down) });
    this.network = network;
    const emit = (bytes: Uint8Array): void => this.#port?.emit(bytes);
    const firstReference = (profile.firstReference ?? random.bytes(1)[0] ?? 0) & 0xff;
    this.#interpreter = new AtInterpreter({
      modem: this,
      output: new LineOutput({ random, faults, settings, emit }),
      submitter: new Submitter({ clock, modem: this, network, firstReference, submitted }),
    });
    this.#toldRegistration = registrationOf(this);
  }

  get phase(): Phase {
    return this.#phase;
  }

  get smsReady(): boolean {
    return this.#smsReady;
  }

  portOpen(): boolean {
    return this.#port !== null;
  }

  /** Opens the port; throws `port.in_use` while it is open and `carrier.not_found` while the modem is not there. */
  connect(): ByteStream {
    if (this.#phase === 'off' || (this.#phase === 'booting' && this.profile.resetClosesPort)) {
      throw new AppError('carrier.not_found', 'The simulated modem is not plugged in. Plug it in and try again.');
    }
    if (this.#port !== null) {
      throw new AppError('port.in_use', 'The port of the simulated modem is open already. Close it first.');
    }
    const port: SimulatedPort = new SimulatedPort({
      clock: this.#clock,
      received: (bytes) => this.#interpreter.feed(bytes),
      closed: () => {
        this.#port = null;
      },
      splitBytes: () => this.faults.splitBytes,
    });
    this.#port = port;
    this.routing.portOpened();
    return port;
  }

  urc(...lines: readonly string[]): void {
    if (this.#phase === 'up' && this.#port !== null) this.#interpreter.urc(lines);
  }

  roomMade(): void {
    this.#tellRegistration();
    this.network.flush();
  }

  reset(): void {
    this.powerOff(this.profile.resetClosesPort ? 'the modem restarts' : null);
    this.powerOn();
  }

  /** Loses everything volatile; closes the port for the given reason. */
  powerOff(reason: string | null): void {
    this.routing.reset();
    this.power.stopAll();
    this.#interpreter.reset();
    this.#phase = 'off';
    this.#smsReady = false;
    this.#toldRegistration = 0;
    Object.assign(this.settings, freshSettings(this.profile));
    this.sim.reset();
    this.store.reset();
    if (reason !== null) this.#port?.shut(reason);
  }

  powerOn(): void {
    if (this.#phase !== 'off') return;
    this.#phase = 'booting';
    this.power.after(this.profile.bootMs, () => this.#started());
  }

  #started(): void {
    this.#phase = 'up';
    this.urc('RDY');
    const state = this.sim.state();
    if (typeof state === 'string') this.urc(`+CPIN: ${state}`);
    this.power.after(this.profile.bootMs, () => {
      this.#smsReady = true;
      this.urc('SMS Ready');
      this.roomMade();
    });
  }

  #faultsChanged(): void {
    if (this.#toldRemoved !== this.faults.simRemoved) {
      this.#toldRemoved = this.faults.simRemoved;
      if (this.#toldRemoved) this.sim.reset();
      const state = this.sim.state();
      this.urc(`+CPIN: ${typeof state === 'number' ? 'NOT INSERTED' : state}`);
    }
    this.roomMade();
  }

  #tellRegistration(): void {
    const now = registrationOf(this);
    if (now === this.#toldRegistration) return;
    this.#toldRegistration = now;
    const { CREG, CEREG, CGREG } = this.settings.registrationReports;
    for (const [name, reports] of Object.entries({ CREG, CEREG, CGREG })) {
      if (reports > 0) this.urc(`+${name}: ${now}`);
    }
  }
}
