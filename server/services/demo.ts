import { scopes } from '../domain/scopes.ts';
import type { Random } from '../domain/ports.ts';
import type { AccountDesk } from './account-desk.ts';
import type { CarrierRegistry } from './carrier-registry.ts';
import type { KeyGate } from './key-gate.ts';
import type { PeopleDesk } from './people/people-desk.ts';

/** Furnishes a throw-away box so that the first call works: credits, a sender, a key, a user, a simulated modem. */
export async function prepareDemo(box: {
  readonly accounts: AccountDesk;
  readonly keys: KeyGate;
  readonly people: PeopleDesk;
  readonly carriers: CarrierRegistry;
  readonly maker: { draft(wanted: { kind: 'simulator'; name: string }): { name: string; config: string } };
  readonly random: Random;
}): Promise<{ apiKey: string; user: string; password: string }> {
  const account = box.accounts.named(undefined);
  await box.accounts.addCredits(account.name, 10_000, 'demo');
  await box.accounts.approveSender(account.name, 'SEPSMS');
  const { key } = await box.keys.create({
    accountId: account.id,
    name: 'Demo',
    scopes,
    ips: [],
    rpm: null,
    expiresAt: null,
  });
  const password = Buffer.from(box.random.bytes(9)).toString('base64url');
  await box.people.create('admin', password, 'admin');
  const { name, config } = box.maker.draft({ kind: 'simulator', name: 'Simulated modem' });
  await box.carriers.add(name, 'simulator', config);
  return { apiKey: key, user: 'admin', password };
}
