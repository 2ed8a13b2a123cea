import { useEffect, useRef } from 'react';
import { useSignInByTicket } from '../../api/session.ts';

/**
 * Uses the one-time way in that the desktop app put behind the address. It stands in the fragment, which no server and no
 * log sees, and is taken out of the address at once.
 * @returns whether the box is being asked.
 */
export function useTicket(): boolean {
  const signIn = useSignInByTicket();
  const { mutate } = signIn;
  const tried = useRef(false);
  useEffect(() => {
    if (tried.current) return;
    tried.current = true;
    const ticket = /^#ticket=([\w-]{1,64})$/u.exec(window.location.hash)?.[1];
    if (ticket === undefined) return;
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
    mutate(ticket);
  }, [mutate]);
  return signIn.isPending;
}
