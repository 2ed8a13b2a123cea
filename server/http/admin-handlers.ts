import type { adminRoutes } from '../contract/admin.ts';
import { accountViewHandlers } from './admin-account-view.ts';
import type { AdminServices } from './admin-services.ts';
import { inboxHandlers } from './admin-inbox.ts';
import { keywordHandlers } from './admin-keywords.ts';
import { auditHandlers } from './admin-audit.ts';
import { backupHandlers } from './admin-backups.ts';
import { campaignHandlers, scheduleHandlers } from './admin-campaigns.ts';
import { carrierHandlers } from './admin-carriers.ts';
import { contactHandlers, importHandlers } from './admin-contacts.ts';
import { creditHandlers } from './admin-credits.ts';
import { exportHandlers } from './admin-exports.ts';
import { guardHandlers } from './admin-guards.ts';
import { logHandlers } from './admin-logs.ts';
import { messageHandlers } from './admin-messages.ts';
import { modemHandlers } from './admin-modems.ts';
import { routingHandlers } from './admin-routing.ts';
import { overviewHandlers } from './admin-overview.ts';
import { peopleHandlers, sessionHandlers } from './admin-people.ts';
import { profileHandlers } from './admin-profile.ts';
import { templateHandlers } from './admin-templates.ts';
import { tenancyHandlers } from './admin-tenancy.ts';
import { webhookHandlers } from './admin-webhooks.ts';
import type { Handlers } from './api.ts';
import type { AdminCallers } from './person-gate.ts';

/** The admin API: thin handlers, by area. */
export function adminHandlers(services: AdminServices): Handlers<typeof adminRoutes, AdminCallers> {
  return {
    ...sessionHandlers(services),
    ...peopleHandlers(services),
    ...profileHandlers(services),
    ...messageHandlers(services),
    ...exportHandlers(services),
    ...overviewHandlers(services),
    ...accountViewHandlers(services),
    ...campaignHandlers(services),
    ...scheduleHandlers(services),
    ...contactHandlers(services),
    ...importHandlers(services),
    ...templateHandlers(services),
    ...tenancyHandlers(services),
    ...creditHandlers(services),
    ...guardHandlers(services),
    ...carrierHandlers(services),
    ...modemHandlers(services),
    ...routingHandlers(services),
    ...webhookHandlers(services),
    ...auditHandlers(services),
    ...backupHandlers(services),
    ...logHandlers(services),
    ...inboxHandlers(services),
    ...keywordHandlers(services),
  };
}
