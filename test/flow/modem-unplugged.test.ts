import { describe, expect, onTestFinished, test } from 'vitest';
import { createModemCarrier } from '../../server/carriers/modem/modem-carrier.ts';
import { createSimulatedModem, type SimulatedModem } from '../../server/carriers/simulator/simulated-modem.ts';
import { systemRandom } from '../../server/platform/crypto.ts';
import { CarrierRegistry } from '../../server/services/carrier-registry.ts';
import type { CarrierView } from '../../server/services/carrier-view.ts';
import { Dispatcher } from '../../server/services/dispatcher.ts';
import { InboundDesk } from '../../server/services/inbound-desk.ts';
import { Routing } from '../../server/services/routing/routing.ts';
import { phone, quiet } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { openBox, type StoreBox } from '../fakes/store-box.ts';
import { FastClock } from './fast-clock.ts';

/** The store and the carriers of a box with one modem, whose plug the test holds. */
class ModemBox {
  readonly box: StoreBox;
  readonly modem: SimulatedModem;
  readonly registry: CarrierRegistry;
  readonly routing: Routing;
  readonly dispatcher: Dispatcher;
  view: CarrierView | undefined;
  /** Called for every part at the moment the network takes it. */
  onSubmitted: () => void = () => undefined;
  #watchers: (() => void)[] = [];

  private constructor(box: StoreBox, clock: FastClock) {
    this.box = box;
    this.modem = createSimulatedModem({ clock, random: systemRandom, onSubmitted: () => this.onSubmitted() });
    const common = { clock, random: systemRandom, log: quiet };
    const { stores } = box;
    this.dispatcher = new Dispatcher({ ...common, claims: stores.claims, settles: stores.settles });
    this.registry = new CarrierRegistry({
      ...common,
      store: stores.carriers,
      reports: stores.reports,
      dispatcher: this.dispatcher,
      inbound: new InboundDesk({ store: stores.inbound, clock, newUuid: () => 'u', accountId: () => 1 }),
      factory: {
        create: (record, host) =>
          createModemCarrier({
            ...common,
            kind: 'simulator',
            name: record.name,
            host,
            openStream: async () => this.modem.connect(),
          }),
        terms: () => ({ uncertain: 'hold', refundFailed: true, quota: {} }),
      },
      routing: () => this.routing,
      onChange: (view) => {
        this.view = view;
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

  static async start(): Promise<ModemBox> {
    const clock = new FastClock(40);
    const made = new ModemBox(await openBox({ clock: new ManualClock(clock.now()) }), clock);
    await made.dispatcher.start();
    await made.registry.start();
    await made.registry.add('Office', 'simulator', '{}');
    onTestFinished(async () => {
      await made.registry.stop();
      await made.dispatcher.stop();
      made.modem.stop();
    });
    return made;
  }

  /** Settles once the condition holds; it is looked at after every commit and every change of the carrier. */
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

/** How often the network took a text to each number. */
function takenByNetwork(modem: SimulatedModem): Map<string, number> {
  const groups = [...Map.groupBy(modem.sent, (sms) => sms.destination)];
  return new Map(groups.map(([to, all]) => [to, all.length]));
}

describe('a modem that is pulled out while it sends', () => {
  test('and plugged in again: nothing is lost, nothing goes out twice, and the box says why it waits', async () => {
    const made = await ModemBox.start();
    const { box, modem } = made;
    const numbers = Array.from({ length: 12 }, (_, n) => phone(n));
    const pulled = Promise.withResolvers<void>();
    made.onSubmitted = () => {
      if (modem.sentCount === 5) setImmediate(() => pulled.resolve(modem.unplug()));
    };
    const { id } = await box.accept({ to: numbers });
    await pulled.promise;
    await made.until(() => made.view?.state !== 'ready');
    expect(made.routing.whyWaiting(box.message(id).traffic_id)).toMatch(/^Waiting: Office: .+/u);
    expect(box.message(id).queued_count).toBeGreaterThan(0);
    modem.plug();
    await made.until(() => box.message(id).open_count === 0);

    const taken = takenByNetwork(modem);
    const rows = box.recipients(id);
    expect(rows.map((row) => [row.msisdn, taken.get(row.msisdn)])).toEqual(numbers.map((number) => [number, 1]));
    // The one whose answer was cut off is settled by its report.
    expect(rows.map((row) => row.state)).toEqual(numbers.map(() => 'success'));
    expect(made.routing.whyWaiting(box.message(id).traffic_id)).toBeNull();
    expect(box.message(id)).toMatchObject({ state: 'completed', success_count: 12, unknown_count: 0 });
    expect(box.journal().filter((entry) => entry.state === 'handing')).toEqual([]);
  });

  test('before the network has the part: it is not claimed to be sent', async () => {
    const made = await ModemBox.start();
    const { box, modem } = made;
    await made.until(() => made.view?.state === 'ready');
    modem.faults.promptMs = 60_000;
    const { id } = await box.accept();
    await made.until(() => box.recipient(id).state === 'sending');
    modem.unplug();
    await made.until(() => box.recipient(id).state !== 'sending');
    expect(modem.sentCount).toBe(0);
    expect(box.recipient(id)).toMatchObject({ state: 'queued', tries: 0 });
    modem.faults.promptMs = 0;
    modem.plug();
    await made.until(() => box.message(id).open_count === 0);
    expect(box.recipient(id)).toMatchObject({ state: 'success' });
    expect(modem.sentCount).toBe(1);
  });

  test('that hangs after it took a part leaves it unknown, and it is not sent again by itself', async () => {
    const made = await ModemBox.start();
    const { box, modem } = made;
    await made.until(() => made.view?.state === 'ready');
    modem.faults.noReports = true;
    modem.faults.noAnswerAfterPdu = 'sent';
    const { id } = await box.accept();
    await made.until(() => box.recipient(id).state === 'unknown');
    modem.faults.noAnswerAfterPdu = null;
    modem.faults.noReports = false;
    const { id: next } = await box.accept({ to: [phone(2)] });
    await made.until(() => box.message(next).open_count === 0);
    expect(takenByNetwork(modem)).toEqual(
      new Map([
        [phone(1), 1],
        [phone(2), 1],
      ]),
    );
    expect(box.recipient(id).state).toBe('unknown');
  }, 15_000);
});
