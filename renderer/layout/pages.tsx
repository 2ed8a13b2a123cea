import type { ComponentType } from 'react';
import type { PageName } from '../router/routes.ts';
import { lazy } from './lazy-page.tsx';

export interface PageProps {
  /** What follows the page's own part of the path. */
  readonly parts: readonly string[];
}

/** Every page, each in a piece of its own that is fetched when it is first opened. */
export const pages: Readonly<Record<PageName, ComponentType<PageProps>>> = {
  dashboard: lazy(async () => ({ default: (await import('../features/dashboard/dashboard-page.tsx')).DashboardPage })),
  welcome: lazy(async () => ({ default: (await import('../features/welcome/welcome-page.tsx')).WelcomePage })),
  compose: lazy(async () => ({ default: (await import('../features/compose/compose-page.tsx')).ComposePage })),
  messages: lazy(async () => ({ default: (await import('../features/messages/messages-page.tsx')).MessagesPage })),
  schedules: lazy(async () => ({ default: (await import('../features/schedules/schedules-page.tsx')).SchedulesPage })),
  campaigns: lazy(async () => ({ default: (await import('../features/campaigns/campaigns-page.tsx')).CampaignsPage })),
  inbox: lazy(async () => ({ default: (await import('../features/inbox/inbox-page.tsx')).InboxPage })),
  contacts: lazy(async () => ({ default: (await import('../features/contacts/contacts-page.tsx')).ContactsPage })),
  templates: lazy(async () => ({ default: (await import('../features/templates/templates-page.tsx')).TemplatesPage })),
  senders: lazy(async () => ({ default: (await import('../features/senders/senders-page.tsx')).SendersPage })),
  blocklist: lazy(async () => ({ default: (await import('../features/blocklist/blocklist-page.tsx')).BlocklistPage })),
  links: lazy(async () => ({ default: (await import('../features/links/links-page.tsx')).LinksPage })),
  keys: lazy(async () => ({ default: (await import('../features/keys/keys-page.tsx')).KeysPage })),
  webhooks: lazy(async () => ({ default: (await import('../features/webhooks/webhooks-page.tsx')).WebhooksPage })),
  carriers: lazy(async () => ({ default: (await import('../features/carriers/carriers-page.tsx')).CarriersPage })),
  routes: lazy(async () => ({ default: (await import('../features/routes/routes-page.tsx')).RoutesPage })),
  credits: lazy(async () => ({ default: (await import('../features/credits/credits-page.tsx')).CreditsPage })),
  accounts: lazy(async () => ({ default: (await import('../features/accounts/accounts-page.tsx')).AccountsPage })),
  users: lazy(async () => ({ default: (await import('../features/users/users-page.tsx')).UsersPage })),
  audit: lazy(async () => ({ default: (await import('../features/audit/audit-page.tsx')).AuditPage })),
  backups: lazy(async () => ({ default: (await import('../features/backups/backups-page.tsx')).BackupsPage })),
  logs: lazy(async () => ({ default: (await import('../features/logs/logs-page.tsx')).LogsPage })),
  settings: lazy(async () => ({ default: (await import('../features/settings/settings-page.tsx')).SettingsPage })),
  profile: lazy(async () => ({ default: (await import('../features/profile/profile-page.tsx')).ProfilePage })),
};
