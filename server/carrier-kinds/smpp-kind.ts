import { z } from 'zod';
import { receiptIdForms, type SmppSettings } from '../carriers/smpp/settings.ts';
import { createSmppCarrier } from '../carriers/smpp/smpp-carrier.ts';
import { openSocketStream } from '../platform/socket-stream.ts';
import { carrierKind } from './kind.ts';

const resting = z.object({
  host: z.string(),
  port: z.number(),
  systemId: z.string(),
  password: z.string(),
  systemType: z.string().default(''),
  addressRange: z.string().default(''),
  bind: z.enum(['transceiver', 'pair']).default('transceiver'),
  window: z.number().default(10),
  partsPerSecond: z.number().optional(),
  tls: z.boolean().default(false),
  tlsCa: z.string().optional(),
  tlsVerify: z.boolean().default(true),
  tlsServerName: z.string().optional(),
  longText: z.enum(['udh', 'sar', 'payload']).default('udh'),
  defaultAlphabet: z.enum(['gsm7', 'latin1']).default('gsm7'),
  sourceTon: z.number().optional(),
  sourceNpi: z.number().optional(),
  destTon: z.number().default(1),
  destNpi: z.number().default(1),
  serviceType: z.string().default(''),
  receipts: z.boolean().default(true),
  validity: z.enum(['relative', 'absolute', 'none']).default('relative'),
  receiptIds: z.enum(receiptIdForms).default('auto'),
  receiptZoneMinutes: z.number().optional(),
  query: z.boolean().default(false),
  enquireSeconds: z.number().default(30),
  /** What was found out about the ids of receipts. */
  receiptIdsLearnt: z.enum(receiptIdForms).exclude(['auto']).optional(),
});

type SmppConfig = z.infer<typeof resting>;

/** An account at an SMSC. */
export const smppKind = carrierKind({
  usualName: 'SMPP',
  resting,
  secrets: ['password'],
  create: (record, config, host, { store, sealer, clock, random, log }) => {
    const { host: name, port, tls, tlsCa, tlsVerify, tlsServerName } = config;
    const target = {
      host: name,
      port,
      tls: tls ? { ca: tlsCa ?? null, verify: tlsVerify, serverName: tlsServerName ?? null } : null,
    };
    return createSmppCarrier({
      name: record.name,
      settings: settingsOf(config, sealer.unseal(config.password)),
      open: (ms) => openSocketStream(target, ms, clock),
      host,
      clock,
      random,
      log,
      knownIdForm: config.receiptIdsLearnt ?? null,
      keepIdForm: (form) => store.patchConfig(record.id, { receiptIdsLearnt: form }),
    });
  },
});

function settingsOf(config: SmppConfig, password: string): SmppSettings {
  const { sourceTon, sourceNpi, destTon, destNpi, partsPerSecond, receiptZoneMinutes, enquireSeconds } = config;
  const isTyped = sourceTon !== undefined || sourceNpi !== undefined;
  return {
    ...config,
    password,
    partsPerSecond: partsPerSecond ?? null,
    sourceType: isTyped ? { ton: sourceTon ?? 0, npi: sourceNpi ?? 0 } : null,
    destType: { ton: destTon, npi: destNpi },
    receiptZone: receiptZoneMinutes ?? null,
    enquireMs: enquireSeconds * 1_000,
  };
}
