import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { parseLinkHost } from '../domain/links.ts';
import { parseQuietHours } from '../domain/quiet-hours.ts';

interface Definition<T> {
  readonly schema: z.ZodType<T>;
  readonly usual: T;
  readonly description: string;
  /** Whether a change takes effect only at the next start. */
  readonly restart: boolean;
}

function setting<T>(schema: z.ZodType<T>, usual: T, description: string, restart = false): Definition<T> {
  return { schema, usual, description, restart };
}

const keywords = z.array(z.string().trim().min(1).max(40)).max(50);
const whole = (least: number, most: number) => z.number().int().min(least).max(most);

/** Every setting of the box: its form, its usual value and what it does. */
export const settingDefinitions = {
  'box.timeZone': setting(
    z.string().refine(isTimeZone, 'not a time zone').meta({ format: 'time-zone' }),
    'Asia/Bangkok',
    'Time zone of times written without an offset, and of reference numbers.',
  ),
  'message.maxRecipients': setting(whole(1, 1_000_000), 100_000, 'Most recipients in one request.'),
  'message.maxSegments': setting(whole(1, 255), 10, 'Most segments in one text.'),
  'message.validityMinutes': setting(
    whole(1, 10_080),
    2_880,
    'How long a message stays worth sending when the request does not say.',
  ),
  'message.maxScheduleDays': setting(whole(1, 3_650), 365, 'How far ahead a message may be scheduled, in days.'),
  'schedule.lateMinutes': setting(
    whole(0, 525_600),
    1_440,
    'How many minutes late a scheduled message is still sent when the box was off at its time; later it ends as expired. 0 for one minute.',
  ),
  'limits.sendPerMinute': setting(
    whole(0, 1_000_000),
    120,
    'Most POST /message/send a minute with one API key; 0 for no limit.',
  ),
  'limits.allPerMinute': setting(
    whole(0, 1_000_000),
    2_400,
    'Most requests a minute with one API key that has no limit of its own; 0 for no limit.',
  ),
  'limits.otpPerMinutePerIp': setting(
    whole(0, 1_000_000),
    5,
    'Most POST /otp/send a minute from one address; 0 for no limit.',
  ),
  'limits.otpPerDestination': setting(
    whole(0, 1_000_000),
    5,
    'Most one-time codes to one number in ten minutes; 0 for no limit.',
  ),
  'limits.otpPerPrefix': setting(
    whole(0, 1_000_000),
    30,
    'Most one-time codes in ten minutes to numbers that differ in the last four digits only; 0 for no limit.',
  ),
  'access.idleMinutes': setting(
    whole(0, 720),
    120,
    'After how many minutes without use a person is signed out; 0 for the twelve hours that any session lasts.',
  ),
  'number.international': setting(z.boolean(), false, 'Accept numbers of other countries than Thailand.'),
  'reports.giveUpHours': setting(
    whole(1, 720),
    24,
    'How long after the end of its validity a message still waits for delivery reports.',
  ),
  'webhook.allowedHosts': setting(
    z.array(z.string().max(255)).max(1_000),
    [],
    'Hosts on the LAN, or this machine, that webhooks and messages for a provider may be sent to, also by plain HTTP.',
  ),
  'metrics.from': setting(
    z.enum(['here', 'lan']),
    'here',
    'Who may read the figures at /metrics: programs on this machine, or everybody who reaches the box.',
  ),
  'legacy.v1': setting(z.boolean(), true, 'Serve the legacy API at /api/sms and /api/otp.'),
  'guards.optOutKeywords': setting(
    keywords,
    ['STOP', 'ยกเลิก', '停止'],
    'Received texts that put their sender on the blocklist; an empty list for none.',
  ),
  'guards.optInKeywords': setting(
    keywords,
    ['START', 'สมัคร'],
    'Received texts that take their sender off the blocklist again; an empty list for none.',
  ),
  'guards.optOutNotice': setting(
    z.string().trim().max(300),
    '',
    'What who opts out by a text is told, once; empty for nothing.',
  ),
  'inbound.answersPerNumber': setting(
    whole(1, 100),
    3,
    'Most automatic answers to the texts of one number within inbound.answersMinutes.',
  ),
  'inbound.answersMinutes': setting(whole(1, 1_440), 10, 'The time, in minutes, for inbound.answersPerNumber.'),
  'inbound.ownNumbers': setting(
    z.array(z.string().max(64)).max(500),
    [],
    "Numbers of the box's own SIMs, which it never answers by itself.",
  ),
  'guards.duplicateMinutes': setting(
    whole(0, 10_080),
    0,
    'The same text goes to the same number once within so many minutes; 0 for any number of times.',
  ),
  'guards.links': setting(
    z.enum(['any', 'registered']),
    'any',
    'Where texts may link to: any host, or those that are registered for their account.',
  ),
  'guards.shorteners': setting(
    z
      .array(
        z
          .string()
          .max(255)
          .refine((host) => parseLinkHost(host) !== null, 'not a host'),
      )
      .max(1_000),
    [],
    'Hosts of URL shorteners, besides the usual ones, that texts may not link to when links are registered.',
  ),
  'guards.quietHours': setting(
    z
      .string()
      .refine((text) => text === '' || parseQuietHours(text) !== null, 'write it like 21:00-08:00')
      .meta({ format: 'hours' }),
    '',
    'Hours of the day, such as 21:00-08:00, in which messages that are not urgent are held; empty for none.',
  ),
  'modems.usbPowerCycle': setting(
    z.boolean(),
    true,
    'Take a modem that hangs, and that its reset does not help, off the USB bus and back on. Linux only, and only with the right to do so (see docs/modems.md).',
  ),
  'routing.failoverSeconds': setting(
    whole(0, 3_600),
    15,
    'How long messages wait for a carrier that goes down before they go by the next one of their route; one-time codes do not wait.',
  ),
  'backups.daily': setting(z.boolean(), true, 'Make a backup every day.'),
  'backups.at': setting(
    z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'write it like 02:30'),
    '02:30',
    'When the daily backup is made; made up for at the next start when the box is off then.',
  ),
  'backups.keep': setting(whole(1, 365), 14, 'How many daily backups are kept; older ones are removed.'),
  'http.maxBodyBytes': setting(whole(10_000, 100_000_000), 20_000_000, 'Largest request body in bytes.'),
} as const;

