import type { z } from 'zod';
import type { adminMessagesRoutes } from '../contract/admin-messages.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';

type PersonalSend = z.output<typeof adminMessagesRoutes.send.body>;

/** Messages, their recipients and timelines; the state of the box. */
export function messageHandlers(
  services: AdminServices,
): AdminHandlers<
  'status' | 'messages' | 'message' | 'recipients' | 'timeline' | 'resend' | 'markSent' | 'send' | 'preview' | 'cancel'
> {
  const { messages, carriers, intake, preview, cancellation, accounts, version, startedAt } = services;
  const requestOf = (accountId: number, body: PersonalSend) => ({
    origin: body.origin ?? accounts.usualSender(accountId),
    message: body.text,
    recipients: body.to,
    scheduledTime: body.at,
    variables: body.variables,
    priority: body.priority,
    validityMinutes: body.validityMinutes,
    clientRef: body.clientRef,
  });
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
    markSent: async ({ params }) => {
      await messages.markSent(params.uuid, params.txId);
      return { ok: true };
    },
    send: async ({ body }) => {
      const account = accounts.named(body.account);
      return await intake.accept({ accountId: account.id, keyId: null }, requestOf(account.id, body));
    },
    preview: async ({ body }) => {
      const account = accounts.named(body.account);
      const request = requestOf(account.id, body);
      const answer = await preview.closely({ accountId: account.id, keyId: null }, request);
      return { ...answer, origin: request.origin, balance: account.balance };
    },
    cancel: ({ params }) => cancellation.cancel(params.uuid),
  };
}
