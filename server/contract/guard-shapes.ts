import { z } from 'zod';
import { senderPurposes } from '../domain/sender.ts';
import { isoTime } from './common.ts';

/** What a sender name may be used for: at least one. */
export const purposes = z
  .array(z.enum(senderPurposes))
  .min(1)
  .transform((given) => senderPurposes.filter((purpose) => given.includes(purpose)));

export const senderWords = z.string().max(64);

export const blockedItem = z.object({
  msisdn: z.string(),
  /** `manual` when a person did it, `opt-out` when its owner asked for it by a text. */
  cause: z.string(),
  createdAt: isoTime,
});
export type BlockedItem = z.infer<typeof blockedItem>;

/** Numbers as people write them. */
export const numbers = z.array(z.string().max(64)).min(1).max(10_000);

/** What was written that is no number: how many, and the first of them. */
export const numbersRead = z.object({ invalidCount: z.number().int(), invalid: z.array(z.string()).max(100) });

export const linkItem = z.object({
  /** `example.com` for it alone, `.example.com` for it and all below it. */
  host: z.string(),
  createdAt: isoTime,
});
export type LinkItem = z.infer<typeof linkItem>;

export const linkHosts = z.array(z.string().max(1_000)).min(1).max(1_000);
