import type { CarrierStatus } from '../../domain/carrier.ts';
import { causeOf } from '../../domain/reason.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Link } from './link/link.ts';
import type { MessageIds } from './receive/message-ids.ts';
import type { Receiver } from './receive/receiver.ts';
import type { SmppSettings } from './settings.ts';
import type { Submitter } from './submit/submitter.ts';

export interface StatusBoardOptions {
  readonly settings: SmppSettings;
  readonly sender: Link;
  /** Null where one session does both. */
  readonly listener: Link | null;
  readonly submitter: Submitter;
  readonly receiver: Receiver;
  readonly ids: MessageIds;
  readonly clock: Clock;
}

/** Counters change with every message; they are looked at anew so often. */
const refreshMs = 1_000;
/** A shorter pause is over before anybody could read of it. */
const worthTellingMs = 5_000;

/** State, reason and facts of the carrier, for the operator. Cheap to ask for. */
export class StatusBoard {
  readonly #options: StatusBoardOptions;
  #status: CarrierStatus = { state: 'stopped', reason: '', facts: {} };
  #madeAt = Number.NEGATIVE_INFINITY;

  constructor(options: StatusBoardOptions) {
    this.#options = options;
  }

  status(): CarrierStatus {
    const now = this.#options.clock.monotonic();
    if (now - this.#madeAt < refreshMs) return this.#status;
    this.#madeAt = now;
    this.#status = { ...this.#state(), facts: this.#facts() };
    return this.#status;
  }

  /** Something changed that must show at once. */
  refresh(): void {
    this.#madeAt = Number.NEGATIVE_INFINITY;
  }

  #state(): Pick<CarrierStatus, 'state' | 'reason' | 'cause'> {
    const { sender, submitter } = this.#options;
    const { ms, reason } = submitter.paused;
    if (sender.state === 'ready' && ms >= worthTellingMs) {
      const cause = causeOf('smpp.throttled', { detail: reason });
      return { state: 'waiting', reason: `${reason} Sending goes on by itself within a minute.`, cause };
    }
    return { state: sender.state, reason: sender.reason, cause: sender.cause };
  }

  #facts(): CarrierStatus['facts'] {
    const { settings, sender, listener, submitter, receiver, ids } = this.#options;
    const { boundSince, smsc, tlsVersion, nextTry } = sender.facts;
    const { window, inUse, throttled, lastRefusal } = submitter.facts;
    return {
      smsc: smsc === '' ? null : smsc,
      address: `${settings.host}:${settings.port}`,
      tls: settings.tls ? (tlsVersion ?? 'on') : 'off',
      systemId: settings.systemId,
      bind: settings.bind,
      boundSince: timeText(boundSince),
      nextTry: timeText(nextTry),
      receiver: listener === null ? null : listener.state === 'ready' ? 'bound' : listener.reason,
      window,
      windowInUse: inUse,
      partsPerSecond: settings.partsPerSecond,
      throttled,
      lastRefusal:
        lastRefusal === null ? null : `${timeText(lastRefusal.at)} ${lastRefusal.code}: ${lastRefusal.message}`,
      receiptIds: ids.form,
      unreadableReceipts: receiver.unreadable,
    };
  }
}

function timeText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
