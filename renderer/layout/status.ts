import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { BoxStatus } from '../../server/contract/admin-shapes.ts';
import type { CarrierItem } from '../../server/contract/carrier-forms.ts';
import type { LiveEvent } from '../../server/contract/live.ts';
import { call } from '../api/call.ts';
import { statusKey } from '../api/keys.ts';
import { useLive } from '../api/live-context.tsx';

/** The box's own state: read every ten seconds, and carriers as their news comes. */
export function useStatus() {
  const client = useQueryClient();
  useLive((events) => {
    if (events.some((event) => event.type === 'reset')) void client.invalidateQueries({ queryKey: statusKey });
    const carriers = events.filter(isCarrierNews).map((event) => event.carrier);
    if (carriers.length === 0) return;
    client.setQueryData<BoxStatus>(statusKey, (status) => status && { ...status, carriers: renew(status, carriers) });
  });
  return useQuery({
    queryKey: statusKey,
    queryFn: ({ signal }) => call('status', {}, { signal }),
    refetchInterval: 10_000,
  });
}

function isCarrierNews(event: LiveEvent): event is Extract<LiveEvent, { type: 'carrier' }> {
  return event.type === 'carrier';
}

function renew(status: BoxStatus, news: readonly CarrierItem[]): CarrierItem[] {
  const known = new Map(status.carriers.map((carrier) => [carrier.id, carrier]));
  for (const carrier of news) known.set(carrier.id, carrier);
  return [...known.values()];
}
