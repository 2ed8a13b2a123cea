import type { v2Routes } from '../contract/v2.ts';
import type { KeyCaller } from '../services/key-gate.ts';
import type { Handlers } from './api.ts';
import { inboundHandlers } from './v2-inbound.ts';
import { messageHandlers } from './v2-messages.ts';
import type { V2Services } from './v2-services.ts';

/** The public API: thin handlers, by area. */
export function v2Handlers(services: V2Services): Handlers<typeof v2Routes, KeyCaller> {
  const { accounts } = services;
  return {
    ...messageHandlers(services),
    ...inboundHandlers(services),
    creditBalance: ({ who }) => ({ result: { balance: accounts.balance(who.accountId) } }),
  };
}
