import { useQueryClient } from '@tanstack/react-query';
import type { MessageRow } from '../../../server/contract/admin-shapes.ts';
import { askAgain, useAsk } from '../../api/ask.ts';
import type { CallAnswer } from '../../api/call.ts';
import { useLive } from '../../api/live-context.tsx';

const shown = 6;

/** The newest messages of an account or of the box; news is put in as it comes. */
export function useLatest(account: string | null): readonly MessageRow[] | undefined {
  const client = useQueryClient();
  const input = { query: { limit: shown, ...(account === null ? {} : { account }) } };
  const latest = useAsk('messages', input);
  useLive((events) => {
    if (events.some((event) => event.type === 'reset')) void askAgain(client, ['messages']);
    client.setQueryData<CallAnswer<'messages'>>(['messages', input], (page) => {
      if (page === undefined) return page;
      const rows = new Map(page.items.map((row) => [row.uuid, row]));
      for (const event of events) {
        if (event.type === 'message' && (account === null || event.message.account === account)) {
          rows.set(event.message.uuid, event.message);
        }
      }
      const items = [...rows.values()].toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
      return { ...page, items: items.slice(0, shown) };
    });
  });
  return latest.data?.items;
}
