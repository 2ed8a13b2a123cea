import { reasons } from './en/reasons.ts';
import { routes } from './en/routes.ts';
import { carrierForms } from './en/carrier-forms.ts';
import { rules } from './en/rules.ts';
import { carriers } from './en/carriers.ts';
import { contacts } from './en/contacts.ts';
import { templates } from './en/templates.ts';
import { imports } from './en/imports.ts';
import { campaigns } from './en/campaigns.ts';
import { schedules } from './en/schedules.ts';
import { compose } from './en/compose.ts';
import { dashboard } from './en/dashboard.ts';
import { errors } from './en/errors.ts';
import { frame } from './en/frame.ts';
import { guards } from './en/guards.ts';
import { keys } from './en/keys.ts';
import { credits } from './en/credits.ts';
import { accounts } from './en/accounts.ts';
import { inbox } from './en/inbox.ts';
import { welcome } from './en/welcome.ts';
import { settings } from './en/settings.ts';
import { messages } from './en/messages.ts';
import { pieces } from './en/pieces.ts';
import { audit } from './en/audit.ts';
import { backups } from './en/backups.ts';
import { logs } from './en/logs.ts';
import { operations } from './en/operations.ts';
import { webhooks } from './en/webhooks.ts';

/** English, the language that the others are measured by: its keys and its {slots} are the type of every dictionary. */
export const en = {
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
