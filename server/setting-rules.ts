import { isSettingName, settingDefinitions, settingNames, type Settings } from './config/settings.ts';
import type { SettingDesk } from './http/admin-services.ts';

/** The rate limits in force. */
export function rateRules(settings: Settings) {
  return { sendPerMinute: settings.get('limits.sendPerMinute'), allPerMinute: settings.get('limits.allPerMinute') };
}

/** The rules of taking messages in. */
export function intakeRules(settings: Settings) {
  return {
    timeZone: settings.get('box.timeZone'),
    maxRecipients: settings.get('message.maxRecipients'),
    maxSegments: settings.get('message.maxSegments'),
    validityMinutes: settings.get('message.validityMinutes'),
    maxScheduleDays: settings.get('message.maxScheduleDays'),
    international: settings.get('number.international'),
  };
}

/** How times and numbers in filters are read. */
export function readingRules(settings: Settings) {
  return { timeZone: settings.get('box.timeZone'), international: settings.get('number.international') };
}

/** The settings as the admin API sees them. */
export function settingDesk(settings: Settings): SettingDesk {
  return {
    list: () =>
      settingNames.filter(isSettingName).map((name) => {
        const { description, restart } = settingDefinitions[name];
        return { name, value: settings.get(name), description, restart };
      }),
    set: (name, value) => settings.set(name, value),
  };
}
