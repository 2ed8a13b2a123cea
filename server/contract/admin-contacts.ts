import { z } from 'zod';
import { contactLimits } from '../domain/contact.ts';
import { admin, done, items, operator, page, viewer } from './admin-route.ts';
import { accountName } from './admin-shapes.ts';
import { idParam, isoTime, name } from './common.ts';
import { routeTable } from './route.ts';

const fields = z
  .record(z.string().min(1).max(64), z.string().max(contactLimits.fieldValue))
  .refine((given) => Object.keys(given).length <= contactLimits.fields, `at most ${contactLimits.fields} fields`);
const ids = z.array(z.number().int().positive()).max(1_000);
const ofAccount = z.object({ account: accountName });
const groupId = z.coerce.number().int().positive();
/** Which contacts: those of a group, and those that are found by the beginning of a number or of a word of the name. */
const found = ofAccount.extend({ q: z.string().max(120).optional(), group: groupId.optional() });

export const contactItem = z.object({
  id: z.number().int(),
  account: z.string(),
  msisdn: z.string(),
  /** Empty when it has none. */
  name: z.string(),
  /** Values for templates: `{name: text}`. */
  fields: z.record(z.string(), z.string()),
  note: z.string(),
  /** Whether the account's blocklist has the number. */
  blocked: z.boolean(),
  groups: z.array(z.object({ id: z.number().int(), name: z.string() })),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type ContactItem = z.infer<typeof contactItem>;

export const groupItem = z.object({
  id: z.number().int(),
  name: z.string(),
  members: z.number().int(),
  createdAt: isoTime,
});
export type GroupItem = z.infer<typeof groupItem>;

const contactName = z.string().trim().max(contactLimits.name);
const note = z.string().trim().max(contactLimits.note);

/** The address book: contacts and groups of an account. */
export const adminContactsRoutes = routeTable({
  contacts: {
    method: 'GET',
    path: '/contacts',
    access: viewer,
    summary: 'Contacts by name, of a group, or found by the beginning of a number or of a word of the name',
    query: found.extend({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(1_000).optional(),
    }),
    answer: page(contactItem),
  },
  contactsCount: {
    method: 'GET',
    path: '/contacts/count',
    access: viewer,
    summary: 'How many contacts a search or a group has',
    query: found,
    answer: z.object({ count: z.number().int() }),
  },
  contact: {
    method: 'GET',
    path: '/contacts/{id}',
    access: viewer,
    summary: 'One contact',
    params: idParam,
    answer: contactItem,
  },
  contactAdd: {
    method: 'POST',
    path: '/contacts',
    access: operator,
    summary: 'Add a contact',
    body: ofAccount.extend({
      msisdn: z.string().max(64),
      name: contactName.default(''),
      fields: fields.default({}),
      note: note.default(''),
      groups: ids.default([]),
    }),
    answer: contactItem,
    audit: { name: 'hidden' },
  },
  contactSet: {
    method: 'PATCH',
    path: '/contacts/{id}',
    access: operator,
    summary: 'Change a contact; what is left out stays, `fields` and `groups` are replaced whole',
    params: idParam,
    body: z.object({
      msisdn: z.string().max(64).optional(),
      name: contactName.optional(),
      fields: fields.optional(),
      note: note.optional(),
      groups: ids.optional(),
    }),
    answer: contactItem,
    audit: { name: 'hidden' },
  },
  contactsRemove: {
    method: 'POST',
    path: '/contacts/remove',
    access: operator,
    summary: 'Remove contacts',
    body: ofAccount.extend({ ids: ids.min(1) }),
    answer: z.object({ removed: z.number().int() }),
  },
  contactsRemoveFound: {
    method: 'POST',
    path: '/contacts/remove-found',
    access: operator,
    summary: 'Remove all contacts of a search or a group, and no more than `most`: as many as the person was told of',
    body: found.extend({ most: z.number().int().positive() }),
    answer: z.object({ removed: z.number().int() }),
    audit: { q: 'hidden' },
  },
  contactsExport: {
    method: 'GET',
    path: '/contacts/export',
    access: operator,
    summary: 'Contacts of an account, a group or a search as a CSV file',
    query: found,
    audit: { q: 'hidden' },
    download: true,
    answer: z.string(),
  },
  groups: {
    method: 'GET',
    path: '/groups',
    access: viewer,
    summary: 'Groups of an account, by name',
    query: ofAccount,
    answer: items(groupItem).extend({ account: z.string(), contacts: z.number().int() }),
  },
  groupAdd: {
    method: 'POST',
    path: '/groups',
    access: operator,
    summary: 'Make a group',
    body: ofAccount.extend({ name }),
    answer: groupItem,
  },
  groupSet: {
    method: 'PATCH',
    path: '/groups/{id}',
    access: operator,
    summary: 'Give a group another name',
    params: idParam,
    body: z.object({ name }),
    answer: groupItem,
  },
  groupRemove: {
    method: 'DELETE',
    path: '/groups/{id}',
    access: admin,
    summary: 'Remove a group; its members stay contacts',
    params: idParam,
    answer: done,
  },
  groupMembers: {
    method: 'POST',
    path: '/groups/{id}/members',
    access: operator,
    summary: 'Put contacts into a group, take others out',
    params: idParam,
    body: z.object({ add: ids.default([]), remove: ids.default([]) }),
    answer: groupItem.extend({ added: z.number().int(), removed: z.number().int() }),
  },
  groupMembersFound: {
    method: 'POST',
    path: '/groups/{id}/members-found',
    access: operator,
    summary: 'Put all contacts of a search or of another group into a group, or take them out',
    params: idParam,
    body: found.extend({ way: z.enum(['add', 'remove']) }),
    answer: groupItem.extend({ added: z.number().int(), removed: z.number().int() }),
    audit: { q: 'hidden', way: 'shown' },
  },
});
