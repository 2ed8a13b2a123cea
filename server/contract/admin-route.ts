import { z } from 'zod';

/** What the operations of the admin API share: who may call, and the forms of usual answers. */

export const anyone = { by: 'anyone' } as const;
export const viewer = { by: 'person', role: 'viewer' } as const;
export const operator = { by: 'person', role: 'operator' } as const;
export const admin = { by: 'person', role: 'admin' } as const;

export const done = z.object({ ok: z.literal(true) });

export function items<T extends z.ZodType>(schema: T) {
  return z.object({ items: z.array(schema) });
}

export function page<T extends z.ZodType>(schema: T) {
  return z.object({ items: z.array(schema), nextCursor: z.string().nullable() });
}
