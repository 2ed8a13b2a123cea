import { sendBody, sendResult, type v2Routes } from '../contract/v2.ts';
import type { AccountDesk } from '../services/account-desk.ts';
import type { Cancellation } from '../services/cancellation.ts';
import type { Idempotency } from '../services/idempotency.ts';
import type { Intake } from '../services/intake.ts';
import type { KeyCaller } from '../services/key-gate.ts';
import type { MessageDesk } from '../services/message-desk.ts';
import type { Preview } from '../services/preview.ts';
import type { Handlers } from './api.ts';

/** The public API: each operation is one use case and the `result` round it. */
export function v2Handlers(services: {
  readonly intake: Intake;
  readonly idempotency: Idempotency;
  readonly preview: Preview;
  readonly cancellation: Cancellation;
  readonly messages: MessageDesk;
  readonly accounts: AccountDesk;
}): Handlers<typeof v2Routes, KeyCaller> {
  const { intake, idempotency, preview, cancellation, messages, accounts } = services;
  return {
    sendMessage: async ({ who, body, request, response }) => {
      const name = request.headers['idempotency-key'];
      if (typeof name !== 'string') return { result: await intake.accept(who, body) };
      const { answer, replayed } = await idempotency.once(
        { keyId: who.keyId, name, body },
        (remember) => intake.accept(who, body, remember),
        (remembered) => sendResult.parse(remembered),
      );
      if (replayed) response.setHeader('Idempotency-Replayed', 'true');
      return { result: answer };
    },
    previewMessage: async ({ who, body }) => {
      const unknownFields = Object.keys(body).filter((name) => !Object.hasOwn(sendBody.shape, name));
      return { result: await preview.preview(who, body, unknownFields) };
    },
    creditBalance: ({ who }) => ({ result: { balance: accounts.balance(who.accountId) } }),
    messageStatus: ({ who, params }) => ({ result: messages.status(params.uuid, who.accountId) }),
    cancelMessage: async ({ who, params }) => ({ result: await cancellation.cancel(params.uuid, who.accountId) }),
    deleteMessage: async ({ who, params }) => ({ result: await cancellation.cancel(params.uuid, who.accountId) }),
    messageRecipients: ({ who, params, query }) => ({ result: messages.recipients(params.uuid, query, who.accountId) }),
  };
}
