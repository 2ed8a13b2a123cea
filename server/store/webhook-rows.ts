import type { EventName } from '../domain/events.ts';
import type { Millis } from '../domain/ports.ts';

/** Rows and records of the webhook tables. */

export type EndpointState = 'active' | 'paused' | 'disabled';
export type DeliveryState = 'pending' | 'delivered' | 'failed';

export interface EndpointRow {
  readonly id: number;
  readonly account_id: number;
  readonly url: string;
  /** JSON array of event names. */
  readonly events: string;
  /** Sealed. */
  readonly secret: string;
  readonly old_secret: string | null;
  readonly old_secret_until: Millis | null;
  readonly state: EndpointState;
  readonly reason: string | null;
  readonly failing_since: Millis | null;
  readonly created_at: Millis;
}

/** A delivery as the dispatcher needs it. */
export interface DueDelivery {
  readonly id: number;
  readonly endpointId: number;
  readonly tries: number;
  readonly name: EventName;
  readonly body: string;
}

export interface DueWindow {
  readonly due: readonly DueDelivery[];
  /** When the next delivery that is not due yet falls due; null when none was seen. */
  readonly nextAt: Millis | null;
  /** Whether more may be due than the window holds. */
  readonly more: boolean;
}

export interface AttemptRow {
  readonly delivery_id: number;
  readonly at: Millis;
  readonly status: number | null;
  readonly error: string | null;
  readonly duration_ms: number;
  readonly answer: string | null;
}

export interface DeliveryRow {
  readonly id: number;
  readonly endpoint_id: number;
  readonly name: EventName;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly next_at: Millis;
  readonly created_at: Millis;
  readonly finished_at: Millis | null;
}

/** What one attempt leads to. `retryAt` is set for `pending` alone. */
export interface AttemptOutcome {
  readonly deliveryId: number;
  readonly endpointId: number;
  readonly at: Millis;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  readonly answer: string | null;
  readonly state: DeliveryState;
  readonly retryAt: Millis;
}

/** What became of an endpoint by a batch of outcomes. */
export interface EndpointChange {
  readonly endpointId: number;
  readonly failingSince: Millis | null;
  /** The reason to disable it, in words; null leaves its state alone. */
  readonly disable: string | null;
}

export interface NewEvent {
  readonly accountId: number;
  readonly name: EventName;
  /** The exact JSON text that is signed and posted. */
  readonly body: string;
  readonly recipientId: number | null;
  readonly messageId: number | null;
  readonly at: Millis;
  /** Who is told; with nobody nothing is written. */
  readonly endpointIds: readonly number[];
}
