interface Acts {
  readonly operator: readonly string[];
  readonly admin: readonly string[];
}

/**
 * What a page offers beyond what everybody may do there, by the least role; for addresses of `every-page.ts`. An act
 * that appears for a role without standing here, or that is gone, fails.
 */
const acts: Readonly<Record<string, Partial<Acts>>> = {
  '': { operator: ['Compose'] },
  '?period=7d': { operator: ['Compose'] },
  '?period=30d': { operator: ['Compose'] },
  campaigns: { operator: ['New campaign'] },
  'campaigns/1': { operator: ['Duplicate'] },
  schedules: { operator: ['New schedule'] },
  'schedules/calendar': { operator: ['New schedule'] },
  'schedules/1': { operator: ['Change', 'Pause', 'Remove', 'Send now'] },
  'schedules/1/edit': { operator: ['Cancel', 'Save', 'Take … out', '{name}', '{points}', '{นัด}'] },
  inbox: { operator: ['Mark all as read'] },
  'inbox/rules': { operator: ['Try a text'], admin: ['Move … down', 'Move … up', 'New rule'] },
  'inbox/rules/1': {
    operator: ['Try a text'],
    admin: ['Cancel', 'Move … down', 'Move … up', 'New rule', 'Remove rule'],
  },
  'inbox/rules/try': { operator: ['Try a text', 'What happens?'], admin: ['Move … down', 'Move … up', 'New rule'] },
  contacts: { operator: ['Export CSV', 'Import a file', 'New contact'] },
  'contacts/2': {
    operator: [
      'Edit',
      'Export CSV',
      'Import a file',
      'Messages',
      'New contact',
      'Remove',
      'Send a message',
      'Take out of …',
    ],
  },
  'contacts/2/edit': {
    operator: [
      'Add a value',
      'Cancel',
      'Export CSV',
      'Import a file',
      'New contact',
      'Remove the value',
      'Save',
      'Take out of …',
    ],
  },
  'contacts/groups': { operator: ['New group'] },
  'contacts/groups/2': {
    operator: [
      'Export CSV',
      'New group',
      'Rename',
      'Show in the list',
      'Take … out of the group',
      'Write to this group',
    ],
    admin: ['Remove the group'],
  },
  'contacts/imports': { operator: ['Import a file'] },
  'contacts/imports/1': { operator: ['Discard', 'Download as CSV', 'New group', 'Take 3 contacts in'] },
  'contacts/imports/2': { operator: ['Download as CSV', 'Forget'] },
  templates: { operator: ['New template'] },
  'templates/1': { operator: ['Duplicate', 'Remove', 'Write with it'] },
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
  routes: { operator: ['Try a message'], admin: ['Move … down', 'Move … up', 'New route'] },
  'routes/1': {
    operator: ['Try a message'],
    admin: ['Cancel', 'Move … down', 'Move … up', 'New route', 'Remove route', 'Take … out'],
  },
  'routes/try': { operator: ['Try a message', 'Which way?'], admin: ['Move … down', 'Move … up', 'New route'] },
  carriers: { admin: ['Add a carrier'] },
  'carriers/1': {
    operator: ['Commands', 'Pause', 'Send a test', 'State', 'Switch off'],
    admin: ['Add a carrier', 'Settings'],
  },
  'carriers/1/commands': {
    operator: ['Ask for the credit', 'Commands', 'Dial', 'How is it?', 'State'],
    admin: ['Add a carrier', 'Send', 'Settings'],
  },
  'carriers/1/settings': {
    operator: ['Commands', 'Pause', 'Send a test', 'State', 'Switch off'],
    admin: ['Add a carrier', 'Remove', 'Settings'],
  },
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
