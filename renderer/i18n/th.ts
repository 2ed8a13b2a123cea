import type { Dictionary } from './dictionary.ts';
import { reasons } from './th/reasons.ts';
import { routes } from './th/routes.ts';
import { carrierForms } from './th/carrier-forms.ts';
import { rules } from './th/rules.ts';
import { carriers } from './th/carriers.ts';
import { contacts } from './th/contacts.ts';
import { templates } from './th/templates.ts';
import { imports } from './th/imports.ts';
import { campaigns } from './th/campaigns.ts';
import { schedules } from './th/schedules.ts';
import { compose } from './th/compose.ts';
import { dashboard } from './th/dashboard.ts';
import { errors } from './th/errors.ts';
import { frame } from './th/frame.ts';
import { guards } from './th/guards.ts';
import { keys } from './th/keys.ts';
import { credits } from './th/credits.ts';
import { accounts } from './th/accounts.ts';
import { inbox } from './th/inbox.ts';
import { welcome } from './th/welcome.ts';
import { settings } from './th/settings.ts';
import { messages } from './th/messages.ts';
import { pieces } from './th/pieces.ts';
import { audit } from './th/audit.ts';
import { backups } from './th/backups.ts';
import { logs } from './th/logs.ts';
import { operations } from './th/operations.ts';
import { webhooks } from './th/webhooks.ts';

export const th: Dictionary = {
  ...frame,
  ...errors,
  ...messages,
  ...carriers,
  ...rules,
  ...campaigns,
  ...reasons,
  ...routes,
  ...schedules,
  ...carrierForms,
  ...compose,
  ...imports,
  ...templates,
  ...contacts,
  ...dashboard,
  ...guards,
  ...keys,
  ...pieces,
  ...settings,
  ...welcome,
  ...inbox,
  ...accounts,
  ...credits,
  ...webhooks,
  ...audit,
  ...operations,
  ...logs,
  ...backups,
};
