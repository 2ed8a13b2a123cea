import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { AdminOperation } from '../../server/contract/admin.ts';
import { call } from './call.ts';
import type { CallAnswer, CallInput } from './call.ts';

/** Operations whose answer is one page of a list. */
export type PagedOperation = {
  [K in AdminOperation]: CallAnswer<K> extends { items: readonly unknown[]; nextCursor: string | null } ? K : never;
}[AdminOperation];
export type ItemOf<K extends AdminOperation> = CallAnswer<K> extends { items: readonly (infer Item)[] } ? Item : never;

interface AskOptions<Answer> {
  readonly enabled?: boolean;
  /** Milliseconds after which it is asked again by itself; may depend on what is known, `false` for not at all. */
  readonly every?: number | ((answer: Answer | undefined) => number | false);
}

/** What an operation of the admin API answers; asked again whenever it is named as changed. */
export function useAsk<K extends AdminOperation>(
  operation: K,
  input: CallInput<K>,
  options: AskOptions<CallAnswer<K>> = {},
) {
  const { every } = options;
  return useQuery({
    queryKey: [operation, input],
    queryFn: ({ signal }) => call(operation, input, { signal }),
    enabled: options.enabled ?? true,
    refetchInterval: typeof every === 'function' ? (query) => every(query.state.data) : (every ?? false),
  });
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

interface PagesOptions<Item> {
  /** Milliseconds after which the list is asked for again by itself, by what it shows. */
  readonly every?: (items: readonly Item[]) => number;
}

/** A list that comes in pages: its items so far, and how to go on. `query` holds its filters. */
export function usePages<K extends PagedOperation>(
  operation: K,
  input: CallInput<K>,
  limit: number,
  options: PagesOptions<ItemOf<K>> = {},
) {
  const { every } = options;
  const pages = useInfiniteQuery({
    queryKey: [operation, input, limit],
    queryFn: ({ pageParam, signal }) => readPage(operation, withPage(input, pageParam, limit), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval:
      every === undefined ? false : (query) => every(query.state.data?.pages.flatMap((page) => page.items) ?? []),
  });
  return { ...pages, items: pages.data?.pages.flatMap((page) => page.items) ?? [] };
}

function withPage<K extends PagedOperation>(input: CallInput<K>, cursor: string | null, limit: number): CallInput<K> {
  const query = 'query' in input && typeof input.query === 'object' ? input.query : {};
  return { ...input, query: { ...query, limit, ...(cursor === null ? {} : { cursor }) } };
}

async function readPage<K extends PagedOperation>(
  operation: K,
  input: CallInput<K>,
  signal: AbortSignal,
): Promise<Page<ItemOf<K>>> {
  const page: unknown = await call(operation, input, { signal });
  // The form is that of every paged operation: this is how PagedOperation chooses it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return page as Page<ItemOf<K>>;
}

/**
 * Does an operation that changes something.
 * @param changes the questions whose answers it changes; they are asked again.
 * @param turn acts of the same turn wait for each other, so that what is clicked fast is done in its order.
 */
export function useAct<K extends AdminOperation>(operation: K, changes: readonly AdminOperation[], turn?: string) {
  const client = useQueryClient();
  return useMutation({
    ...(turn === undefined ? {} : { scope: { id: turn } }),
    mutationFn: (input: CallInput<K>) => call(operation, input),
    // Not waited for: whoever acted is told at once, also where what is read anew takes their part of the page away.
    onSettled: () => void askAgain(client, changes),
  });
}

/** Keeps what an act has answered as what is known, so that the page need not wait for asking again. */
export function keepAnswer<K extends AdminOperation>(
  client: QueryClient,
  operation: K,
  input: CallInput<K>,
  answer: CallAnswer<K>,
): void {
  client.setQueryData([operation, input], answer);
}

/** Asks again what is on the page, and lets go of what is not. */
export async function askAgain(client: QueryClient, operations: readonly AdminOperation[]): Promise<void> {
  await Promise.all(operations.map((operation) => client.invalidateQueries({ queryKey: [operation] })));
}
