import type { v2Routes } from '../contract/v2.ts';
import type { AdminServices } from './admin-services.ts';
import type { Handlers } from './api.ts';
import type { V2Callers } from './v2-gate.ts';

/** The use cases behind the public API; the admin API has them all too. */
export type V2Services = Pick<
  AdminServices,
  | 'intake'
  | 'idempotency'
  | 'preview'
  | 'cancellation'
  | 'messages'
  | 'inboundList'
  | 'accounts'
  | 'codes'
  | 'webhooks'
  | 'webhookLog'
>;

/** Handlers of some operations of the public API. */
export type V2Handlers<K extends keyof typeof v2Routes> = Pick<Handlers<typeof v2Routes, V2Callers>, K>;
