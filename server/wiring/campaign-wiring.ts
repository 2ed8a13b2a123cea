import type { Clock, Logger, Millis } from '../domain/ports.ts';
import { AudienceReader } from '../services/campaigns/audience.ts';
import { CampaignDesk } from '../services/campaigns/campaign-desk.ts';
import { CampaignPreviewer } from '../services/campaigns/campaign-preview.ts';
import { CampaignRunner } from '../services/campaigns/campaign-runner.ts';
import { ScheduleCalendar } from '../services/campaigns/schedule-calendar.ts';
import { ScheduleDesk } from '../services/campaigns/schedule-desk.ts';
import { ScheduleRunner } from '../services/campaigns/schedule-runner.ts';
import type { Intake } from '../services/intake.ts';
import type { Preview } from '../services/preview.ts';
import type { Stores } from '../store/stores.ts';

/** Campaigns and schedules, put together. */
export function buildCampaigns(parts: {
  readonly stores: Pick<Stores, 'accounts' | 'addressBook' | 'campaigns' | 'schedules' | 'cancels'>;
  readonly intake: Intake;
  readonly preview: Preview;
  readonly clock: Clock;
  readonly log: Logger;
  readonly rules: () => {
    readonly maxSegments: number;
    readonly maxRecipients: number;
    readonly international: boolean;
    readonly timeZone: string;
  };
  readonly latenessMs: () => Millis;
}) {
  const { stores, intake, clock, log, rules } = parts;
  const { accounts, addressBook: book, campaigns: store } = stores;
  const audiences = new AudienceReader({ book, international: () => rules().international });
  const runner = new CampaignRunner({ store, audiences, intake, cancels: stores.cancels, clock, log, rules });
  const wake = () => runner.wake();
  const maxSegments = () => rules().maxSegments;
  const campaigns = new CampaignDesk({ store, book, accounts, audiences, intake, clock, maxSegments, wake });
  const timeZone = () => rules().timeZone;
  const schedules = new ScheduleDesk({ store: stores.schedules, campaigns, book, accounts, clock, timeZone, wake });
  const times = { store: stores.schedules, desk: schedules, clock, log, latenessMs: parts.latenessMs, wake };
  const previewer = new CampaignPreviewer({
    desk: campaigns,
    audiences,
    imports: book.imports,
    preview: parts.preview,
    rules,
  });
  const calendar = new ScheduleCalendar({ store: stores.schedules, accounts, clock });
  return { runners: [runner, new ScheduleRunner(times)], desks: { campaigns, schedules, previewer, calendar } };
}
