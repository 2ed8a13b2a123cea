import type { CallInput } from '../../api/call.ts';
import { dayAfter, isDay } from '../../ui/days.ts';

/** Filters of the log, as its address names them; both days belong to the range. */
export const filterNames = ['user', 'operation', 'from', 'to'] as const;
export type AuditFilters = Readonly<Record<(typeof filterNames)[number], string>>;

/** The filters as the box wants them. */
export function queryOf({ user, operation, from, to }: AuditFilters): NonNullable<CallInput<'auditExport'>['query']> {
  return {
    ...(user === '' ? {} : { user }),
    ...(operation === '' ? {} : { operation }),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to: dayAfter(to) } : {}),
  };
}
