import { isSettingName, settingDefinitions, settingForm, settingNames, type Settings } from './config/settings.ts';
import type { SettingDesk } from './http/admin-services.ts';

/** The rate limits in force. */
export function rateRules(settings: Settings) {
  return {
    sendPerMinute: settings.get('limits.sendPerMinute'),
    allPerMinute: settings.get('limits.allPerMinute'),
    otpPerMinutePerIp: settings.get('limits.otpPerMinutePerIp'),
  };
}

/** How messages find their carriers. */
export function routingRules(settings: Settings) {
  return { timeZone: settings.get('box.timeZone'), failoverMs: settings.get('routing.failoverSeconds') * 1_000 };
}

/** The rules of one-time codes. */
export function otpRules(settings: Settings) {
  return {
    international: settings.get('number.international'),
    maxSegments: settings.get('message.maxSegments'),
    perDestination: settings.get('limits.otpPerDestination'),
    perPrefix: settings.get('limits.otpPerPrefix'),
  };
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

/** What texts may link to. */
export function linkRules(settings: Settings) {
  return { links: settings.get('guards.links'), shorteners: settings.get('guards.shorteners') };
}

/** When messages that are not urgent are held. */
export function quietRules(settings: Settings) {
  return { quietHours: settings.get('guards.quietHours'), timeZone: settings.get('box.timeZone') };
}

/** The words by which people leave and come back. */
export function keywordRules(settings: Settings) {
  return { optOut: settings.get('guards.optOutKeywords'), optIn: settings.get('guards.optInKeywords') };
}

/** What is done with received texts besides what their rules say. */
export function twoWayRules(settings: Settings) {
  return {
    timeZone: settings.get('box.timeZone'),
    international: settings.get('number.international'),
    optOutNotice: settings.get('guards.optOutNotice'),
    limits: {
      most: settings.get('inbound.answersPerNumber'),
      windowMs: settings.get('inbound.answersMinutes') * 60_000,
    },
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
        const { usual, description, restart } = settingDefinitions[name];
        return { name, value: settings.get(name), usual, description, restart, form: settingForm(name) };
      }),
    set: (name, value) => settings.set(name, value),
  };
}
