import type { MessageRow } from '../../../server/contract/admin-shapes.ts';
import type { CallInput } from '../../api/call.ts';
import { dayAfter, isDay } from '../../ui/days.ts';

/** Filters of the list, as its address names them. Days are written `2026-01-15` and both belong to the range. */
export const filterNames = ['status', 'origin', 'msisdn', 'clientRef', 'refNo', 'from', 'to'] as const;
export type MessageFilters = Readonly<Record<(typeof filterNames)[number], string>>;
export type MessageQuery = NonNullable<CallInput<'messages'>['query']>;

export const messageStates = ['scheduled', 'pending', 'sending', 'completed', 'cancelled', 'failed'] as const;
type State = (typeof messageStates)[number];

const uuidForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;
const refNoForm = /^SP\d{12,}$/iu;
const numberForm = /^\+?[\d\s().-]{6,24}$/u;

/** What a text typed into the search means: an id opens its message, the others are filters. */
export function meaningOf(
  text: string,
): { readonly uuid: string } | Pick<MessageFilters, 'msisdn' | 'clientRef' | 'refNo'> {
  const none = { msisdn: '', clientRef: '', refNo: '' };
  if (uuidForm.test(text)) return { uuid: text.toLowerCase() };
  if (refNoForm.test(text)) return { ...none, refNo: text.toUpperCase() };
  if (numberForm.test(text)) return { ...none, msisdn: text };
  return { ...none, clientRef: text };
}

export function searchedFor(filters: MessageFilters): string {
  return filters.msisdn || filters.clientRef || filters.refNo;
}

/** The filters as the box wants them. */
export function queryOf(filters: MessageFilters, account: string | null): MessageQuery {
  const status = messageStates.find((state): state is State => state === filters.status);
  const { origin, msisdn, clientRef, refNo, from } = filters;
  return {
    ...(status === undefined ? {} : { status }),
    ...(origin === '' ? {} : { origin }),
    ...(msisdn === '' ? {} : { msisdn }),
    ...(clientRef === '' ? {} : { clientRef }),
    ...(refNo === '' ? {} : { refNo }),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(filters.to) ? { to: dayAfter(filters.to) } : {}),
    ...(account === null ? {} : { account }),
  };
}

/** Whether a message that is news belongs into a filtered list, as far as its row tells. */
export function belongs(row: MessageRow, query: MessageQuery): boolean {
  if (query.account !== undefined && row.account !== query.account) return false;
  if (query.status !== undefined && row.status !== query.status) return false;
  if (query.origin !== undefined && row.origin !== query.origin) return false;
  if (query.clientRef !== undefined && row.clientRef !== query.clientRef) return false;
  // Numbers may be written in many ways, and times are read in the zone of the box: only it can tell.
  return query.msisdn === undefined && query.refNo === undefined && query.from === undefined && query.to === undefined;
}
