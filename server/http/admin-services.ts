import type { adminRoutes } from '../contract/admin.ts';
import type { CarrierKind } from '../domain/carrier.ts';
import type { ContactDesk } from '../services/address-book/contact-desk.ts';
import type { ImportDesk } from '../services/address-book/import-desk.ts';
import type { TemplateDesk } from '../services/address-book/template-desk.ts';
import type { AccountDesk } from '../services/account-desk.ts';
import type { AuditTrail } from '../services/audit-trail.ts';
import type { BackupDesk } from '../services/backups/backup-desk.ts';
import type { CampaignPreviewer } from '../services/campaigns/campaign-preview.ts';
import type { CampaignDesk } from '../services/campaigns/campaign-desk.ts';
import type { ScheduleCalendar } from '../services/campaigns/schedule-calendar.ts';
import type { ScheduleDesk } from '../services/campaigns/schedule-desk.ts';
import type { CarrierOperator } from '../services/carrier-operator.ts';
import type { CarrierRegistry } from '../services/carrier-registry.ts';
import type { InboxDesk } from '../services/two-way/inbox-desk.ts';
import type { KeywordDesk } from '../services/two-way/keyword-desk.ts';
import type { KeywordTrial } from '../services/two-way/keyword-trial.ts';
import type { CarrierView } from '../services/carrier-view.ts';
import type { CarrierCallbacks } from '../services/carrier-callbacks.ts';
import type { CreditDesk } from '../services/credit-desk.ts';
import type { Cancellation } from '../services/cancellation.ts';
import type { BlocklistDesk } from '../services/guards/blocklist-desk.ts';
import type { LinkDesk } from '../services/guards/link-desk.ts';
import type { Idempotency } from '../services/idempotency.ts';
import type { InboundList } from '../services/inbound-list.ts';
import type { Intake } from '../services/intake.ts';
import type { KeyGate } from '../services/key-gate.ts';
import type { LiveFeed } from '../services/live-feed.ts';
import type { LogDesk } from '../services/log-desk.ts';
import type { ModemDesk } from '../services/modem-desk.ts';
import type { MessageExport } from '../services/export/message-export.ts';
import type { MessageDesk } from '../services/message-desk.ts';
import type { OneTimeCodes } from '../services/one-time-codes.ts';
import type { Overview } from '../services/overview.ts';
import type { Preview } from '../services/preview.ts';
import type { RateLimits } from '../services/rate-limits.ts';
import type { RouteDesk } from '../services/routing/route-desk.ts';
import type { PeopleDesk } from '../services/people/people-desk.ts';
import type { ProfileDesk } from '../services/people/profile-desk.ts';
import type { Sessions } from '../services/people/sessions.ts';
import type { WebhookLog } from '../services/webhooks/webhook-log.ts';
import type { WebhookRegistry } from '../services/webhooks/webhook-registry.ts';
import type { Handlers } from './api.ts';
import type { AdminCallers } from './person-gate.ts';

export type MessageRowView = NonNullable<ReturnType<MessageDesk['row']>>;
export type BoxFeed = LiveFeed<MessageRowView, CarrierView>;

/** What a new carrier is made of: the configuration as it rests, secrets sealed. */
export interface CarrierDrafts {
  draft(
    wanted: Readonly<Record<string, unknown>> & { readonly kind: CarrierKind; readonly name?: string | undefined },
  ): {
    readonly name: string;
    readonly config: string;
  };
  /**
   * The configuration as it rests, without its secrets, and the names of those that it has.
   * @throws AppError `carrier.not_found`, `carrier.config_invalid`.
   */
  configuration(id: number): {
    readonly kind: CarrierKind;
    readonly config: Readonly<Record<string, unknown>>;
    readonly secrets: readonly string[];
  };
  /**
   * What a change of a configuration does to the one that rests, secrets sealed; null takes a field away.
   * @throws AppError `carrier.not_found`, or `carrier.config_invalid` when the carrier is of another kind.
   */
  change(
    id: number,
    wanted: Readonly<Record<string, unknown>> & { readonly kind: CarrierKind },
  ): Readonly<Record<string, unknown>>;
}

export interface SettingDesk {
  list(): {
    name: string;
    value: unknown;
    usual: unknown;
    description: string;
    restart: boolean;
    form: Record<string, unknown>;
  }[];
  set(name: string, value: unknown): Promise<unknown>;
}

/** The use cases behind the admin API. */
export interface AdminServices {
  readonly version: string;
  readonly startedAt: number;
  readonly audit: AuditTrail;
  readonly backups: BackupDesk;
  readonly logs: LogDesk;
  /** Where the box keeps its things, for people who look after it. */
  readonly places: { readonly dataDir: string; readonly keyFile: string | null };
  readonly sessions: Sessions;
  readonly people: PeopleDesk;
  readonly profiles: ProfileDesk;
  readonly messages: MessageDesk;
  readonly messageExport: MessageExport;
  readonly inboundList: InboundList;
  readonly inbox: InboxDesk;
  readonly keywords: KeywordDesk;
  readonly keywordTrial: KeywordTrial;
  readonly intake: Intake;
  readonly idempotency: Idempotency;
  readonly preview: Preview;
  readonly codes: OneTimeCodes;
  readonly cancellation: Cancellation;
  readonly addressBook: {
    readonly contacts: ContactDesk;
    readonly imports: ImportDesk;
    readonly templates: TemplateDesk;
  };
  /** The largest file that may be uploaded, in bytes. */
  readonly maxUploadBytes: () => number;
  readonly overview: Overview;
  readonly campaigns: {
    readonly campaigns: CampaignDesk;
    readonly previewer: CampaignPreviewer;
    readonly schedules: ScheduleDesk;
    readonly calendar: ScheduleCalendar;
  };
  readonly accounts: AccountDesk;
  readonly credits: CreditDesk;
  readonly blocklist: BlocklistDesk;
  readonly links: LinkDesk;
  readonly keys: KeyGate;
  readonly rateLimits: RateLimits;
  readonly carriers: CarrierRegistry;
  readonly carrierOperator: CarrierOperator;
  readonly modems: ModemDesk;
  readonly carrierDrafts: CarrierDrafts;
  readonly routes: RouteDesk;
  readonly callbacks: CarrierCallbacks;
  /** Puts a host on the list of those on the LAN that the box may call. */
  readonly allowHost: (host: string) => Promise<void>;
  readonly webhooks: WebhookRegistry;
  readonly webhookLog: WebhookLog;
  readonly settings: SettingDesk;
  readonly secureCookies: boolean;
  /** Whether the legacy API is served. */
  readonly legacyEnabled: () => boolean;
}

/** Handlers of some operations of the admin API. */
export type AdminHandlers<K extends keyof typeof adminRoutes> = Pick<Handlers<typeof adminRoutes, AdminCallers>, K>;
