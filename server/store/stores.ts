import type { Clock } from '../domain/ports.ts';
import type { TxIdCodec } from '../domain/tx-id.ts';
import type { Sealer } from '../platform/crypto.ts';
import { openAddressBook, type AddressBook } from './address-book.ts';
import { KeyStore } from './access-store.ts';
import { AccountStore } from './account-store.ts';
import { AnswerStore } from './answer-store.ts';
import { AuditReader } from './audit-reader.ts';
import { AuditStore, type AuditMark } from './audit-store.ts';
import { BackupCopier } from './backup/backup-copier.ts';
import { BackupStore } from './backup-store.ts';
import { CampaignStore } from './campaign-store.ts';
import { CancelStore } from './cancel-store.ts';
import { CarrierStore } from './carrier-store.ts';
import { CommitQueue, type CommitStats } from './commit-queue.ts';
import { openDatabase } from './database.ts';
import { CreditStore } from './credit-store.ts';
import { DispatchClaim } from './dispatch-claim.ts';
import { DispatchSettle } from './dispatch-settle.ts';
import type { EventWriter } from './event-writer.ts';
import type { HourCounts } from './hour-counts.ts';
import { HistoryIndex } from './history-index.ts';
import { IdempotencyStore } from './idempotency-store.ts';
import { InboundEffects } from './inbound-effects.ts';
import { InboundReader } from './inbound-reader.ts';
import { InboundStore } from './inbound-store.ts';
import { KeywordStore } from './keyword-store.ts';
import { Ledger } from './ledger.ts';
import { LinkStore } from './link-store.ts';
import { MessageHistory } from './message-history.ts';
import { MessageReader } from './message-reader.ts';
import { MessageBooks } from './message-books.ts';
import { MessageWriter } from './message-writer.ts';
import { OtpStore } from './otp-store.ts';
import { OtpTexts } from './otp-texts.ts';
import { NumberSearch } from './number-search.ts';
import { PeopleStore } from './people-store.ts';
import { QueueHours } from './queue-hours.ts';
import { QuotaStore } from './quota-store.ts';
import { RecentTexts } from './recent-texts.ts';
import { ReportAsks } from './report-asks.ts';
import { ReportStore } from './report-store.ts';
import { RestoreStore } from './restore-store.ts';
import { RouteStore } from './route-store.ts';
import { ScheduleStore } from './schedule-store.ts';
import { SecondFactorStore } from './second-factor-store.ts';
import { SessionStore } from './session-store.ts';
import { SettingStore } from './setting-store.ts';
import { SweepStore } from './sweep-store.ts';
import { TrafficStore } from './traffic-store.ts';
import { WebhookStore } from './webhook-store.ts';

/** Everything that reads and writes the box's database, over one connection and one commit queue. */
export interface Stores {
  readonly settings: SettingStore;
  readonly audit: AuditStore;
  readonly audited: AuditReader;
  readonly accounts: AccountStore;
  readonly credits: CreditStore;
  readonly keys: KeyStore;
  readonly addressBook: AddressBook;
  readonly hours: HourCounts;
  readonly queueHours: QueueHours;
  readonly campaigns: CampaignStore;
  readonly schedules: ScheduleStore;
  readonly people: PeopleStore;
  readonly sessions: SessionStore;
  readonly secondFactors: SecondFactorStore;
  readonly carriers: CarrierStore;
  readonly messages: MessageReader;
  readonly writer: MessageWriter;
  readonly claims: DispatchClaim;
  readonly settles: DispatchSettle;
  readonly routes: RouteStore;
  readonly traffic: TrafficStore;
  readonly quotas: QuotaStore;
  readonly reports: ReportStore;
  readonly reportAsks: ReportAsks;
  readonly sweeps: SweepStore;
  readonly cancels: CancelStore;
  readonly history: MessageHistory;
  readonly historyIndex: HistoryIndex;
  readonly inbound: InboundStore;
  readonly inboundEffects: InboundEffects;
  readonly answers: AnswerStore;
  readonly keywords: KeywordStore;
  readonly received: InboundReader;
  readonly idempotency: IdempotencyStore;
  readonly otps: OtpStore;
  readonly links: LinkStore;
  readonly recentTexts: RecentTexts;
  readonly webhooks: WebhookStore;
  readonly backups: BackupStore;
  /** Copies the database while the box goes on. */
  readonly copier: BackupCopier;
  readonly restored: RestoreStore;
  /** Calls `listener` after every commit with the messages it changed. */
  onCommit(listener: (touched: ReadonlySet<number>) => void): void;
  stats(): CommitStats;
  /** Commits what waits and closes the database. Idempotent. */
  close(): void;
}

