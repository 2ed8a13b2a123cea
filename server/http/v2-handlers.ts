import type { v2Routes } from '../contract/v2.ts';
import type { Handlers } from './api.ts';
import { inboundHandlers } from './v2-inbound.ts';
import { messageHandlers } from './v2-messages.ts';
import { otpHandlers } from './v2-otp.ts';
import type { V2Callers } from './v2-gate.ts';
import type { V2Services } from './v2-services.ts';
import { webhookHandlers } from './v2-webhooks.ts';

/** The public API: thin handlers, by area. */
export function v2Handlers(services: V2Services): Handlers<typeof v2Routes, V2Callers> {
  const { accounts } = services;
  return {
    ...messageHandlers(services),
    ...otpHandlers(services),
    ...webhookHandlers(services),
    ...inboundHandlers(services),
    creditBalance: ({ who }) => ({ result: { balance: accounts.balance(who.accountId) } }),
  };
}
