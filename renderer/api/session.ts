import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SessionInfo } from '../../server/contract/admin-shapes.ts';
import { isApiError } from './api-error.ts';
import { call } from './call.ts';
import type { CallInput } from './call.ts';
import { sessionKey, setupKey } from './keys.ts';

/** Milliseconds between tries while the box does not answer. */
const knock = 3000;

/** Who is signed in; null when nobody is. Asks again and again while the box does not answer. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => readSession(signal),
    staleTime: 60_000,
    refetchInterval: (query) => (query.state.status === 'error' ? knock : false),
  });
}

async function readSession(signal: AbortSignal): Promise<SessionInfo | null> {
  try {
    return await call('session', {}, { signal });
  } catch (error) {
    if (isApiError(error) && error.status === 401) return null;
    throw error;
  }
}

/** Whether the box still waits for its first administrator. */
export function useSetupNeeded() {
  return useQuery({
    queryKey: setupKey,
    queryFn: async ({ signal }) => (await call('setupState', {}, { signal })).needed,
    refetchInterval: (query) => (query.state.status === 'error' ? knock : false),
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<'signIn'>['body']) => call('signIn', { body }),
    onSuccess: (session) => client.setQueryData(sessionKey, session),
  });
}

export function useSignInByTicket() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ticket: string) => call('signInByTicket', { body: { ticket } }),
    onSuccess: (session) => client.setQueryData(sessionKey, session),
  });
}

export function useSetup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<'setup'>['body']) => call('setup', { body }),
    onSuccess: (session) => {
      client.setQueryData(setupKey, false);
      client.setQueryData(sessionKey, session);
    },
  });
}

/** Signs out and forgets everything that was read, so that the next person sees nothing of it. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('signOut', {}),
    onSettled: () => {
      client.setQueryData(sessionKey, null);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    },
  });
}

const ranks: readonly SessionInfo['role'][] = ['viewer', 'operator', 'admin'];

/** Whether the reader has a role, or one above it. What is hidden by it the box refuses as well. */
export function useMay(role: SessionInfo['role']): boolean {
  const session = useSession();
  return session.data !== undefined && session.data !== null && ranks.indexOf(session.data.role) >= ranks.indexOf(role);
}
