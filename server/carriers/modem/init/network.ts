import { causeOf } from '../../../domain/reason.ts';
import { parseOperator, parseRegistration, parseSignal } from '../at/answers.ts';
import { priorities } from '../at/command-queue.ts';
import type { Blocked, InitContext } from './context.ts';

/** Values of `stat` (3GPP TS 27.007 §7.2) with which short messages go out: home, roaming, SMS only, CSFB not preferred. */
const ready = new Set([1, 5, 6, 7, 9, 10]);

const words: ReadonlyMap<number, string> = new Map([
  [0, 'not registered'],
  [1, 'home network'],
  [2, 'searching'],
  [3, 'denied'],
  [4, 'unknown'],
  [5, 'roaming'],
  [6, 'home network, SMS only'],
  [7, 'roaming, SMS only'],
  [8, 'emergency calls only'],
  [9, 'home network'],
  [10, 'roaming'],
  [11, 'emergency calls only'],
]);

const kinds = ['CREG', 'CEREG', 'CGREG'] as const;
export type RegistrationKind = (typeof kinds)[number];

/** What the three registrations were last heard to be; null where the modem does not know the command. */
export class Registration {
  readonly #stats = new Map<RegistrationKind, number | null>();

  set(kind: RegistrationKind, stat: number | null): void {
    this.#stats.set(kind, stat);
  }

  /** Takes an indication such as `+CEREG: 5`. */
  take(line: string): void {
    const kind = kinds.find((name) => line.startsWith(`+${name}:`));
    const stat = parseRegistration(line);
    if (kind !== undefined && stat !== null) this.#stats.set(kind, stat);
  }

  /** True when any registration is good for messages, or when the modem tells of none at all. */
  get ready(): boolean {
    const known = this.#known();
    return known.length === 0 || known.some((stat) => ready.has(stat));
  }

  get words(): string | null {
    const stat = this.#telling();
    return stat === null ? null : (words.get(stat) ?? `state ${stat}`);
  }

  /** Why nothing can be sent; only meaningful while not ready. */
  blocked(recheckMs: number): Blocked {
    const stat = this.#telling();
    if (stat === 3) {
      return {
        state: 'faulty',
        recheckMs,
        reason: 'The network refuses this SIM. Check that it is active and not barred.',
        cause: causeOf('modem.network_denied'),
      };
    }
    if (stat === 8 || stat === 11) {
      const reason =
        'The network gives this SIM emergency calls only. Check the contract, and that the modem suits the network.';
      return { state: 'waiting', recheckMs, reason, cause: causeOf('modem.emergency_only') };
    }
    if (stat === 0) {
      const reason = 'The modem is not registered and not searching for a network. Check SIM and antenna.';
      return { state: 'waiting', recheckMs, reason, cause: causeOf('modem.not_registered') };
    }
    return {
      state: 'waiting',
      recheckMs,
      reason: 'The modem is searching for a network.',
      cause: causeOf('modem.searching'),
    };
  }

  /** The most telling of the three: a good one, then one with a reason, then searching. */
  #telling(): number | null {
    const known = this.#known();
    return known.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
  }

  #known(): number[] {
    return [...this.#stats.values()].filter((stat) => stat !== null);
  }
}

const reasonsFirst: readonly number[] = [3, 11, 8, 2, 0, 4];

function rank(stat: number): number {
  if (ready.has(stat)) return -1;
  const at = reasonsFirst.indexOf(stat);
  return at === -1 ? reasonsFirst.length : at;
}

/** Asks for news of the registration; the answers are polled all the same. */
export async function watchRegistration({ port }: InitContext): Promise<void> {
  for (const kind of kinds) await port.command(`AT+${kind}=1`);
}

/** Reads all three registrations; one that the modem does not know stays null. */
export async function readRegistration({ port, facts }: InitContext, registration: Registration): Promise<void> {
  for (const kind of kinds) {
    const answer = await port.command(`AT+${kind}?`, { priority: priorities.poll });
    if (answer.kind === 'closed' || answer.kind === 'timeout') return;
    const line = answer.kind === 'ok' ? answer.lines.find((text) => text.startsWith(`+${kind}:`)) : undefined;
    registration.set(kind, line === undefined ? null : parseRegistration(line));
  }
  facts.registration = registration.words;
}

export async function readSignal({ port, facts }: InitContext): Promise<void> {
  const answer = await port.command('AT+CSQ');
  if (answer.kind === 'ok') facts.signalDbm = parseSignal(answer.lines);
}

/** Name of the operator. AT+COPS=? is never used: it blocks the modem for minutes. */
export async function readOperator({ port, facts, timeouts }: InitContext): Promise<void> {
  await port.command('AT+COPS=3,0', { timeoutMs: timeouts.operator });
  const answer = await port.command('AT+COPS?', { timeoutMs: timeouts.operator });
  if (answer.kind === 'ok') facts.operator = parseOperator(answer.lines);
}
