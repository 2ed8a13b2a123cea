import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** The inbox. */
export function inboxHandlers(
  services: AdminServices,
): AdminHandlers<'inbox' | 'inboxText' | 'inboxRead' | 'inboxReadAll' | 'inboxReply'> {
  const { inbox, accounts } = services;
  const idOf = (account: string | undefined) => (account === undefined ? undefined : accounts.named(account).id);
  return {
    inbox: ({ query: { account, ...request } }) => inbox.page(request, idOf(account)),
    inboxText: ({ params }) => inbox.one(params.uuid),
    inboxRead: async ({ params, body }) => await inbox.mark(params.uuid, body.read),
    inboxReadAll: async ({ body: { account, upTo } }) => {
      const time = upTo === undefined ? null : Date.parse(upTo);
      return { marked: await inbox.markAll(idOf(account) ?? null, time) };
    },
    inboxReply: async ({ params, body }) => await inbox.reply(params.uuid, body),
  };
}
