import type { Clock, Logger } from '../domain/ports.ts';
import { ContactDesk } from '../services/address-book/contact-desk.ts';
import { ImportDesk } from '../services/address-book/import-desk.ts';
import { ImportRunner } from '../services/address-book/import-runner.ts';
import { TemplateDesk } from '../services/address-book/template-desk.ts';
import type { Stores } from '../store/stores.ts';

/** Contacts, groups, imports and templates, put together. */
export function buildAddressBook(parts: {
  readonly stores: Pick<Stores, 'accounts' | 'addressBook'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly international: () => boolean;
}) {
  const { stores, clock, log, international } = parts;
  const { accounts } = stores;
  const { contacts, groups, contactReader: reader, imports, templates } = stores.addressBook;
  const runner = new ImportRunner({ store: imports, clock, log });
  return {
    runner,
    desks: {
      contacts: new ContactDesk({ contacts, groups, reader, accounts, clock, international }),
      imports: new ImportDesk({ store: imports, accounts, clock, international, wake: () => runner.wake() }),
      templates: new TemplateDesk({ store: templates, accounts, clock }),
    },
  };
}
