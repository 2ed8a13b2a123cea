interface Acts {
  readonly operator: readonly string[];
  readonly admin: readonly string[];
}

/**
 * What a page offers beyond what everybody may do there, by the least role; for addresses of `every-page.ts`. An act
 * that appears for a role without standing here, or that is gone, fails.
 */
const acts: Readonly<Record<string, Partial<Acts>>> = {
  '': { operator: ['Compose'], admin: ['1 sender name waits for approval.'] },
  inbox: { operator: ['Mark all as read'] },
  senders: { operator: ['New sender name'] },
  'senders/new': { admin: ['Approve'] },
  blocklist: { operator: ['Block numbers', 'Unblock'] },
  links: { admin: ['Register hosts', 'Remove'] },
  keys: { admin: ['New API key'] },
  'keys/1': { admin: ['New API key', 'Revoke'] },
  webhooks: { admin: ['New webhook'] },
  'webhooks/1': {
    operator: ['Pause', 'Send a test', 'Tell a time again'],
    admin: ['New secret', 'New webhook', 'Remove'],
  },
  carriers: { admin: ['Add a carrier', 'Add a simulator'] },
  'carriers/1': { operator: ['Pause', 'Switch off'], admin: ['Add a carrier', 'Add a simulator', 'Remove'] },
  routes: { operator: ['Try a message'], admin: ['Move … down', 'Move … up', 'New route'] },
  'routes/1': {
    operator: ['Try a message'],
    admin: ['Cancel', 'Move … down', 'Move … up', 'New route', 'Remove route', 'Take … out'],
  },
  'routes/try': { operator: ['Try a message', 'Which way?'], admin: ['Move … down', 'Move … up', 'New route'] },
  credits: { operator: ['Order credits'], admin: ['Add credits'] },
  'credits/orders': { operator: ['Order credits'], admin: ['Add credits', 'Complete', 'Take back'] },
  accounts: { admin: ['New account'] },
  'accounts/Main': { admin: ['New account', 'Suspend'] },
};

/** The acts of an address, in order. */
export function actsOf(address: string): Acts {
  const { operator = [], admin = [] } = acts[address] ?? {};
  return { operator: operator.toSorted(), admin: admin.toSorted() };
}
