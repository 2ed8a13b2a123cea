import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { senderItem } from './admin-tenancy.ts';

/** What guards sending: sender names that are asked for, blocked numbers, registered links. */
export function guardHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'senderRequest'
  | 'senderReject'
  | 'blocklist'
  | 'blocklistAdd'
  | 'blocklistRemove'
  | 'links'
  | 'linkAdd'
  | 'linkRemove'
> {
  const { accounts, blocklist, links } = services;
  return {
    senderRequest: async ({ body }) => senderItem(await accounts.requestSender(body.account, body.name, body.purposes)),
    senderReject: async ({ body }) => senderItem(await accounts.rejectSender(body.account, body.name, body.reason)),
    blocklist: ({ query }) => blocklist.list(query),
    blocklistAdd: async ({ body }) => await blocklist.add(body.account, body.numbers),
    blocklistRemove: async ({ body }) => await blocklist.remove(body.account, body.numbers),
    links: ({ query }) => ({ items: links.list(query.account) }),
    linkAdd: async ({ body }) => await links.add(body.account, body.hosts),
    linkRemove: async ({ body }) => await links.remove(body.account, body.hosts),
  };
}
