import { useFilters } from '../../router/filters.ts';

/** Spans that the charts may show, the usual one first, and how many hours each has. */
export const periods = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24 } as const;
export type Period = keyof typeof periods;
export const periodNames = ['24h', '7d', '30d'] as const satisfies readonly Period[];

const names = ['period'] as const;

/** The span that the address names. */
export function usePeriod(): Period {
  const { values } = useFilters(names);
  return periodNames.find((name) => name === values.period) ?? '24h';
}
