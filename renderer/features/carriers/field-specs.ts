import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import type { Choice } from './choices.ts';

export type FieldName =
  | 'addressRange'
  | 'allowHost'
  | 'balanceCode'
  | 'balanceEveryHours'
  | 'balanceLow'
  | 'balancePattern'
  | 'bind'
  | 'defaultAlphabet'
  | 'destNpi'
  | 'destTon'
  | 'enquireSeconds'
  | 'host'
  | 'idempotent'
  | 'key'
  | 'longText'
  | 'mapping'
  | 'number'
  | 'origin'
  | 'partsPerSecond'
  | 'password'
  | 'pin'
  | 'port'
  | 'publicUrl'
  | 'query'
  | 'receiptIds'
  | 'receipts'
  | 'receiptZoneMinutes'
  | 'serviceType'
  | 'smsc'
  | 'sourceNpi'
  | 'sourceTon'
  | 'systemId'
  | 'systemType'
  | 'tls'
  | 'tlsCa'
  | 'tlsServerName'
  | 'tlsVerify'
  | 'url'
  | 'user'
  | 'validity'
  | 'webhookSecret'
  | 'window';

/** One field of a configuration, and how it is asked for. */
export interface FieldSpec {
  readonly name: FieldName;
  readonly form: 'text' | 'secret' | 'number' | 'flag' | 'choice' | 'long' | 'json';
  /** Fields that few need stand behind a fold. */
  readonly part: 'main' | 'more';
  /** What holds when nothing is said. */
  readonly usual: string | boolean;
  readonly options?: readonly string[];
  readonly required?: true;
  /** May be taken away of one that is there. */
  readonly clears?: true;
  /** Asked for once, when the carrier is added. */
  readonly once?: true;
  readonly placeholder?: string;
}

type Rest = Omit<Partial<FieldSpec>, 'name' | 'form' | 'part'>;

function main(name: FieldName, form: FieldSpec['form'], rest: Rest = {}): FieldSpec {
  return { name, form, part: 'main', usual: form === 'flag' ? false : '', ...rest };
}

function more(name: FieldName, form: FieldSpec['form'], rest: Rest = {}): FieldSpec {
  return { ...main(name, form, rest), part: 'more' };
}

function options(name: FieldName, ...all: readonly [string, ...string[]]): FieldSpec {
  return more(name, 'choice', { usual: all[0], options: all });
}

/** The SIM of a modem; which modem it is, is chosen from those that are plugged in. */
const modem: readonly FieldSpec[] = [
  main('pin', 'secret', { clears: true }),
  main('number', 'text', { clears: true, placeholder: '+66812345678' }),
  more('balanceCode', 'text', { clears: true, placeholder: '*121#' }),
  more('balanceEveryHours', 'number', { clears: true }),
  more('balanceLow', 'number', { clears: true }),
  more('balancePattern', 'text', { clears: true }),
  more('smsc', 'text', { clears: true, placeholder: '+66812345678' }),
];

const smpp: readonly FieldSpec[] = [
  main('host', 'text', { required: true, placeholder: 'smpp.example.com' }),
  main('port', 'number', { required: true, usual: '2775' }),
  main('systemId', 'text', { required: true }),
  main('password', 'secret'),
  main('tls', 'flag'),
  main('partsPerSecond', 'number', { clears: true }),
  options('bind', 'transceiver', 'pair'),
  more('window', 'number', { usual: '10' }),
  more('systemType', 'text'),
  more('addressRange', 'text'),
  more('serviceType', 'text'),
  options('longText', 'udh', 'sar', 'payload'),
  options('defaultAlphabet', 'gsm7', 'latin1'),
  more('sourceTon', 'number', { clears: true }),
  more('sourceNpi', 'number', { clears: true }),
  more('destTon', 'number', { usual: '1' }),
  more('destNpi', 'number', { usual: '1' }),
  options('validity', 'relative', 'absolute', 'none'),
  more('receipts', 'flag', { usual: true }),
  options('receiptIds', 'auto', 'same', 'hex-decimal', 'decimal-hex'),
  more('receiptZoneMinutes', 'number', { clears: true }),
  more('query', 'flag'),
  more('enquireSeconds', 'number', { usual: '30' }),
  more('tlsVerify', 'flag', { usual: true }),
  more('tlsServerName', 'text', { clears: true }),
  more('tlsCa', 'long', { clears: true, placeholder: '-----BEGIN CERTIFICATE-----' }),
];

const origin = main('origin', 'text', { clears: true });
const publicUrl = main('publicUrl', 'text', { clears: true, placeholder: 'https://sms.example.com' });
const upstreamRest = [
  more('webhookSecret', 'secret', { clears: true }),
  more('window', 'number', { usual: '8' }),
  more('allowHost', 'flag'),
] as const;
const url = main('url', 'text', { required: true, placeholder: 'https://sms.example.com' });
const user = main('user', 'text', { required: true });
const key = main('key', 'secret', { required: true });

const upstream: Readonly<Record<Exclude<Choice, 'modem' | 'smpp' | 'simulator'>, readonly FieldSpec[]>> = {
  sepsms: [url, key, main('idempotent', 'flag'), origin, publicUrl, ...upstreamRest],
  twilio: [user, key, origin, publicUrl, ...upstreamRest],
  vonage: [user, key, origin, publicUrl, ...upstreamRest],
  infobip: [url, key, origin, publicUrl, ...upstreamRest],
  custom: [
    main('mapping', 'json', { required: true, once: true }),
    main('url', 'text', { placeholder: 'https://api.example.com' }),
    main('user', 'text'),
    main('key', 'secret'),
    origin,
    publicUrl,
    ...upstreamRest,
  ],
};

/** Every field of what was chosen, in the order in which they are asked for. */
export function specsOf(choice: Choice): readonly FieldSpec[] {
  switch (choice) {
    case 'modem':
      return modem;
    case 'smpp':
      return smpp;
    case 'simulator':
      return [];
    case 'sepsms':
    case 'twilio':
    case 'vonage':
    case 'infobip':
    case 'custom':
      return upstream[choice];
    default:
      return choice satisfies never;
  }
}

/** What was chosen when a carrier that is there was added. */
export function choiceOf(kind: CarrierItem['kind'], provider: unknown): Choice {
  if (kind !== 'upstream') return kind;
  return provider === 'twilio' || provider === 'vonage' || provider === 'infobip' || provider === 'custom'
    ? provider
    : 'sepsms';
}
