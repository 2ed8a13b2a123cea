import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ModemMachine, PortOpening } from '../../server/carriers/modem/discovery/machine.ts';
import { openSerialStream } from '../../server/carriers/modem/serial/serial-stream.ts';
import type { MachineSurvey } from '../../server/carriers/modem/usb/port-info.ts';
import { SimulatedModem } from '../../server/carriers/simulator/simulated-modem.ts';
import { systemRandom } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';
import { fastClock } from '../fakes/fast-clock.ts';
import { bridge, openPtyPair, whyNoPty } from '../fakes/pty.ts';
import type { PtyPair } from '../fakes/pty.ts';

const patienceMs = 15_000;
const noPty = whyNoPty();
if (noPty !== null) console.info(`skipped: modems that change their ports: ${noPty}`);

/** A stick with a diagnostic port and one for commands, each a real terminal. */
class PtyStick {
  readonly modem: SimulatedModem;
  /** Bytes that came to the diagnostic port; there must never be any. */
  touched = 0;
  #pairs: readonly PtyPair[] = [];
  life = 0;

  constructor(imei: string) {
    this.modem = new SimulatedModem({
      clock: systemClock,
      random: systemRandom,
      profile: { imei, partMs: 4, reportAfterMs: 15, bootMs: 20, behaviour: () => 'deliver' },
    });
  }

  get ports(): readonly string[] {
    return this.#pairs.map((pair) => pair.slavePath);
  }

  plug(): void {
    const [diagnostic, commands] = [openPtyPair(), openPtyPair()];
    diagnostic.master.onData((bytes) => {
      this.touched += bytes.length;
    });
    this.#pairs = [diagnostic, commands];
    this.life += 1;
    this.modem.plug();
    bridge(this.modem, commands.master);
  }

  unplug(): void {
    this.modem.unplug();
    for (const pair of this.#pairs) pair.close();
    this.#pairs = [];
  }
}

/** Sockets with sticks in them; their ports are opened by the real driver. */
class PtyMachine implements ModemMachine {
  readonly sockets = new Map<string, PtyStick>();

  survey(): Promise<MachineSurvey> {
    const ports = [...this.sockets].flatMap(([location, stick]) =>
      stick.ports.map((path, index) => ({
        path,
        location,
        life: String(stick.life),
        vendorId: '2c7c',
        productId: '0125',
        // Diagnostic at 0, commands at 2, as the table of this model says.
        interfaceNumber: index * 2,
      })),
    );
    return Promise.resolve({ ports, portless: [] });
  }

  open({ path, knockDtr }: PortOpening) {
    return openSerialStream({ path, knockDtr, clock: systemClock });
  }

  realPath(path: string): Promise<string> {
    return Promise.resolve(path);
  }

  powerAble(): Promise<boolean> {
    return Promise.resolve(false);
  }

  powerCycle(): Promise<void> {
    return Promise.reject(new Error('there is no switch'));
  }
}

const carrierShape = z.object({
  name: z.string(),
  state: z.string(),
  reason: z.string(),
  facts: z.looseObject({ imei: z.string().nullish(), port: z.string().nullish() }),
});

/** Names of ports that are tried. */
const mostHeld = 16;

describe.skipIf(noPty !== null)('modems that change their ports', { timeout: 4 * patienceMs }, () => {
  const [first, second] = ['867000000000001', '867000000000102'];
  let machine: PtyMachine;
  let box: HttpBox;
  let one: PtyStick;
  let two: PtyStick;

  beforeEach(async () => {
    machine = new PtyMachine();
    [one, two] = [new PtyStick(first), new PtyStick(second)];
    box = await runBox({ machine, clock: fastClock(10) });
  });

  afterEach(async () => {
    expect([one.touched, two.touched]).toEqual([0, 0]);
    await box.close();
    for (const stick of [one, two]) {
      stick.unplug();
      stick.modem.stop();
    }
  });

  const carriers = async () => z.array(carrierShape).parse((await box.admin('GET', '/carriers')).body['items']);

  /** The carrier's facts once it is in the state, at a port of the stick where one is named. */
  async function becomes(name: string, state: string, stick?: PtyStick): Promise<z.infer<typeof carrierShape>> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const found = (await carriers()).find((each) => each.name === name);
      const there = stick === undefined || stick.ports.includes(found?.facts.port ?? '');
      if (found?.state === state && there) return found;
      if (performance.now() > until) throw new Error(`${name} is ${found?.state}: ${found?.reason}`);
      await pause(15);
    }
  }

  async function delivered(stick: PtyStick, text: string): Promise<void> {
    const before = stick.modem.sentCount;
    expect((await box.send({ message: text, recipients: [phone(before)] })).status).toBe(200);
    const until = performance.now() + patienceMs;
    while (stick.modem.sentCount === before) {
      if (performance.now() > until) throw new Error('nothing was sent');
      await pause(15);
    }
    expect(stick.modem.sent.at(-1)).toMatchObject({ text });
  }

  it('one that was added without a name is found again at another port, and goes on sending', async () => {
    machine.sockets.set('1-2', one);
    one.plug();
    expect((await box.admin('POST', '/carriers', { kind: 'modem', name: 'Till' })).status).toBe(200);
    const before = await becomes('Till', 'ready', one);
    expect(before.facts.imei).toBe(first);
    await delivered(one, 'before');
    one.unplug();
    machine.sockets.clear();
    const gone = await becomes('Till', 'faulty');
    expect(gone.reason).not.toBe('');
    // Whoever has the old name keeps it, so that the system gives the stick another one. Names are given from the lowest
    // up, and tests beside this one take some of them.
    const held = [openPtyPair()];
    while (held.at(-1)?.slavePath !== before.facts.port && held.length < mostHeld) held.push(openPtyPair());
    machine.sockets.set('2-1', one);
    one.plug();
    const after = await becomes('Till', 'ready', one);
    expect(after.facts.port).not.toBe(before.facts.port);
    await delivered(one, 'after');
    for (const pair of held) pair.close();
  });

  it('two that swap their sockets keep their carriers, though both were added by path', async () => {
    for (const [socket, stick] of [
      ['1-2', one],
      ['1-3', two],
    ] as const) {
      stick.plug();
      machine.sockets.set(socket, stick);
      const name = `At ${socket}`;
      const added = await box.admin('POST', '/carriers', { kind: 'modem', name, path: stick.ports[1] });
      expect(added.status).toBe(200);
      await becomes(name, 'ready', stick);
    }
    one.unplug();
    two.unplug();
    machine.sockets.clear();
    await Promise.all([becomes('At 1-2', 'faulty'), becomes('At 1-3', 'faulty')]);
    two.plug();
    one.plug();
    machine.sockets.set('1-2', two).set('1-3', one);
    const [a, b] = await Promise.all([becomes('At 1-2', 'ready', one), becomes('At 1-3', 'ready', two)]);
    expect([a.facts.imei, b.facts.imei]).toEqual([first, second]);
  });
});
