import { readFileBody } from './read-body.ts';
import type { ContactView } from '../services/address-book/contact-desk.ts';
import { importDelimiters, importEncodings } from '../contract/admin-imports.ts';
import type { ImportView } from '../services/address-book/import-desk.ts';
import { hasHeader } from '../services/address-book/import-rows.ts';
import { iso } from '../services/message-desk.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { personOf } from './person-gate.ts';
import { TextAnswer } from './text-answer.ts';

/** The address book: contacts and groups. */
export function contactHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'contacts'
  | 'contact'
  | 'contactAdd'
  | 'contactSet'
  | 'contactsRemove'
  | 'contactsExport'
  | 'contactsCount'
  | 'contactsRemoveFound'
  | 'groups'
  | 'groupAdd'
  | 'groupSet'
  | 'groupRemove'
  | 'groupMembers'
  | 'groupMembersFound'
> {
  const { contacts } = services.addressBook;
  return {
    contacts: ({ query }) => {
      const { items, nextCursor } = contacts.list(query);
      return { items: items.map(contactItem), nextCursor };
    },
    contact: ({ params }) => contactItem(contacts.get(params.id)),
    contactAdd: async ({ body: { account, ...input } }) => contactItem(await contacts.add(account, input)),
    contactSet: async ({ params, body }) => contactItem(await contacts.change(params.id, body)),
    contactsRemove: async ({ body }) => ({ removed: await contacts.remove(body.account, body.ids) }),
    contactsCount: async ({ query }) => ({ count: await contacts.count(query) }),
    contactsRemoveFound: async ({ body: { most, ...found } }) => ({ removed: await contacts.removeFound(found, most) }),
    contactsExport: ({ query }) => {
      const { name, pieces } = contacts.export(query);
      return new TextAnswer({ contentType: 'text/csv; charset=utf-8', fileName: name, chunks: pieces });
    },
    groups: ({ query }) => {
      const { account, contacts: count, groups } = contacts.groups(query.account);
      return { account, contacts: count, items: groups.map(groupItem) };
    },
    groupAdd: async ({ body }) => groupItem(await contacts.createGroup(body.account, body.name)),
    groupSet: async ({ params, body }) => groupItem(await contacts.renameGroup(params.id, body.name)),
    groupRemove: async ({ params }) => {
      await contacts.removeGroup(params.id);
      return { ok: true };
    },
    groupMembers: async ({ params, body }) => {
      const { added, removed, ...group } = await contacts.changeMembers(params.id, body);
      return { ...groupItem(group), added, removed };
    },
    groupMembersFound: async ({ params, body: { way, ...found } }) => {
      const { added, removed, ...group } = await contacts.changeMembersFound(params.id, found, way);
      return { ...groupItem(group), added, removed };
    },
  };
}

/** Files that become contacts. */
export function importHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'imports'
  | 'importUpload'
  | 'import'
  | 'importSet'
  | 'importRows'
  | 'importReport'
  | 'importStart'
  | 'importPause'
  | 'importCancel'
  | 'importRemove'
> {
  const { imports } = services.addressBook;
  return {
    imports: ({ query }) => {
      const { items, next } = imports.list({ ...query, before: query.cursor });
      return { items: items.map(importItem), nextCursor: next === null ? null : String(next) };
    },
    importUpload: async ({ who, query, request }) => {
      const bytes = await readFileBody(request, services.maxUploadBytes());
      const { account, fileName: name, purpose } = query;
      const file = { account, name, bytes, purpose, by: personOf(who).name };
      return importItem(await imports.read(file));
    },
    import: ({ params }) => importItem(imports.get(params.id)),
    importSet: async ({ params, body }) => importItem(await imports.plan(params.id, body)),
    importRows: ({ params, query }) => {
      const { limit, cursor: after = 0 } = query;
      const which = query.problem ?? (query.problems === 'true' ? 'problems' : 'all');
      const { items, next } = imports.rows(params.id, { limit, after, which });
      return { items, nextCursor: next === null ? null : String(next) };
    },
    importReport: ({ params, query }) => {
      const { name, pieces } = imports.report(params.id, query);
      return new TextAnswer({ contentType: 'text/csv; charset=utf-8', fileName: name, chunks: pieces });
    },
    importStart: async ({ params }) => importItem(await imports.start(params.id)),
    importPause: async ({ params }) => importItem(await imports.pause(params.id)),
    importCancel: async ({ params }) => importItem(await imports.cancel(params.id)),
    importRemove: async ({ params }) => {
      await imports.remove(params.id);
      return { ok: true };
    },
  };
}

function contactItem(view: ContactView) {
  const { createdAt, updatedAt, ...rest } = view;
  return { ...rest, createdAt: new Date(createdAt).toISOString(), updatedAt: new Date(updatedAt).toISOString() };
}

type Group = ReturnType<AdminServices['addressBook']['contacts']['groups']>['groups'][number];

function groupItem({ id, name, member_count: members, created_at: at }: Group) {
  return { id, name, members, createdAt: new Date(at).toISOString() };
}

function importItem(view: ImportView) {
  return {
    id: view.id,
    account: view.account,
    fileName: view.file_name,
    kind: view.kind === 'xlsx' ? ('xlsx' as const) : ('csv' as const),
    encoding: importEncodings.find((one) => one === view.encoding) ?? null,
    delimiter: importDelimiters.find((one) => one === view.delimiter) ?? null,
    hasHeader: hasHeader(view),
    state: view.state,
    columns: view.columns,
    groups: view.groups,
    existing: view.existing === 'skip' ? ('skip' as const) : ('update' as const),
    rows: view.row_count,
    problems: view.problem_count,
    problemKinds: view.kinds,
    doneRows: view.done_count,
    created: view.created_count,
    updated: view.updated_count,
    skipped: view.skipped_count,
    createdBy: view.created_by,
    createdAt: new Date(view.created_at).toISOString(),
    startedAt: iso(view.started_at),
    finishedAt: iso(view.finished_at),
    samples: view.samples,
  };
}
