import { z } from 'zod';
import { drStatuses, messageStates } from '../domain/message-state.ts';

/** ISO 8601 UTC with milliseconds, as every answer writes times (api-v2 §1). */
export const isoTime = z.iso.datetime({ precision: 3 });
export const nullableTime = isoTime.nullable();

export const drStatus = z.enum(drStatuses);
export const messageState = z.enum(messageStates);

export const drSummary = z.array(z.object({ drStatus, count: z.number().int().positive() }));

/** `limit` and `cursor` of every list. A cursor is opaque to callers. */
export function paging(most: number, usual: number) {
  return z.object({
    limit: z.coerce.number().int().min(1).max(most).default(usual),
    cursor: z.string().max(64).optional(),
  });
}

export const errorAnswer = z.object({
  success: z.literal(false),
  error: z.looseObject({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});

export const uuidParam = z.object({ uuid: z.string().max(64) });
export const idParam = z.object({ id: z.coerce.number().int().positive() });
