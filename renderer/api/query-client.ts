import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isApiError, isAway } from './api-error.ts';
import { sessionKey } from './keys.ts';

/** The cache behind all pages. A refused session anywhere leads back to signing in. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isApiError(error, 'auth.session_required')) client.setQueryData(sessionKey, null);
      },
    }),
    defaultOptions: {
      queries: {
        // The box is on the LAN: whether the browser believes to be online says nothing about it.
        networkMode: 'always',
        staleTime: 5000,
        retry: (failures, error) => isAway(error) && failures < 2,
        retryDelay: (attempt) => 400 * 2 ** attempt,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}
