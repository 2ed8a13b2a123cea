import type { V2Handlers, V2Services } from './v2-services.ts';

/** Received messages. */
export function inboundHandlers({ inboundList }: V2Services): V2Handlers<'listInbound'> {
  return {
    listInbound: ({ who, query }) => ({ result: inboundList.page(query, who.accountId) }),
  };
}
