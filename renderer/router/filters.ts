import { useCallback, useMemo } from 'react';
import { navigate, usePath, useSearch } from './history.ts';

export type Filters<N extends string> = Readonly<Record<N, string>>;

/**
 * Filters of a list, kept in the query of its address, so that a filtered list can be linked and reloaded.
 * @param names of the filters; one that is not set is an empty text.
 */
export function useFilters<N extends string>(names: readonly N[]) {
  const search = useSearch();
  const path = usePath();
  const values = useMemo(() => read(search, names), [search, names]);
  const active = names.some((name) => search.has(name));

  const set = useCallback(
    (changes: Partial<Filters<N>>) => {
      const next = new URLSearchParams(search);
      for (const [name, value] of Object.entries<string | undefined>(changes)) {
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
      }
      navigate(`${path}?${next.toString()}`, { replace: true });
    },
    [search, path],
  );

  const clear = useCallback(() => {
    const next = new URLSearchParams(search);
    for (const name of names) next.delete(name);
    navigate(`${path}?${next.toString()}`);
  }, [search, path, names]);

  return { values, active, set, clear };
}

function read<N extends string>(search: URLSearchParams, names: readonly N[]): Filters<N> {
  // Every name has been given a value, so the record is whole.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) as Filters<N>;
}

/** The query of the list that stays when a row is opened or closed beside it. */
export function useKeptQuery(): string {
  const query = useSearch().toString();
  return query === '' ? '' : `?${query}`;
}
