import type { Dictionary } from './dictionary.ts';
import { reasons } from './zh-hant/reasons.ts';
import { routes } from './zh-hant/routes.ts';
import { carrierForms } from './zh-hant/carrier-forms.ts';
import { rules } from './zh-hant/rules.ts';
import { carriers } from './zh-hant/carriers.ts';
import { contacts } from './zh-hant/contacts.ts';
import { templates } from './zh-hant/templates.ts';
import { imports } from './zh-hant/imports.ts';
import { campaigns } from './zh-hant/campaigns.ts';
import { schedules } from './zh-hant/schedules.ts';
import { compose } from './zh-hant/compose.ts';
import { dashboard } from './zh-hant/dashboard.ts';
import { errors } from './zh-hant/errors.ts';
import { frame } from './zh-hant/frame.ts';
import { guards } from './zh-hant/guards.ts';
import { keys } from './zh-hant/keys.ts';
import { credits } from './zh-hant/credits.ts';
import { accounts } from './zh-hant/accounts.ts';
import { inbox } from './zh-hant/inbox.ts';
import { welcome } from './zh-hant/welcome.ts';
import { settings } from './zh-hant/settings.ts';
import { messages } from './zh-hant/messages.ts';
import { pieces } from './zh-hant/pieces.ts';
import { audit } from './zh-hant/audit.ts';
import { backups } from './zh-hant/backups.ts';
import { logs } from './zh-hant/logs.ts';
import { operations } from './zh-hant/operations.ts';
import { webhooks } from './zh-hant/webhooks.ts';

export const zhHant: Dictionary = {
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
