import type { Language, Translate } from './translate.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "just now", "3 min ago", "in 2 hr"; beyond a day the date itself, because nobody counts in 37 hours. */
export function relativeTime(iso: string, now: number, language: Language, t: Translate): string {
  const away = Date.parse(iso) - now;
  const distance = Math.abs(away);
  if (distance < minute) return t('time.now');
  const format = new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'always' });
  if (distance < hour) return format.format(Math.trunc(away / minute), 'minute');
  if (distance < day) return format.format(Math.trunc(away / hour), 'hour');
  return shortTime(iso, now, language);
}

/** Day and time in few words; the year only when it is another one. */
export function shortTime(iso: string, now: number, language: Language): string {
  const time = new Date(iso);
  const sameYear = time.getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(language, {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(time);
}

/** Day and time to the second, for facts and tooltips. */
export function fullTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(
    new Date(iso),
  );
}

/** Time of day with milliseconds, for the steps of a timeline, which are often close together. */
export function preciseTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(new Date(iso));
}

/** Day of the week, day and time in few words, by the clocks of a time zone. */
export function dayTime(iso: string, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(iso));
}

/** A day with its weekday, such as `Thursday 15 January`. */
export function dayName(date: Date, language: Language): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' }).format(date);
}

export function monthName(date: Date, language: Language): string {
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' }).format(date);
}

/** Time of day, such as `14:05`. */
export function clockTime(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

export function dayOf(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(iso));
}

/** A length of time in its largest fitting unit: "45 sec", "3 min", "2 hr". */
export function duration(milliseconds: number, language: Language): string {
  const [amount, unit] =
    milliseconds < minute
      ? [milliseconds / 1000, 'second']
      : milliseconds < hour
        ? [milliseconds / minute, 'minute']
        : milliseconds < day
          ? [milliseconds / hour, 'hour']
          : [milliseconds / day, 'day'];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(Math.floor(amount));
}

export function wholeNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language).format(value);
}

/** A stored MSISDN the way people read it: `+66 81 234 5678`. Numbers of other countries keep their digits in one piece. */
export function phoneNumber(msisdn: string): string {
  const thai = /^66(\d{2})(\d{3})(\d{4})$/u.exec(msisdn);
  if (thai !== null) return `+66 ${thai.slice(1).join(' ')}`;
  return /^\d{6,15}$/u.test(msisdn) ? `+${msisdn}` : msisdn;
}

/** The hour of a time, such as `14:00`. */
export function hourOf(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(iso),
  );
}

/** A part of a whole, such as `97%`; never 100 % where something is missing. */
export function percent(part: number, whole: number, language: Language): string {
  const share = whole === 0 ? 0 : part / whole;
  const shown = share < 1 ? Math.min(share, 0.999) : share;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: shown > 0.99 ? 1 : 0 }).format(
    shown,
  );
}

/** Milliseconds as seconds with one place, such as `1.4 sec`. */
export function seconds(milliseconds: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(milliseconds / 1000);
}

/** A change, with its sign: `+1,000`, `-2`. */
export function signedNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(value);
}

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes in their largest fitting unit: `1.4 MB`. */
export function fileSize(bytes: number, language: Language): string {
  const step = Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: sizes[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}
