import type { Clock } from '../domain/ports.ts';
import type { TxIdCodec } from '../domain/tx-id.ts';
import { KeyStore } from './access-store.ts';
import { AccountStore } from './account-store.ts';
import { CancelStore } from './cancel-store.ts';
import { CarrierStore } from './carrier-store.ts';
import { CommitQueue, type CommitStats } from './commit-queue.ts';
import { openDatabase } from './database.ts';
import { DispatchClaim } from './dispatch-claim.ts';
import { DispatchSettle } from './dispatch-settle.ts';
import { HistoryIndex } from './history-index.ts';
import { IdempotencyStore } from './idempotency-store.ts';
import { InboundReader } from './inbound-reader.ts';
import { InboundStore } from './inbound-store.ts';
import { MessageHistory } from './message-history.ts';
import { MessageReader } from './message-reader.ts';
import { MessageBooks } from './message-books.ts';
import type { EventWriter } from './message-tally.ts';
import { MessageWriter } from './message-writer.ts';
import { NumberSearch } from './number-search.ts';
import { PeopleStore } from './people-store.ts';
import { ReportStore } from './report-store.ts';
import { SettingStore } from './setting-store.ts';
import { SweepStore } from './sweep-store.ts';
import { WebhookStore } from './webhook-store.ts';

/** Everything that reads and writes the box's database, over one connection and one commit queue. */
export interface Stores {
  readonly settings: SettingStore;
  readonly accounts: AccountStore;
  readonly keys: KeyStore;
  readonly people: PeopleStore;
  readonly carriers: CarrierStore;
  readonly messages: MessageReader;
  readonly writer: MessageWriter;
  readonly claims: DispatchClaim;
  readonly settles: DispatchSettle;
  readonly reports: ReportStore;
  readonly sweeps: SweepStore;
  readonly cancels: CancelStore;
  readonly history: MessageHistory;
  readonly historyIndex: HistoryIndex;
  readonly inbound: InboundStore;
  readonly received: InboundReader;
  readonly idempotency: IdempotencyStore;
  readonly webhooks: WebhookStore;
  /** Calls `listener` after every commit with the messages it changed. */
  onCommit(listener: (touched: ReadonlySet<number>) => void): void;
  stats(): CommitStats;
  /** Commits what waits and closes the database. Idempotent. */
  close(): void;
}

/**
 * Opens the data folder's database and everything on it.
 * @param txIds asked for only after the folder exists and is locked.
 * @throws AppError `store.*` when it cannot.
 */
export function openStores(dataDir: string, events: EventWriter, txIds: () => TxIdCodec, clock: Clock): Stores {
  const { db, close } = openDatabase(dataDir);
  try {
    const queue = new CommitQueue(db, () => clock.monotonic());
    const books = new MessageBooks(db, queue, events, txIds());
    const { tallies } = books;
    const reports = new ReportStore(db, books);
    const claims = new DispatchClaim(db, books);
    const historyIndex = new HistoryIndex(db, queue);
    const numbers = new NumberSearch(db, historyIndex);
    return {
      settings: new SettingStore(db, queue),
      accounts: new AccountStore(db, queue),
      keys: new KeyStore(db, queue),
      people: new PeopleStore(db, queue),
      carriers: new CarrierStore(db, queue),
      messages: new MessageReader(db),
      writer: new MessageWriter(db, queue, tallies, events),
      claims,
      settles: new DispatchSettle(db, books, claims, reports),
      reports,
      sweeps: new SweepStore(db, books),
      cancels: new CancelStore(db, books),
      history: new MessageHistory(db, historyIndex, numbers),
      historyIndex,
      inbound: new InboundStore(db, queue, events, numbers),
      received: new InboundReader(db),
      idempotency: new IdempotencyStore(db, queue),
      webhooks: new WebhookStore(db, queue),
      onCommit: (listener) =>
        queue.onCommit(() => {
          listener(tallies.touched);
          tallies.touched.clear();
        }),
      stats: () => queue.stats,
      close: () => {
        queue.close();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
