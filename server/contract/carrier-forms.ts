import { z } from 'zod';
import { quotaPeriods } from '../domain/quota.ts';
import { isoTime, name } from './common.ts';
import { smppChange, smppForm } from './smpp-form.ts';
import { checkUpstream, upstreamChange, upstreamForm } from './upstream-form.ts';

export const carrierItem = z.object({
  id: z.number().int(),
  name: z.string(),
  kind: z.enum(['modem', 'simulator', 'smpp', 'upstream']),
  enabled: z.boolean(),
  /** Takes no new messages, but still tells reports and receives. */
  paused: z.boolean(),
  state: z.enum(['stopped', 'starting', 'ready', 'paused', 'waiting', 'faulty', 'disabled']),
  reason: z.string(),
  /** The same by a code with values, for pages in other languages; null where there is none. */
  cause: z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** Recipients that it has in its hands. */
  held: z.number().int(),
  uncertain: z.enum(['hold', 'resend']),
  refundFailed: z.boolean(),
  /** Parts sent by its SIM, or by it, in the spans of the calendar that run. */
  usage: z.array(
    z.object({
      period: z.enum(quotaPeriods),
      used: z.number().int(),
      limit: z.number().int().nullable(),
      endsAt: isoTime,
    }),
  ),
});
export type CarrierItem = z.infer<typeof carrierItem>;

/** A modem at this machine. */
export const modemForm = z.object({
  kind: z.literal('modem'),
  name: name.optional(),
  imei: z
    .string()
    .regex(/^\d{14,17}$/u)
    .optional(),
  path: z.string().max(256).optional(),
  usbSerial: z.string().max(128).optional(),
  baudRate: z.number().int().min(1200).max(4_000_000).optional(),
  pin: z
    .string()
    .regex(/^\d{4,8}$/u)
    .optional(),
  smsc: z
    .string()
    .regex(/^\+?\d{5,15}$/u)
    .optional(),
  /** Number of its SIM, where the SIM does not tell it. */
  number: z
    .string()
    .regex(/^\+?\d{5,15}$/u)
    .optional(),
  balanceCode: z
    .string()
    .regex(/^[*#][*#\d]{1,58}#$/u)
    .optional(),
  balancePattern: z
    .string()
    .max(100)
    .regex(/^[^{}]*\{n\}[^{}]*$/u)
    .optional(),
  balanceEveryHours: z.number().int().min(1).max(720).optional(),
  balanceLow: z.number().min(0).max(1_000_000).optional(),
});
const simulatorForm = z.object({ kind: z.literal('simulator'), name: name.optional() });
/** Most parts in a span of the calendar. */
const most = z.number().int().min(1).max(10_000_000).optional();
/** What the owner decides whatever the kind. */
const terms = z.object({
  /** What happens to a hand-over without an answer: kept as `unknown`, or sent again. */
  uncertain: z.enum(['hold', 'resend']).optional(),
  refundFailed: z.boolean().optional(),
  quota: z.object({ minute: most, hour: most, day: most, month: most }).optional(),
});
/** What may be changed while the carrier goes on working. */
export const carrierTerms = terms.extend({ name: name.optional() });
export const carrierAdd = z.discriminatedUnion('kind', [
  modemForm.extend(terms.shape),
  simulatorForm.extend(terms.shape),
  smppForm.extend(terms.shape),
  upstreamForm.extend(terms.shape).superRefine(checkUpstream),
]);
/** What may be changed of a modem that is there: null takes a field away. Which modem it is stays. */
const modemChange = z.object({
  kind: modemForm.shape.kind,
  pin: modemForm.shape.pin.nullable(),
  smsc: modemForm.shape.smsc.nullable(),
  number: modemForm.shape.number.nullable(),
  balanceCode: modemForm.shape.balanceCode.nullable(),
  balancePattern: modemForm.shape.balancePattern.nullable(),
  balanceEveryHours: modemForm.shape.balanceEveryHours.nullable(),
  balanceLow: modemForm.shape.balanceLow.nullable(),
});
/** Changes of a configuration, by the kind of the carrier. */
export const carrierChange = z.discriminatedUnion('kind', [modemChange, smppChange, upstreamChange]);

/** Fields of a configuration that a person gave, and may see again unless they are secret. */
export const carrierFields: Readonly<Record<CarrierItem['kind'], readonly string[]>> = {
  modem: Object.keys(modemForm.shape),
  simulator: Object.keys(simulatorForm.shape),
  smpp: Object.keys(smppForm.shape),
  upstream: Object.keys(upstreamForm.shape),
};
/** What a carrier is set to. */
export const carrierConfiguration = z.object({
  kind: carrierItem.shape.kind,
  /** By the names of its form; what was not given is left out, and so is every secret. */
  fields: z.record(z.string(), z.unknown()),
  /** Names of the secrets that it has. */
  secrets: z.array(z.string()),
});
export type CarrierConfiguration = z.infer<typeof carrierConfiguration>;
export type CarrierChange = z.input<typeof carrierChange>;
export type CarrierAdd = z.infer<typeof carrierAdd>;
