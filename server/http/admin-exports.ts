import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { byteOrderMark, csvLine } from './csv.ts';

/** Messages as CSV, slice by slice. */
export function exportHandlers(services: AdminServices): AdminHandlers<'exportStart' | 'exportSlice'> {
  const { messageExport, accounts } = services;
  const idOf = (account: string | undefined) => (account === undefined ? undefined : accounts.named(account).id);
  return {
    exportStart: ({ query }) => {
      const { columns, day } = messageExport.begin(query, idOf(query.account));
      const what = query.each === 'message' ? 'messages' : 'recipients';
      return { head: `${byteOrderMark}${csvLine(columns)}`, fileName: `${what}-${day}.csv` };
    },
    exportSlice: async ({ query }) => {
      const { rows, done, nextCursor } = await messageExport.slice(query, idOf(query.account));
      return { csv: rows.map((row) => csvLine(row)).join(''), lines: rows.length, done, nextCursor };
    },
  };
}
