import { useQueryClient } from '@tanstack/react-query';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { askAgain, useAsk } from '../../api/ask.ts';
import type { CallAnswer } from '../../api/call.ts';
import { useLive } from '../../api/live-context.tsx';

const readAgainAfter = 10_000;

/** The carriers, each changing as its news comes; what they have sent is read again now and then. */
export function useCarriers() {
  const client = useQueryClient();
  useLive((events) => {
    if (events.some(({ type }) => type === 'reset')) void askAgain(client, ['carriers']);
    const news = new Map<number, CarrierItem>();
    for (const event of events) if (event.type === 'carrier') news.set(event.carrier.id, event.carrier);
    if (news.size === 0) return;
    client.setQueryData<CallAnswer<'carriers'>>(
      ['carriers', {}],
      (list) => list && { items: list.items.map((carrier) => news.get(carrier.id) ?? carrier) },
    );
  });
  return useAsk('carriers', {}, { every: readAgainAfter });
}
