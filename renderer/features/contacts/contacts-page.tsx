import { ContactList } from './contact-list.tsx';
import { GroupList } from './group-list.tsx';

/** The address book: contacts, their groups, and files that become contacts. */
export function ContactsPage({ parts }: { readonly parts: readonly string[] }) {
  const [first = null, second = null, third = null] = parts;
  if (first === 'groups') return <GroupList open={second} />;
  return <ContactList open={first} editing={second === 'edit'} extra={third} />;
}
