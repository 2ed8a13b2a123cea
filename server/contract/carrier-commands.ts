import { z } from 'zod';
import { simulatorTroubles, type CarrierCommand, type CarrierCommandAnswer } from '../domain/carrier-command.ts';

/** What a simulator may be made to suffer from. */
export const carrierTroubles = simulatorTroubles;

/** What may be asked of a carrier while it runs. */
export const carrierCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('probe') }),
  z.object({ kind: z.literal('ussd'), code: z.string().trim().min(1).max(182) }),
  z.object({ kind: z.literal('balance') }),
  z.object({ kind: z.literal('at'), line: z.string().trim().min(1).max(256) }),
  z.object({ kind: z.literal('trouble'), troubles: z.array(z.enum(simulatorTroubles)).max(20) }),
]) satisfies z.ZodType<CarrierCommand>;

export const carrierCommandAnswer = z.object({
  /** Whether it was done; `text` then says what was learnt, else why not and what to do. */
  ok: z.boolean(),
  text: z.string(),
  /** What the other side said, line by line. */
  lines: z.array(z.string()).readonly(),
  /** A menu is open and waits for an answer. */
  more: z.boolean(),
}) satisfies z.ZodType<CarrierCommandAnswer>;
