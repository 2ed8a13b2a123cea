import { onTestFinished } from 'vitest';
import { createModemCarrier } from '../../server/carriers/modem/modem-carrier.ts';
import { createSimulatedModem, type SimulatedModem } from '../../server/carriers/simulator/simulated-modem.ts';
import type { SimulatorProfile } from '../../server/carriers/simulator/profile.ts';
import type { Quota } from '../../server/domain/quota.ts';
import { systemRandom } from '../../server/platform/crypto.ts';
import { CarrierRegistry } from '../../server/services/carrier-registry.ts';
import type { CarrierView } from '../../server/services/carrier-view.ts';
import { Dispatcher } from '../../server/services/dispatcher.ts';
import { InboundDesk } from '../../server/services/inbound-desk.ts';
import { Routing } from '../../server/services/routing/routing.ts';
import { quiet } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { openBox, type StoreBox } from '../fakes/store-box.ts';
import { FastClock } from './fast-clock.ts';

export interface ParkedModem {
  readonly name: string;
  readonly quota?: Quota;
  readonly profile?: Partial<SimulatorProfile>;
}

/** The store and the carriers of a box with modems whose plugs the test holds; time runs fast. */
export class ModemPark {
  readonly box: StoreBox;
  readonly modems: readonly SimulatedModem[];
  readonly routing: Routing;
  readonly registry: CarrierRegistry;
  readonly dispatcher: Dispatcher;
  /** The last that was told of each carrier, by its name. */
  readonly views = new Map<string, CarrierView>();
  /** Called for every part at the moment a network takes it. */
  onSubmitted: () => void = () => undefined;
  #watchers: (() => void)[] = [];

  private constructor(box: StoreBox, clock: FastClock, parked: readonly ParkedModem[]) {
    this.box = box;
    this.modems = parked.map(({ profile = {} }) =>
      createSimulatedModem({ clock, random: systemRandom, profile, onSubmitted: () => this.onSubmitted() }),
    );
    const common = { clock, random: systemRandom, log: quiet };
    const { stores } = box;
    this.dispatcher = new Dispatcher({ ...common, claims: stores.claims, settles: stores.settles });
    const at = (name: string) => parked.findIndex((one) => one.name === name);
    this.registry = new CarrierRegistry({
      ...common,
      store: stores.carriers,
      reports: stores.reports,
      dispatcher: this.dispatcher,
      inbound: new InboundDesk({ store: stores.inbound, clock, newUuid: () => 'u', accountId: () => 1 }),
      factory: {
        create: ({ name }, host) =>
          createModemCarrier({
            ...common,
            kind: 'simulator',
            name,
            host,
            openStream: async () => this.modem(at(name)).connect(),
          }),
        terms: ({ name }) => ({ uncertain: 'hold', refundFailed: true, quota: parked[at(name)]?.quota ?? {} }),
      },
      routing: () => this.routing,
      onChange: (view) => {
        this.views.set(view.name, view);
        this.#look();
      },
    });
    this.routing = new Routing({
      carriers: this.registry,
      routes: stores.routes,
      quotas: stores.quotas,
      traffic: stores.traffic,
      clock,
      rules: () => ({ timeZone: 'Asia/Bangkok', failoverMs: 15_000 }),
    });
    stores.onCommit((touched) => {
      if (touched.size > 0) this.dispatcher.wake();
      this.#look();
    });
  }

  static async start(parked: readonly ParkedModem[], speed = 40): Promise<ModemPark> {
    const clock = new FastClock(speed);
    const park = new ModemPark(await openBox({ clock: new ManualClock(clock.now()) }), clock, parked);
    await park.dispatcher.start();
    await park.registry.start();
    for (const { name } of parked) await park.registry.add(name, 'simulator', '{}');
    onTestFinished(async () => {
      await park.registry.stop();
      await park.dispatcher.stop();
      for (const modem of park.modems) modem.stop();
    });
    return park;
  }

  modem(index: number): SimulatedModem {
    const modem = this.modems[index];
    if (modem === undefined) throw new RangeError(`there is no modem ${index}`);
    return modem;
  }

  /** Why the recipients of a message wait. */
  why(messageId: number): string | null {
    return this.routing.whyWaiting(this.box.message(messageId).traffic_id)?.text ?? null;
  }

  /** How often the networks took a text to each number. */
  taken(): Map<string, number> {
    const all = this.modems.flatMap((modem) => [...modem.sent]);
    const groups = [...Map.groupBy(all, (sms) => sms.destination)];
    return new Map(groups.map(([to, parts]) => [to, parts.length]));
  }

  /** Settles once the condition holds; it is looked at after every commit and every change of a carrier. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#watchers.push(resolve);
      });
    }
  }

  #look(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}
