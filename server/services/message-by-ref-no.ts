import { messageIdOf, referenceNumber } from '../domain/schedule.ts';
import type { MessageReader, NamedMessage } from '../store/message-reader.ts';

/** The message with a reference number, of one account where one is named; undefined when there is none. */
export function messageByRefNo(
  reader: MessageReader,
  refNo: string,
  { accountId, timeZone }: { readonly accountId: number | undefined; readonly timeZone: string },
): NamedMessage | undefined {
  const wanted = refNo.trim().toUpperCase();
  const id = messageIdOf(wanted);
  const row = id === null ? undefined : reader.byId(id);
  if (row === undefined || (accountId !== undefined && row.account_id !== accountId)) return undefined;
  return referenceNumber(row.id, row.created_at, timeZone) === wanted ? row : undefined;
}
