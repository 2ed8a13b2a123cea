import type { CallInput } from '../../api/call.ts';

/** Filters of the log, as its address names them. */
export const filterNames = ['level', 'part', 'text'] as const;
export type LogFilters = Readonly<Record<(typeof filterNames)[number], string>>;

/** Levels that can be chosen, besides everything. */
export const levels = ['info', 'warn', 'error'] as const;

/** The filters as the box wants them. */
export function queryOf({ level, part, text }: LogFilters): NonNullable<CallInput<'logs'>['query']> {
  const least = levels.find((each) => each === level);
  return {
    ...(least === undefined ? {} : { level: least }),
    ...(part === '' ? {} : { part }),
    ...(text === '' ? {} : { text: text.slice(0, 200) }),
  };
}
