import { z } from 'zod';
import { name } from './common.ts';

/** Text of a C-octet string: letters of Latin-1 without control characters. */
const field = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[ -~\u00a0-\u00ff]*$/u);
const addressType = z.number().int().min(0).max(18);

/** An account at an SMSC. Fields of SMPP 3.4 §5.2 are as long as SMSCs take them, which is longer than the standard says. */
export const smppForm = z.object({
  kind: z.literal('smpp'),
  name: name.optional(),
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[\w.:%-]+$/u),
  port: z.number().int().min(1).max(65_535),
  systemId: field(64).min(1),
  password: field(64),
  systemType: field(32).optional(),
  addressRange: field(40).optional(),
  /** One session for both directions, or one for each. */
  bind: z.enum(['transceiver', 'pair']).optional(),
  /** Submissions that may be without an answer at one time. */
  window: z.number().int().min(1).max(200).optional(),
  /** Parts a second at the most; without it as many as the SMSC takes. */
  partsPerSecond: z.number().int().min(1).max(10_000).optional(),
  tls: z.boolean().optional(),
  /** Certificates to trust instead of the well-known ones, in PEM. */
  tlsCa: z
    .string()
    .max(65_536)
    .regex(/-----BEGIN CERTIFICATE-----/u)
    .optional(),
  /** Whether the certificate must be valid and for this host. */
  tlsVerify: z.boolean().optional(),
  /** The name that stands in the certificate, where it is not the host. */
  tlsServerName: z.string().trim().min(1).max(253).optional(),
  /** Long texts with a header in the text, with parameters beside it, or whole. */
  longText: z.enum(['udh', 'sar', 'payload']).optional(),
  /** What the SMSC takes data_coding 0 for. */
  defaultAlphabet: z.enum(['gsm7', 'latin1']).optional(),
  sourceTon: addressType.optional(),
  sourceNpi: addressType.optional(),
  destTon: addressType.optional(),
  destNpi: addressType.optional(),
  serviceType: field(5).optional(),
  /** Whether delivery receipts are asked for. */
  receipts: z.boolean().optional(),
  validity: z.enum(['relative', 'absolute', 'none']).optional(),
  /** Form of message ids in answers, then in receipts. */
  receiptIds: z.enum(['same', 'hex-decimal', 'decimal-hex', 'auto']).optional(),
  /** Minutes that the SMSC's clock in receipts is ahead of UTC. */
  receiptZoneMinutes: z.number().int().min(-840).max(840).optional(),
  /** Whether the SMSC may be asked what became of messages whose receipts did not come. */
  query: z.boolean().optional(),
  /** Silence in seconds after which the link is tried. */
  enquireSeconds: z.number().int().min(5).max(600).optional(),
});

/** What may be changed of one that is there: null takes a field away. */
export const smppChange = smppForm.omit({ name: true }).partial().extend({
  kind: smppForm.shape.kind,
  partsPerSecond: smppForm.shape.partsPerSecond.nullable(),
  tlsCa: smppForm.shape.tlsCa.nullable(),
  tlsServerName: smppForm.shape.tlsServerName.nullable(),
  sourceTon: smppForm.shape.sourceTon.nullable(),
  sourceNpi: smppForm.shape.sourceNpi.nullable(),
  receiptZoneMinutes: smppForm.shape.receiptZoneMinutes.nullable(),
});
