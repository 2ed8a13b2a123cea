import { z } from 'zod';
import { admin, items, operator, page, viewer } from './admin-route.ts';
import { accountName, senderItem } from './admin-shapes.ts';
import { paging } from './common.ts';
import { blockedItem, linkHosts, linkItem, numbers, numbersRead, purposes, senderWords } from './guard-shapes.ts';
import { routeTable } from './route.ts';

const ofAccount = z.object({ account: accountName });

/** What guards sending: sender names that are asked for, blocked numbers, registered links. Each belongs to an account. */
export const adminGuardsRoutes = routeTable({
  senderRequest: {
    method: 'POST',
    path: '/senders/request',
    access: operator,
    summary: 'Ask for a sender name, or again for a rejected one',
    body: z.object({ name: senderWords, purposes: purposes.optional(), account: accountName }),
    answer: senderItem,
  },
  senderReject: {
    method: 'POST',
    path: '/senders/reject',
    access: admin,
    summary: 'Reject a sender name, or take its approval back',
    body: z.object({ name: senderWords, reason: z.string().trim().min(1).max(200), account: accountName }),
    answer: senderItem,
  },
  blocklist: {
    method: 'GET',
    path: '/blocklist',
    access: viewer,
    summary: 'Blocked numbers of an account, in the order of their digits',
    query: paging(1_000, 100).extend({
      ...ofAccount.shape,
      /** Only numbers that begin so. */
      begins: z.string().max(32).optional(),
    }),
    answer: page(blockedItem),
  },
  blocklistAdd: {
    method: 'POST',
    path: '/blocklist',
    access: operator,
    summary: 'Block numbers',
    body: ofAccount.extend({ numbers }),
    answer: numbersRead.extend({ added: z.number().int(), already: z.number().int() }),
  },
  blocklistRemove: {
    method: 'POST',
    path: '/blocklist/remove',
    access: operator,
    summary: 'Unblock numbers',
    body: ofAccount.extend({ numbers }),
    answer: numbersRead.extend({ removed: z.number().int(), notBlocked: z.number().int() }),
  },
  links: {
    method: 'GET',
    path: '/links',
    access: viewer,
    summary: 'Hosts that the texts of an account may link to',
    query: ofAccount,
    answer: items(linkItem),
  },
  linkAdd: {
    method: 'POST',
    path: '/links',
    access: admin,
    summary: 'Register hosts',
    body: ofAccount.extend({ hosts: linkHosts }),
    answer: z.object({ added: z.number().int(), hosts: z.array(z.string()) }),
  },
  linkRemove: {
    method: 'POST',
    path: '/links/remove',
    access: admin,
    summary: 'Take hosts out of the register',
    body: ofAccount.extend({ hosts: linkHosts }),
    answer: z.object({ removed: z.number().int() }),
  },
});
