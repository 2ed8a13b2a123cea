import type { CarrierAdd } from '../../../server/contract/carrier-forms.ts';
import type { UpstreamProvider } from '../../../server/contract/upstream-form.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { useForm } from '../../ui/use-form.ts';

export const carrierKinds = ['modem', 'smpp', 'upstream', 'simulator'] as const;
/** Providers that a form of a few fields describes; one with a mapping of its own is added by the command line. */
export const knownProviders = ['sepsms', 'twilio', 'vonage', 'infobip'] as const satisfies readonly UpstreamProvider[];

export interface CarrierDraft {
  readonly kind: (typeof carrierKinds)[number];
  readonly name: string;
  /** IMEI of the modem that was chosen; empty where its port is typed. */
  readonly imei: string;
  readonly path: string;
  readonly pin: string;
  readonly host: string;
  readonly port: string;
  readonly systemId: string;
  readonly password: string;
  readonly tls: boolean;
  readonly partsPerSecond: string;
  readonly provider: (typeof knownProviders)[number];
  readonly url: string;
  readonly user: string;
  readonly key: string;
  readonly origin: string;
  readonly publicUrl: string;
  readonly webhookSecret: string;
  readonly allowHost: boolean;
}

export type CarrierFields = ReturnType<typeof useForm<CarrierDraft>>;

export const blank: CarrierDraft = {
  kind: 'modem',
  name: '',
  imei: '',
  path: '',
  pin: '',
  host: '',
  port: '2775',
  systemId: '',
  password: '',
  tls: false,
  partsPerSecond: '',
  provider: 'sepsms',
  url: '',
  user: '',
  key: '',
  origin: '',
  publicUrl: '',
  webhookSecret: '',
  allowHost: false,
};

/** Which fields a provider wants beside its key. */
export const providerNeeds: Readonly<
  Record<CarrierDraft['provider'], { readonly url: boolean; readonly user: boolean }>
> = {
  sepsms: { url: true, user: false },
  twilio: { url: false, user: true },
  vonage: { url: false, user: true },
  infobip: { url: true, user: false },
};

/** What is wrong before the box is asked. */
export function faultsOf(draft: CarrierDraft, t: Translate): Partial<Record<keyof CarrierDraft, string | null>> {
  const filled = (text: string) => (text.trim() === '' ? t('field.required') : null);
  const whole = (text: string) => (/^[1-9]\d*$/u.test(text.trim()) ? null : t('field.wholeNumber'));
  switch (draft.kind) {
    case 'modem':
      return {
        path: draft.imei === '' ? filled(draft.path) : null,
        pin: draft.pin === '' || /^\d{4,8}$/u.test(draft.pin) ? null : t('carriers.pinFault'),
      };
    case 'smpp':
      return {
        host: filled(draft.host),
        port: whole(draft.port),
        systemId: filled(draft.systemId),
        partsPerSecond: draft.partsPerSecond.trim() === '' ? null : whole(draft.partsPerSecond),
      };
    case 'upstream': {
      const { url, user } = providerNeeds[draft.provider];
      return { url: url ? filled(draft.url) : null, user: user ? filled(draft.user) : null, key: filled(draft.key) };
    }
    case 'simulator':
      return {};
    default:
      return draft.kind satisfies never;
  }
}

/** The draft as the box wants it: empty fields are left out. */
export function bodyOf(draft: CarrierDraft): CarrierAdd {
  const named = optional('name', draft.name);
  switch (draft.kind) {
    case 'modem':
      return {
        kind: 'modem',
        ...named,
        ...(draft.imei === '' ? optional('path', draft.path) : { imei: draft.imei }),
        ...optional('pin', draft.pin),
      };
    case 'smpp':
      return {
        kind: 'smpp',
        ...named,
        host: draft.host.trim(),
        port: Number(draft.port),
        systemId: draft.systemId.trim(),
        password: draft.password,
        ...(draft.tls ? { tls: true } : {}),
        ...(draft.partsPerSecond.trim() === '' ? {} : { partsPerSecond: Number(draft.partsPerSecond) }),
      };
    case 'upstream':
      return {
        kind: 'upstream',
        ...named,
        provider: draft.provider,
        ...(providerNeeds[draft.provider].url ? optional('url', draft.url) : {}),
        ...(providerNeeds[draft.provider].user ? optional('user', draft.user) : {}),
        ...optional('key', draft.key),
        ...optional('origin', draft.origin),
        ...optional('publicUrl', draft.publicUrl),
        ...optional('webhookSecret', draft.webhookSecret),
        ...(draft.allowHost ? { allowHost: true } : {}),
      };
    case 'simulator':
      return { kind: 'simulator', ...named };
    default:
      return draft.kind satisfies never;
  }
}

function optional<K extends string>(name: K, typed: string): { [N in K]?: string } {
  const value = typed.trim();
  // A record of one name, or of none.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (value === '' ? {} : { [name]: value }) as { [N in K]?: string };
}
