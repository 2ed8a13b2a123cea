import { parse, schedule, validateDetailed, type ScheduledTask } from 'node-cron';
import { cronTimesBetween, nextCronTime, type CronFields, type DueTimes } from '../domain/cron-times.ts';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';

/** The only file that knows node-cron: it reads expressions; when they fall due is worked out by the box's own clock. */

/** When a schedule falls due. */
export interface CronPlan {
  /** The first slot after a moment; null when there is none any more. */
  next(after: Millis): Millis | null;
  /** The slots from one moment to before another, those of a busy day together. */
  between(from: Millis, to: Millis): DueTimes[];
}

/**
 * Reads a cron expression of five fields, such as `0 9 * * 1-5`, for a time zone.
 * @throws AppError `schedule.invalid` saying which field is wrong.
 */
export function readCron(expression: string, timeZone: string): CronPlan {
  const fields = fieldsOf(expression);
  if (!isTimeZone(timeZone))
    throw new AppError('schedule.invalid', `${timeZone} is no time zone. Write one like Asia/Bangkok.`);
  return {
    next: (after) => nextCronTime(fields, after, timeZone),
    between: (from, to) => cronTimesBetween(fields, from, to, timeZone),
  };
}

/** Runs something every night, by this machine's clock. */
export function everyNight(run: () => void): ScheduledTask {
  return schedule('17 3 * * *', run);
}

function fieldsOf(expression: string): CronFields {
  const trimmed = expression.trim();
  const [problem] = validateDetailed(trimmed).errors;
  if (problem !== undefined)
    throw new AppError(
      'schedule.invalid',
      `${expression} is no cron expression: ${problem.message}. Write it like 0 9 * * 1-5.`,
    );
  const fields = parse(trimmed);
  if (fields.second.length !== 1 || fields.second[0] !== 0)
    throw new AppError('schedule.invalid', 'A schedule falls due on whole minutes: leave the seconds out.');
  return fields;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
