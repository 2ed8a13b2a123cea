import { z } from 'zod';
import { messageRow } from './admin-shapes.ts';
import { carrierItem } from './carrier-forms.ts';

/** What `GET /api/admin/live` streams as server-sent events; `reset` tells a page to read everything anew. */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reset') }),
  z.object({ type: z.literal('message'), message: messageRow }),
  z.object({ type: z.literal('carrier'), carrier: carrierItem }),
  /** Texts came in, or were read: what shows the inbox reads it anew. */
  z.object({ type: z.literal('inbound') }),
  /** A person changed something, at another page or by a command: what is on the page is read anew. */
  z.object({ type: z.literal('changed') }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;
export const livePath = '/api/admin/live';
