import { z } from 'zod';
import { createMappedProvider } from '../carriers/upstream/mapped-provider.ts';
import type { Provider } from '../carriers/upstream/provider.ts';
import { infobip } from '../carriers/upstream/providers/infobip.ts';
import { twilio } from '../carriers/upstream/providers/twilio.ts';
import { vonage } from '../carriers/upstream/providers/vonage.ts';
import { createSepsmsProvider } from '../carriers/upstream/sepsms-provider.ts';
import { createUpstreamCarrier } from '../carriers/upstream/upstream-carrier.ts';
import { providerMapping } from '../contract/provider-mapping.ts';
import { upstreamProviders } from '../contract/upstream-form.ts';
import { AppError } from '../domain/errors.ts';
import type { ProviderMapping } from '../domain/provider-mapping.ts';
import { carrierKind, type KindWorld } from './kind.ts';

const resting = z.object({
  provider: z.enum(upstreamProviders).default('sepsms'),
  url: z.string().optional(),
  user: z.string().default(''),
  key: z.string().optional(),
  origin: z.string().optional(),
  idempotent: z.boolean().default(false),
  webhookSecret: z.string().optional(),
  publicUrl: z.string().optional(),
  window: z.number().default(8),
  mapping: providerMapping.optional(),
});
type Resting = z.output<typeof resting>;

/** Providers whose way of speaking comes with the box. */
export const readyMade: Readonly<Record<'twilio' | 'vonage' | 'infobip', ProviderMapping>> = {
  twilio,
  vonage,
  infobip,
};

/** Another SEPSMS, or a provider, that takes messages over HTTP. */
export const upstreamKind = carrierKind({
  usualName: 'Upstream',
  resting,
  secrets: ['key', 'webhookSecret'],
  create: (record, config, host, world) => {
    const { clock, random, log } = world;
    const path = world.callbackPath(record.id);
    const callbackUrl = config.publicUrl === undefined ? null : `${config.publicUrl.replace(/\/+$/u, '')}${path}`;
    const mapping = config.provider === 'sepsms' ? null : mappingOf(config);
    return createUpstreamCarrier({
      name: record.name,
      provider: providerOf(config, mapping, callbackUrl, world),
      window: config.window,
      facts: {
        provider: mapping?.name ?? 'SEPSMS',
        url: config.url ?? mapping?.url ?? null,
        // Without the box's public address it is for whoever registers it to put that before the path.
        callback: callbackUrl ?? path,
      },
      host,
      clock,
      random,
      log,
    });
  },
});

function providerOf(
  config: Resting,
  mapping: ProviderMapping | null,
  callbackUrl: string | null,
  { sealer, askProvider, boxId, clock }: KindWorld,
): Provider {
  const { url, key, origin = null, idempotent, webhookSecret } = config;
  const common = {
    key: key === undefined ? '' : sealer.unseal(key),
    origin,
    webhookSecret: webhookSecret === undefined ? null : sealer.unseal(webhookSecret),
    boxId: boxId(),
    ask: askProvider,
    clock,
  };
  return mapping === null
    ? createSepsmsProvider({ ...common, url: url ?? '', idempotent })
    : createMappedProvider({ ...common, mapping, url: url ?? null, user: config.user, callbackUrl });
}

function mappingOf({ provider, mapping }: Resting): ProviderMapping {
  if (provider !== 'custom' && provider !== 'sepsms') return readyMade[provider];
  if (mapping !== undefined) return mapping;
  throw new AppError(
    'carrier.config_invalid',
    'The provider custom has no mapping. Remove the carrier and add it again.',
  );
}
