import { errorText } from '../../../domain/errors.ts';
import type { ByteStream, Clock, Logger, Random } from '../../../domain/ports.ts';
import { portsToAsk } from '../usb/devices.ts';
import type { DevicePort, SerialDevice } from '../usb/devices.ts';
import { askPort } from './ask-port.ts';
import { choosePort, isBest } from './choose-port.ts';
import type { AnsweredPort } from './choose-port.ts';
import { airUnknown, staleMs } from './known-modem.ts';
import type { KnownModem } from './known-modem.ts';
import type { ModemMachine } from './machine.ts';
import type { PortHolder, PortLocks } from './port-locks.ts';

export interface DeviceAskerOptions {
  readonly machine: ModemMachine;
  readonly locks: PortLocks;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

const searcher: PortHolder = { carrierId: null, name: 'the search for modems' };
/** Speeds at which modems behind serial adapters are met; a USB modem takes any. */
const adapterSpeeds: readonly (number | undefined)[] = [115_200, 9_600, 460_800];
const anySpeed: readonly (number | undefined)[] = [undefined];
const firstAgainMs = 2_000;
const longestAgainMs = 60_000;

interface Answered extends AnsweredPort {
  readonly baudRate: number | null;
}

/** Opens the ports of a device one after the other and asks who is there, until the best port is known. */
export class DeviceAsker {
  readonly #options: DeviceAskerOptions;
  readonly #asking = new Map<string, Promise<KnownModem | null>>();
  readonly #open = new Set<ByteStream>();
  #stopped = false;

  constructor(options: DeviceAskerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopped = false;
  }

  /** Gives up what is being asked, and closes its ports. Idempotent. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#open].map((stream) => stream.close()));
    await Promise.all(this.#asking.values());
  }

  isAsking(device: SerialDevice): boolean {
    return this.#asking.has(device.key);
  }

  /** What the device says; null when somebody holds it. Callers at the same time share one asking. Never rejects. */
  ask(device: SerialDevice, before: KnownModem | null): Promise<KnownModem | null> {
    const running = this.#asking.get(device.key);
    if (running !== undefined) return running;
    const asking = this.#ask(device, before).finally(() => this.#asking.delete(device.key));
    this.#asking.set(device.key, asking);
    return asking;
  }

  async #ask(device: SerialDevice, before: KnownModem | null): Promise<KnownModem | null> {
    const { locks, log } = this.#options;
    const ports = portsToAsk(device);
    const [first] = ports;
    if (first === undefined) return this.#inVain(device, before, noPortWords(device));
    if (this.#stopped || locks.holderOf(device.key) !== null) return null;
    const lock = locks.take(first.path, device.key, searcher);
    try {
      const { answered, problem } = await this.#askPorts(device, ports);
      const chosen = choosePort(answered);
      log.info('modem.asked', { device: device.name, usb: device.usb, answered: answered.length });
      if (chosen === null) return this.#inVain(device, before, problem ?? silentWords(device));
      return this.#found(device, answered, chosen);
    } finally {
      lock.release();
    }
  }

  async #askPorts(
    device: SerialDevice,
    ports: readonly DevicePort[],
  ): Promise<{ answered: Answered[]; problem: string | null }> {
    const answered: Answered[] = [];
    let problem: string | null = null;
    for (const port of ports) {
      for (const baudRate of device.isAdapter ? adapterSpeeds : anySpeed) {
        const found = await this.#askOne(port, baudRate);
        if (typeof found === 'string') problem = found;
        if (found === null || typeof found === 'string') continue;
        answered.push(found);
        if (isBest(found)) return { answered, problem };
        break;
      }
    }
    return { answered, problem };
  }

  /** The answer, null for silence, or why the port does not open. */
  async #askOne(port: DevicePort, baudRate: number | undefined): Promise<Answered | string | null> {
    const { machine, clock, log } = this.#options;
    if (this.#stopped) return null;
    let stream: ByteStream;
    try {
      stream = await machine.open({ path: port.path, baudRate, knockDtr: false });
    } catch (error) {
      return errorText(error);
    }
    this.#open.add(stream);
    const answer = await askPort(stream, clock, log);
    this.#open.delete(stream);
    return answer === null ? null : { port, answer, baudRate: baudRate ?? null };
  }

  #found(device: SerialDevice, answered: readonly Answered[], chosen: AnsweredPort): KnownModem {
    const { answer, port } = chosen;
    const imei = answer.imei ?? answered.map((each) => each.answer.imei).find((each) => each !== null) ?? null;
    return {
      life: device.life,
      imei,
      manufacturer: answer.manufacturer,
      model: answer.model,
      air: answer.air,
      port: port.path,
      baudRate: answered.find((each) => each.port === port)?.baudRate ?? null,
      problem: null,
      failures: 0,
      askAgainAt: this.#options.clock.monotonic() + staleMs,
    };
  }

  /** What was known of it stays: a modem that hangs is still the same one. */
  #inVain(device: SerialDevice, before: KnownModem | null, problem: string): KnownModem {
    const { clock, random } = this.#options;
    const failures = (before?.failures ?? 0) + 1;
    const pause = Math.min(longestAgainMs, firstAgainMs * 2 ** Math.min(failures - 1, 10));
    return {
      life: device.life,
      imei: before?.imei ?? null,
      manufacturer: before?.manufacturer ?? null,
      model: before?.model ?? null,
      air: airUnknown,
      port: before?.port ?? null,
      baudRate: before?.baudRate ?? null,
      problem,
      failures,
      askAgainAt: clock.monotonic() + pause * (0.8 + 0.2 * random.fraction()),
    };
  }
}

function silentWords(device: SerialDevice): string {
  return device.isModem
    ? 'It does not answer AT commands. Wait half a minute if it was just plugged in; then unplug it and plug it in again.'
    : 'No modem answers at it.';
}

function noPortWords(device: SerialDevice): string {
  const ports = device.ports.map((port) => `${port.path} (${port.role})`).join(', ');
  return `None of its ports is for AT commands: ${ports}. If it was just plugged in, wait a moment.`;
}
