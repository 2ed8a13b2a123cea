import { useSetupNeeded } from '../../api/session.ts';
import { BlankFrame } from '../../layout/blank-frame.tsx';
import { SetupPage } from './setup-page.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { useTicket } from './use-ticket.ts';

/** What a person sees who is not signed in: the box's first set-up, or the sign-in. */
export function SessionPages() {
  const setup = useSetupNeeded();
  const entering = useTicket();
  if (setup.data === undefined || entering) return <BlankFrame away={setup.isError || setup.failureCount > 0} />;
  return setup.data ? <SetupPage /> : <SignInPage />;
}
