import type { ImportItem } from '../../server/contract/admin-imports.ts';
import { useAsk } from '../api/ask.ts';
import type { Draft } from './draft.ts';

/** Contacts of a group that are looked at for the names of their values. */
const looked = 20;

/** What the columns of a file are called in a text. */
export function columnNames(file: ImportItem): readonly string[] {
  return file.columns.flatMap(({ use, field }) => {
    if (use === 'name') return ['name'];
    return use === 'field' && field !== null ? [field] : [];
  });
}

/** Names that a text may ask for: the columns of its file, else the name and the values of contacts. */
export function useTextNames({ file, groups, account }: Draft): readonly string[] {
  const [group] = groups;
  const contacts = useAsk(
    'contacts',
    { query: { account, limit: looked, ...(group === undefined ? {} : { group }) } },
    { enabled: file === null && account !== '' },
  );
  if (file !== null) return columnNames(file);
  const fields = (contacts.data?.items ?? []).flatMap((contact) => Object.keys(contact.fields));
  return [...new Set(['name', ...fields])];
}
