import type { Clock, Logger, Millis, Random } from '../domain/ports.ts';
import { PasswordCheck } from '../services/people/password-check.ts';
import { PeopleDesk } from '../services/people/people-desk.ts';
import { ProfileDesk } from '../services/people/profile-desk.ts';
import { SecondFactor, type SecondFactorSecrets } from '../services/people/second-factor.ts';
import { Sessions } from '../services/people/sessions.ts';
import { WindowTicket } from '../services/people/window-ticket.ts';
import type { Stores } from '../store/stores.ts';

/** Those who sign in, put together. */
export function buildPeople(parts: {
  readonly stores: Pick<Stores, 'people' | 'sessions' | 'secondFactors'>;
  readonly secrets: SecondFactorSecrets;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly cliToken: string;
  readonly setupCode: string;
  readonly idleMs: () => Millis;
}) {
  const { stores, secrets, clock, random, ...rest } = parts;
  const { people, sessions: store } = stores;
  const passwords = new PasswordCheck({ people, clock });
  const secondFactor = new SecondFactor({ store: stores.secondFactors, secrets, clock, random });
  const ticket = new WindowTicket({ clock, random });
  const sessions = new Sessions({ people, sessions: store, passwords, secondFactor, ticket, clock, random, ...rest });
  return {
    sessions,
    people: new PeopleDesk({ people, store, sessions, secondFactor, clock }),
    profiles: new ProfileDesk({ people, store, sessions, passwords, secondFactor }),
  };
}
