import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** Messages, their recipients and timelines; the state of the box. */
export function messageHandlers(
  services: AdminServices,
): AdminHandlers<'status' | 'messages' | 'message' | 'recipients' | 'timeline' | 'resend' | 'send'> {
  const { messages, carriers, intake, accounts, version, startedAt } = services;
  return {
    status: () => ({
      version,
      startedAt: new Date(startedAt).toISOString(),
      ...messages.queue(),
      carriers: carriers.list(),
    }),
    messages: ({ query }) =>
      messages.list(query, query.account === undefined ? undefined : accounts.named(query.account).id),
    message: ({ params }) => messages.adminStatus(params.uuid),
    recipients: ({ params, query }) => messages.recipients(params.uuid, query),
    timeline: ({ params }) => ({ items: messages.timeline(params.uuid, params.txId) }),
    resend: async ({ params }) => {
      await messages.resend(params.uuid, params.txId);
      return { ok: true };
    },
    send: async ({ body }) => {
      const account = accounts.named(body.account);
      return await intake.accept(
        { accountId: account.id, keyId: null },
        {
          origin: body.origin ?? accounts.usualSender(account.id),
          message: body.text,
          recipients: body.to,
          scheduledTime: body.at,
        },
      );
    },
  };
}
