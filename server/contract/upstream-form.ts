import { z } from 'zod';
import { name } from './common.ts';
import { providerMapping } from './provider-mapping.ts';

/** Who is at the other end: another SEPSMS, a provider that is known, or one described by a mapping. */
export const upstreamProviders = ['sepsms', 'twilio', 'vonage', 'infobip', 'custom'] as const;
export type UpstreamProvider = (typeof upstreamProviders)[number];

const secret = z.string().trim().min(1).max(512);
/** An address of HTTP, without a user in it: keys have fields of their own. */
const httpUrl = z
  .url({ protocol: /^https?$/u, hostname: /./u })
  .max(512)
  .refine((url) => !/^https?:\/\/[^/?#]*@/u.test(url), 'an address without user and password');

export const upstreamForm = z.object({
  kind: z.literal('upstream'),
  name: name.optional(),
  provider: z.enum(upstreamProviders).optional(),
  url: httpUrl.optional(),
  /** Account at the provider, where it has one beside the key. */
  user: z.string().trim().min(1).max(256).optional(),
  key: secret.optional(),
  /** Sender name or number to use instead of each message's own. */
  origin: z.string().trim().min(1).max(64).optional(),
  /** Whether another SEPSMS knows `Idempotency-Key`, as every box does. */
  idempotent: z.boolean().optional(),
  /** What the provider signs its calls with. */
  webhookSecret: secret.optional(),
  /** Where the provider reaches this box. */
  publicUrl: httpUrl.optional(),
  /** Hand-overs at one time. */
  window: z.number().int().min(1).max(64).optional(),
  /** How the provider `custom` is spoken to. */
  mapping: providerMapping.optional(),
  /** Puts the hosts on the list of those on the LAN that the box may call, also by plain HTTP. */
  allowHost: z.boolean().optional(),
});
export type UpstreamForm = z.output<typeof upstreamForm>;

/** What may be changed of one that is there: null takes a field away. */
export const upstreamChange = z.object({
  kind: upstreamForm.shape.kind,
  url: httpUrl.optional(),
  user: upstreamForm.shape.user,
  key: secret.optional(),
  origin: upstreamForm.shape.origin.nullable(),
  idempotent: upstreamForm.shape.idempotent,
  webhookSecret: secret.nullable().optional(),
  publicUrl: httpUrl.nullable().optional(),
  window: upstreamForm.shape.window,
  allowHost: upstreamForm.shape.allowHost,
});

const needs: Readonly<Record<UpstreamProvider, readonly ('url' | 'user' | 'key' | 'mapping')[]>> = {
  sepsms: ['url', 'key'],
  twilio: ['user', 'key'],
  vonage: ['user', 'key'],
  infobip: ['url', 'key'],
  custom: ['mapping'],
};

/** Names what a provider cannot do without. */
export function checkUpstream(form: UpstreamForm, context: z.RefinementCtx): void {
  const provider = form.provider ?? 'sepsms';
  for (const field of needs[provider]) {
    if (form[field] !== undefined) continue;
    context.addIssue({ code: 'custom', path: [field], message: `the provider ${provider} needs it` });
  }
  if (provider !== 'custom' && form.mapping !== undefined) {
    context.addIssue({ code: 'custom', path: ['mapping'], message: 'only the provider custom has one' });
  }
  const base = form.url ?? form.mapping?.url;
  if (provider === 'custom' && base === undefined && JSON.stringify(form.mapping ?? {}).includes('"{url}')) {
    context.addIssue({ code: 'custom', path: ['url'], message: 'the mapping begins its addresses with {url}' });
  }
}

/** The hosts that a carrier of this form speaks to, as far as the form says. */
export function hostsOf(form: Pick<UpstreamForm, 'url' | 'mapping'>): string[] {
  const { send, poll, balance, url } = form.mapping ?? {};
  const urls = [form.url, url, send?.request.url, poll?.request.url, balance?.request.url];
  return urls.flatMap((each) => {
    const [origin] = /^https?:\/\/[^/?#{}]+/u.exec(each ?? '') ?? [];
    return origin === undefined || !URL.canParse(origin) ? [] : [new URL(origin).hostname];
  });
}
