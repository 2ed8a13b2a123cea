import type Database from 'better-sqlite3';
import type { CommitQueue } from './commit-queue.ts';
import { ContactReader } from './contact-reader.ts';
import { ContactStore } from './contact-store.ts';
import { GroupStore } from './group-store.ts';
import { ImportStore } from './import-store.ts';
import { TemplateStore } from './template-store.ts';

/** The stores of the address book. */
export function openAddressBook(db: Database.Database, queue: CommitQueue) {
  const groups = new GroupStore(db, queue);
  const contacts = new ContactStore(db, queue, groups);
  return {
    groups,
    contacts,
    contactReader: new ContactReader(db),
    imports: new ImportStore(db, { queue, contacts, groups }),
    templates: new TemplateStore(db, queue),
  };
}

export type AddressBook = ReturnType<typeof openAddressBook>;