export type SettingName = keyof typeof settingDefinitions;
export type SettingValue<N extends SettingName> = z.infer<(typeof settingDefinitions)[N]['schema']>;

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingDefinitions, name);
}

export const settingNames = Object.keys(settingDefinitions).filter(isSettingName);

/** JSON schema of a setting's values; refinements are known to the setting alone. */
export function settingForm(name: SettingName): Record<string, unknown> {
  const { $schema: _dialect, ...form } = z.toJSONSchema(settingDefinitions[name].schema);
  return form;
}

/** Where settings rest; store/setting-store.ts in the box. */
export interface SettingRest {
  all(): ReadonlyMap<string, string>;
  set(name: string, value: string): Promise<void>;
}

/** The settings in force: kept in memory, changed through `set` only. */
export class Settings {
  readonly #rest: SettingRest;
  readonly #values = new Map<string, unknown>();
  readonly #listeners: ((name: SettingName) => void)[] = [];

  constructor(rest: SettingRest) {
    this.#rest = rest;
    for (const [name, text] of rest.all()) {
      if (!isSettingName(name)) continue;
      const parsed = settingDefinitions[name].schema.safeParse(readJson(text));
      if (parsed.success) this.#values.set(name, parsed.data);
    }
  }

  get<N extends SettingName>(name: N): SettingValue<N> {
    // What is kept was parsed by the schema of the same name.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return (this.#values.has(name) ? this.#values.get(name) : settingDefinitions[name].usual) as SettingValue<N>;
  }

  /** @throws AppError `setting.unknown` or `setting.invalid`. */
  async set(name: string, value: unknown): Promise<unknown> {
    if (!isSettingName(name))
      throw new AppError('setting.unknown', `There is no setting ${name}. \`setting get\` lists them all.`);
    const parsed = settingDefinitions[name].schema.safeParse(value);
    if (!parsed.success) {
      throw new AppError(
        'setting.invalid',
        `${name} cannot have that value: ${parsed.error.issues[0]?.message ?? 'wrong form'}.`,
      );
    }
    await this.#rest.set(name, JSON.stringify(parsed.data));
    this.#values.set(name, parsed.data);
    for (const listener of this.#listeners) listener(name);
    return parsed.data;
  }

  onChange(listener: (name: SettingName) => void): void {
    this.#listeners.push(listener);
  }
}

/** A stored value that cannot be read counts as not set: a box with its usual settings is better than one that does not start. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
