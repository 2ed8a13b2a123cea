import { ContactList } from './contact-list.tsx';
import { GroupList } from './group-list.tsx';
import { ImportList } from './import-list.tsx';
import { ImportPage } from './import-page.tsx';
import { NewImport } from './new-import.tsx';

/** The address book: contacts, their groups, and files that become contacts. */
export function ContactsPage({ parts }: { readonly parts: readonly string[] }) {
  const [first = null, second = null] = parts;
  if (first === 'groups') return <GroupList open={second} />;
  if (first !== 'imports') return <ContactList open={first} editing={second === 'edit'} />;
  if (second === null) return <ImportList />;
  return second === 'new' ? <NewImport /> : <ImportPage key={second} id={second} />;
}