/**
 * Opens the data folder's database and everything on it.
 * @param parts.txIds asked for only after the folder exists and is locked.
 * @throws AppError `store.*` when it cannot.
 */
export function openStores(
  dataDir: string,
  parts: {
    readonly events: EventWriter;
    readonly txIds: () => TxIdCodec;
    readonly sealer: Sealer & { readonly auditMark: AuditMark };
    readonly clock: Clock;
  },
): Stores {
  const { events, clock } = parts;
  const { db, close } = openDatabase(dataDir);
  try {
    const queue = new CommitQueue(db, () => clock.monotonic());
    const ledger = new Ledger(db, events);
    const books = new MessageBooks(db, {
      queue,
      events,
      txIds: parts.txIds(),
      ledger,
      otpTexts: new OtpTexts(db, parts.sealer),
    });
    const { tallies } = books;
    const reports = new ReportStore(db, books);
    const accounts = new AccountStore(db, queue, ledger);
    const traffic = new TrafficStore(db, queue);
    const quotas = new QuotaStore(db);
    const claims = new DispatchClaim(db, books, accounts.blocked, traffic);
    const recentTexts = new RecentTexts(db, queue);
    const campaigns = new CampaignStore(db, queue, tallies.touched);
    const answers = new AnswerStore(db, queue);
    const effects = new InboundEffects(accounts.blocked, answers);
    const historyIndex = new HistoryIndex(db, queue);
    const numbers = new NumberSearch(db, historyIndex);
    return {
      settings: new SettingStore(db, queue),
      audit: new AuditStore(db, queue, (text) => parts.sealer.auditMark(text)),
      audited: new AuditReader(db),
      accounts,
      credits: new CreditStore(db, queue, ledger, events),
      keys: new KeyStore(db, queue),
      addressBook: openAddressBook(db, queue),
      hours: tallies.hours,
      queueHours: new QueueHours(db, queue),
      campaigns,
      schedules: new ScheduleStore(db, queue, campaigns),
      people: new PeopleStore(db, queue),
      sessions: new SessionStore(db, queue),
      secondFactors: new SecondFactorStore(db, queue),
      carriers: new CarrierStore(db, queue),
      messages: new MessageReader(db),
      writer: new MessageWriter(db, { queue, tallies, events, recentTexts, traffic }),
      claims,
      settles: new DispatchSettle(db, { books, claims, reports, traffic, quotas }),
      routes: new RouteStore(db, queue),
      traffic,
      quotas,
      reports,
      reportAsks: new ReportAsks(db, queue),
      sweeps: new SweepStore(db, books, traffic),
      cancels: new CancelStore(db, books),
      history: new MessageHistory(db, historyIndex, numbers),
      historyIndex,
      inbound: new InboundStore(db, queue, { events, effects, numbers }),
      inboundEffects: effects,
      answers,
      keywords: new KeywordStore(db, queue),
      received: new InboundReader(db),
      idempotency: new IdempotencyStore(db, queue),
      otps: new OtpStore(db, queue, events),
      links: new LinkStore(db, queue),
      recentTexts,
      webhooks: new WebhookStore(db, queue),
      backups: new BackupStore(db, queue),
      copier: new BackupCopier(dataDir, clock),
      restored: new RestoreStore(db, queue, books),
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
