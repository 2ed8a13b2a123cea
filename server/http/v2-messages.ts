import { sendBody, sendResult } from '../contract/v2-message-shapes.ts';
import { onceByKey } from './idempotent.ts';
import type { V2Handlers, V2Services } from './v2-services.ts';

/** Messages: each operation is one use case and the `result` round it. */
export function messageHandlers(
  services: V2Services,
): V2Handlers<
  | 'sendMessage'
  | 'previewMessage'
  | 'listMessages'
  | 'messageStatus'
  | 'cancelMessage'
  | 'deleteMessage'
  | 'messageRecipients'
> {
  const { intake, idempotency, preview, cancellation, messages } = services;
  return {
    sendMessage: async (call) => ({
      result: await onceByKey(
        idempotency,
        call,
        (remember) => intake.accept(call.who, call.body, remember),
        sendResult,
      ),
    }),
    previewMessage: async ({ who, body }) => {
      const unknownFields = Object.keys(body).filter((name) => !Object.hasOwn(sendBody.shape, name));
      return { result: await preview.preview(who, body, unknownFields) };
    },
    listMessages: ({ who, query }) => ({ result: messages.history(query, who.accountId) }),
    messageStatus: ({ who, params }) => ({ result: messages.status(params.uuid, who.accountId) }),
    cancelMessage: async ({ who, params }) => ({ result: await cancellation.cancel(params.uuid, who.accountId) }),
    deleteMessage: async ({ who, params }) => ({ result: await cancellation.cancel(params.uuid, who.accountId) }),
    messageRecipients: ({ who, params, query }) => ({ result: messages.recipients(params.uuid, query, who.accountId) }),
  };
}
