import { z } from 'zod';
import { drStatuses, messageStates } from '../domain/message-state.ts';

/** ISO 8601 UTC with milliseconds, as every answer writes times (api-v2 §1). */
export const isoTime = z.iso.datetime({ precision: 3 });
export const nullableTime = isoTime.nullable();

export const drStatus = z.enum(drStatuses).meta({
  id: 'DrStatus',
  description:
    '`pending`: waits to be sent. `sent`: handed to the carrier, no report yet. `success`: delivered. `failed`: not delivered. ' +
    '`expired`: its validity ended before it could be sent. `blocked`: on the blocklist, or the same text went there a moment ago; not sent. `cancelled`: cancelled before it was sent. ' +
    '`unknown`: handed over, and the outcome cannot be had.',
});
export const messageState = z.enum(messageStates).meta({
  id: 'MessageState',
  description:
    '`scheduled` → `pending` → `sending` → `completed`, one way only. `cancelled` when it was cancelled, `failed` when no number could be sent to.',
});

export const drSummary = z.array(z.object({ drStatus, count: z.number().int().positive() }));

/** The meta data of a field that the published reference does not have (api-v2, marked [D]). */
export function extension(description: string) {
  return { description, 'x-sepsms-extension': true } as const;
}

/** `limit` and `cursor` of every list. A cursor is opaque to callers. */
export function paging(most: number, usual: number) {
  return z.object({
    limit: z.coerce.number().int().min(1).max(most).default(usual).meta({ description: 'How many on one page.' }),
    cursor: z
      .string()
      .max(64)
      .optional()
      .meta({ description: '`nextCursor` of the page before; absent for the first page.' }),
  });
}

/** What `nextCursor` of a list says whose filters look at more than they give. */
export const shortPages =
  '`cursor` of the next page; null on the last one. A page may have fewer items than `limit`, even none: only this tells the end.';

export const errorAnswer = z
  .object({
    success: z.literal(false),
    error: z.looseObject({
      code: z.string().meta({ description: 'For programs. Never changes its meaning.' }),
      message: z.string().meta({ description: 'For a person: what happened and what to do next.' }),
      details: z
        .array(z.object({ path: z.string(), message: z.string() }))
        .optional()
        .meta(extension('The fields at fault, with `validation.failed`.')),
    }),
  })
  .meta({ id: 'Error', description: 'The form of every refusal.' });

export const uuidParam = z.object({
  uuid: z.string().max(64).meta({ description: '`uuid` from the answer to sending.' }),
});
export const idParam = z.object({ id: z.coerce.number().int().positive() });

/** Name of a thing that a person gives. */
export const name = z.string().trim().min(1).max(64);
