import type { CampaignView } from '../services/campaigns/campaign-desk.ts';
import { missingOf, type ScheduleView } from '../services/campaigns/schedule-desk.ts';
import { iso } from '../services/message-desk.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { personOf } from './person-gate.ts';

/** Campaigns. */
export function campaignHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'campaigns'
  | 'campaignPreview'
  | 'campaignCreate'
  | 'campaign'
  | 'campaignAudience'
  | 'campaignMessages'
  | 'campaignPause'
  | 'campaignResume'
  | 'campaignCancel'
> {
  const { messages } = services;
  const { campaigns, previewer } = services.campaigns;
  return {
    campaigns: ({ query }) => {
      const { items, next } = campaigns.list({ ...query, before: query.cursor });
      return { items: items.map(campaignItem), nextCursor: next === null ? null : String(next) };
    },
    campaignPreview: ({ body }) => previewer.look(body),
    campaignCreate: async ({ who, body }) => campaignItem(await campaigns.create(body, personOf(who).name)),
    campaign: ({ params }) => campaignItem(campaigns.get(params.id)),
    campaignAudience: ({ params }) => {
      const { groups, numbers, importId } = campaigns.audience(params.id);
      return { groups: [...groups], numbers: [...numbers], importId };
    },
    campaignMessages: ({ params, query }) => {
      const { ids, next } = campaigns.messages(params.id, { after: query.cursor ?? 0, limit: query.limit });
      return { items: ids.flatMap((id) => messages.row(id) ?? []), nextCursor: next === null ? null : String(next) };
    },
    campaignPause: async ({ params }) => campaignItem(await campaigns.pause(params.id)),
    campaignResume: async ({ params }) => campaignItem(await campaigns.resume(params.id)),
    campaignCancel: async ({ params }) => campaignItem(await campaigns.cancel(params.id)),
  };
}

/** Recurring schedules. */
export function scheduleHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'schedules'
  | 'schedulePreview'
  | 'scheduleCalendar'
  | 'scheduleCreate'
  | 'schedule'
  | 'scheduleSet'
  | 'scheduleRuns'
  | 'schedulePause'
  | 'scheduleResume'
  | 'scheduleCancel'
  | 'scheduleRunNow'
> {
  const { schedules, calendar } = services.campaigns;
  return {
    schedules: ({ query }) => ({ items: schedules.list(query.account).map(scheduleItem) }),
    schedulePreview: ({ body }) => {
      const { timeZone, nextRuns } = schedules.nextTimes(body.cron, body.timeZone);
      return { timeZone, nextRuns: nextRuns.map((at) => new Date(at).toISOString()) };
    },
    scheduleCalendar: async ({ query }) => {
      const { account, from, to } = query;
      const { items, more } = await calendar.entries({ account, from: Date.parse(from), to: Date.parse(to) });
      const shown = items.map(({ at, last, ...rest }) => ({
        ...rest,
        at: new Date(at).toISOString(),
        last: new Date(last).toISOString(),
      }));
      return { items: shown, more };
    },
    scheduleCreate: async ({ who, body }) => scheduleItem(await schedules.create(body, personOf(who).name)),
    schedule: ({ params }) => scheduleItem(schedules.get(params.id)),
    scheduleSet: async ({ params, body }) => scheduleItem(await schedules.change(params.id, body)),
    scheduleRuns: ({ params, query }) => {
      const { items, next } = schedules.runs(params.id, { before: query.cursor, limit: query.limit });
      return { items: items.map(runItem), nextCursor: next === null ? null : String(next) };
    },
    schedulePause: async ({ params }) => scheduleItem(await schedules.pause(params.id)),
    scheduleResume: async ({ params }) => scheduleItem(await schedules.resume(params.id)),
    scheduleCancel: async ({ params }) => scheduleItem(await schedules.cancel(params.id)),
    scheduleRunNow: async ({ who, params }) => runItem(await schedules.runNow(params.id, personOf(who).name)),
  };
}

function priorityOf(text: string): 'normal' | 'high' {
  return text === 'high' ? 'high' : 'normal';
}

function campaignItem(view: CampaignView) {
  const { audience, counts } = view;
  const statuses = ['pending', 'sent', 'success', 'failed', 'expired', 'blocked', 'cancelled', 'unknown'] as const;
  return {
    id: view.id,
    account: view.account,
    name: view.name,
    state: view.state,
    origin: view.origin,
    text: view.text,
    priority: priorityOf(view.priority),
    missing: missingOf(view.missing),
    groups: [...audience.groups],
    numbers: audience.numbers.length,
    importId: audience.importId,
    scheduledTime: iso(view.scheduled_at),
    size: view.size,
    prepared: view.prepared,
    recipients: view.recipient_count,
    skipped: view.skipped_count,
    messages: counts.messages,
    drSummary: statuses.map((drStatus) => ({ drStatus, count: counts[drStatus] })).filter(({ count }) => count > 0),
    credits: counts.credits,
    refundedCount: counts.refunded,
    problem: view.problem_code === null ? null : { code: view.problem_code, message: view.problem ?? '' },
    scheduleId: view.schedule_id,
    slot: iso(view.slot),
    createdBy: view.created_by,
    createdAt: new Date(view.created_at).toISOString(),
    finishedAt: iso(view.finished_at),
  };
}

function runItem(run: NonNullable<ScheduleView['lastRun']>) {
  return {
    slot: new Date(run.slot).toISOString(),
    outcome: run.outcome,
    note: run.note,
    campaignId: run.campaign_id,
    at: new Date(run.at).toISOString(),
  };
}

function scheduleItem(view: ScheduleView) {
  return {
    id: view.id,
    account: view.account,
    name: view.name,
    state: view.state,
    cron: view.cron,
    timeZone: view.time_zone,
    origin: view.origin,
    text: view.text,
    templateId: view.template_id,
    priority: priorityOf(view.priority),
    missing: missingOf(view.missing),
    groups: [...view.audience.groups],
    numbers: [...view.audience.numbers],
    nextRuns: view.nextRuns.map((at) => new Date(at).toISOString()),
    lastRun: view.lastRun === null ? null : runItem(view.lastRun),
    createdBy: view.created_by,
    createdAt: new Date(view.created_at).toISOString(),
  };
}
