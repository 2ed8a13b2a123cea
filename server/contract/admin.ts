import { adminAccountViewRoutes } from './admin-account-view.ts';
import { adminInboxRoutes } from './admin-inbox.ts';
import { adminKeywordsRoutes } from './admin-keywords.ts';
import { adminAuditRoutes } from './admin-audit.ts';
import { adminBackupsRoutes } from './admin-backups.ts';
import { adminCampaignsRoutes } from './admin-campaigns.ts';
import { adminCarriersRoutes } from './admin-carriers.ts';
import { adminContactsRoutes } from './admin-contacts.ts';
import { adminCreditsRoutes } from './admin-credits.ts';
import { adminExportRoutes } from './admin-exports.ts';
import { adminGuardsRoutes } from './admin-guards.ts';
import { adminImportsRoutes } from './admin-imports.ts';
import { adminLogsRoutes } from './admin-logs.ts';
import { adminMessagesRoutes } from './admin-messages.ts';
import { adminModemsRoutes } from './admin-modems.ts';
import { adminOverviewRoutes } from './admin-overview.ts';
import { adminPeopleRoutes } from './admin-people.ts';
import { adminRoutingRoutes } from './admin-routing.ts';
import { adminProfileRoutes } from './admin-profile.ts';
import { adminTemplatesRoutes } from './admin-templates.ts';
import { adminTenancyRoutes } from './admin-tenancy.ts';
import { adminWebhooksRoutes } from './admin-webhooks.ts';
import { routeTable } from './route.ts';

/** The box's own API for its pages and its command line, put together from its areas. Paths are relative to `/api/admin`. */
export const adminRoutes = routeTable({
  ...adminPeopleRoutes,
  ...adminProfileRoutes,
  ...adminMessagesRoutes,
  ...adminExportRoutes,
  ...adminOverviewRoutes,
  ...adminAccountViewRoutes,
  ...adminCampaignsRoutes,
  ...adminContactsRoutes,
  ...adminImportsRoutes,
  ...adminTemplatesRoutes,
  ...adminTenancyRoutes,
  ...adminCreditsRoutes,
  ...adminGuardsRoutes,
  ...adminCarriersRoutes,
  ...adminRoutingRoutes,
  ...adminModemsRoutes,
  ...adminWebhooksRoutes,
  ...adminAuditRoutes,
  ...adminBackupsRoutes,
  ...adminLogsRoutes,
  ...adminInboxRoutes,
  ...adminKeywordsRoutes,
});
export type AdminOperation = keyof typeof adminRoutes;
