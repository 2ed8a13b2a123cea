import { z } from 'zod';
import { items, operator, viewer } from './admin-route.ts';
import { accountName, messageRow } from './admin-shapes.ts';
import {
  calendarEntry,
  campaignAudience,
  campaignBody,
  campaignCreate,
  campaignItem,
  campaignPreview,
  campaignStates,
  repeated,
  scheduleChange,
  scheduleCreate,
  scheduleItem,
  scheduleRun,
} from './campaign-shapes.ts';
import { idParam, isoTime } from './common.ts';
import { routeTable } from './route.ts';

const page = (most: number, usual: number) =>
  z.object({
    limit: z.coerce.number().int().min(1).max(most).default(usual),
    cursor: z.coerce.number().int().positive().optional(),
  });
const cursor = { nextCursor: z.string().nullable() };

const onCampaign = (action: string, summary: string) =>
  ({
    method: 'POST',
    path: `/campaigns/{id}/${action}`,
    access: operator,
    summary,
    params: idParam,
    answer: campaignItem,
  }) as const;
const onSchedule = (action: string, summary: string) =>
  ({
    method: 'POST',
    path: `/schedules/{id}/${action}`,
    access: operator,
    summary,
    params: idParam,
    answer: scheduleItem,
  }) as const;

/** One text to many, once or again and again. */
export const adminCampaignsRoutes = routeTable({
  campaigns: {
    method: 'GET',
    path: '/campaigns',
    access: viewer,
    summary: 'Campaigns of an account or of the whole box, newest first',
    query: page(100, 20).extend({ account: accountName, state: z.enum(campaignStates).optional() }),
    answer: items(campaignItem).extend(cursor),
  },
  campaignPreview: {
    method: 'POST',
    path: '/campaigns/preview',
    access: operator,
    summary: 'How many a campaign would reach, what it would cost, and the first texts; begins nothing',
    body: campaignBody,
    answer: campaignPreview,
    audit: false,
  },
  campaignCreate: {
    method: 'POST',
    path: '/campaigns',
    access: operator,
    summary: 'Begin a campaign',
    body: campaignCreate,
    answer: campaignItem,
  },
  campaign: {
    method: 'GET',
    path: '/campaigns/{id}',
    access: viewer,
    summary: 'One campaign, with its progress',
    params: idParam,
    answer: campaignItem,
  },
  campaignAudience: {
    method: 'GET',
    path: '/campaigns/{id}/audience',
    access: operator,
    summary: 'Whom a campaign was for, to begin another like it',
    params: idParam,
    answer: campaignAudience,
  },
  campaignMessages: {
    method: 'GET',
    path: '/campaigns/{id}/messages',
    access: viewer,
    summary: 'The messages that a campaign was made into',
    params: idParam,
    query: page(200, 50),
    answer: items(messageRow).extend(cursor),
  },
  campaignPause: onCampaign('pause', 'Hold a campaign: nothing more is handed over'),
  campaignResume: onCampaign('resume', 'Go on with a campaign that is paused'),
  campaignCancel: onCampaign('cancel', 'Take back and refund what no carrier has'),
  schedules: {
    method: 'GET',
    path: '/schedules',
    access: viewer,
    summary: 'Schedules of an account or of the whole box, newest first',
    query: z.object({ account: accountName }),
    answer: items(scheduleItem),
  },
  schedulePreview: {
    method: 'POST',
    path: '/schedules/preview',
    access: operator,
    summary: 'The next times of a cron expression; begins nothing',
    body: z.object({ cron: repeated.cron, timeZone: repeated.timeZone }),
    answer: z.object({ timeZone: z.string(), nextRuns: z.array(isoTime) }),
    audit: false,
  },
  scheduleCalendar: {
    method: 'GET',
    path: '/schedules/calendar',
    access: viewer,
    summary: 'Times of schedules that passed or are to come, of at most 70 days',
    query: z.object({ account: accountName, from: isoTime, to: isoTime }),
    answer: items(calendarEntry).extend({
      /** Whether there is more than is told. */
      more: z.boolean(),
    }),
  },
  scheduleCreate: {
    method: 'POST',
    path: '/schedules',
    access: operator,
    summary: 'Send again and again, by a cron expression',
    body: scheduleCreate,
    answer: scheduleItem,
  },
  schedule: {
    method: 'GET',
    path: '/schedules/{id}',
    access: viewer,
    summary: 'One schedule, with its next times',
    params: idParam,
    answer: scheduleItem,
  },
  scheduleSet: {
    method: 'PATCH',
    path: '/schedules/{id}',
    access: operator,
    summary: 'Change a schedule; what is left out stays',
    params: idParam,
    body: scheduleChange,
    answer: scheduleItem,
  },
  scheduleRuns: {
    method: 'GET',
    path: '/schedules/{id}/runs',
    access: viewer,
    summary: 'What became of the times of a schedule, newest first',
    params: idParam,
    query: page(100, 20),
    answer: items(scheduleRun).extend(cursor),
  },
  schedulePause: onSchedule('pause', 'Let the times of a schedule pass'),
  scheduleResume: onSchedule('resume', 'Go on with the next time'),
  scheduleCancel: onSchedule('cancel', 'End a schedule; campaigns that it began go on'),
  scheduleRunNow: {
    method: 'POST',
    path: '/schedules/{id}/run',
    access: operator,
    summary: 'Send now, besides its times',
    params: idParam,
    answer: scheduleRun,
  },
});
