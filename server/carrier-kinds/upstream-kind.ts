import { z } from 'zod';
import { createSepsmsProvider } from '../carriers/upstream/sepsms-provider.ts';
import { createUpstreamCarrier } from '../carriers/upstream/upstream-carrier.ts';
import { carrierKind } from './kind.ts';

const resting = z.object({
  provider: z.enum(['sepsms']).default('sepsms'),
  url: z.string(),
  key: z.string(),
  origin: z.string().optional(),
  idempotent: z.boolean().default(false),
  webhookSecret: z.string().optional(),
  /** Where the provider reaches this box, such as `https://sms.example.com`. */
  publicUrl: z.string().optional(),
  window: z.number().default(8),
});

/** Another SEPSMS, or a provider, that takes messages over HTTP. */
export const upstreamKind = carrierKind({
  usualName: 'Upstream',
  resting,
  secrets: ['key', 'webhookSecret'],
  create: (record, config, host, world) => {
    const { sealer, clock, random, log, askProvider, boxId, callbackPath } = world;
    const { url, origin = null, idempotent, webhookSecret, publicUrl = '' } = config;
    const callback = `${publicUrl.replace(/\/+$/u, '')}${callbackPath(record.id)}`;
    const provider = createSepsmsProvider({
      url,
      key: sealer.unseal(config.key),
      origin,
      idempotent,
      webhookSecret: webhookSecret === undefined ? null : sealer.unseal(webhookSecret),
      boxId: boxId(),
      ask: askProvider,
      clock,
    });
    return createUpstreamCarrier({
      name: record.name,
      provider,
      window: config.window,
      facts: { provider: config.provider, url: new URL(url).origin, callback },
      host,
      clock,
      random,
      log,
    });
  },
});
