import type Database from 'better-sqlite3';
import type { EventName } from '../domain/events.ts';
import type { Millis } from '../domain/ports.ts';

/** Writes an event for those who listen, in the transaction of its fact. */
export interface EventWriter {
  /** Whether anybody listens, or one of `also` is there to be told; asked before a body is made. */
  wanted(accountId: number, name: EventName, also?: readonly number[]): boolean;
  write(
    db: Database.Database,
    event: {
      readonly accountId: number;
      readonly name: EventName;
      readonly body: string;
      readonly recipientId: number | null;
      readonly messageId: number | null;
      readonly at: Millis;
      /** Endpoints that are told besides those that listen. */
      readonly also?: readonly number[];
    },
  ): void;
}
