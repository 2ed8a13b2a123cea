import type { CarrierCall } from '../../domain/carrier.ts';
import type { CallSignature } from '../../domain/provider-mapping.ts';
import { hmac, sameText } from '../../platform/crypto.ts';
import { formFields } from './answer-reading.ts';
import { parseJson } from './json.ts';

export interface SigningSecrets {
  /** Secret that the provider signs its calls with; null when the carrier has none. */
  readonly webhookSecret: string | null;
  /** Key of the account; some providers sign with it. */
  readonly key: string;
  /** The callback address as the provider knows it. */
  readonly callbackUrl: string;
}

/** What is wrong with the signature of a call; null when it is right, or when there is nothing to check it with. */
export function signatureProblem(
  signature: CallSignature | undefined,
  call: CarrierCall,
  secrets: SigningSecrets,
): string | null {
  if (signature === undefined) return null;
  const { webhookSecret, key } = secrets;
  const secret = signature.kind === 'twilio' ? (webhookSecret ?? key) : webhookSecret;
  if (secret === null) return null;
  const [given, wanted] = bothOf(signature, call, secret, secrets);
  if (given === undefined || given === '') return 'A report came without a signature and was not taken.';
  if (sameText(given, wanted)) return null;
  return 'A report came with a wrong signature and was not taken. Check the webhook secret and the public address.';
}

function bothOf(
  signature: CallSignature,
  call: CarrierCall,
  secret: string,
  { callbackUrl }: SigningSecrets,
): [given: string | undefined, wanted: string] {
  switch (signature.kind) {
    case 'twilio':
      return [call.headers['x-twilio-signature'], twilioSignature(call, secret, callbackUrl)];
    case 'vonage': {
      const fields = fieldsOf(call);
      return [fields['sig']?.toLowerCase(), vonageSignature(fields, secret)];
    }
    case 'hmac': {
      const { header, algorithm, encoding, prefix = '' } = signature;
      return [call.headers[header.toLowerCase()], `${prefix}${hmac(algorithm, secret, call.body, encoding)}`];
    }
    case 'token':
      return [call.headers[signature.header.toLowerCase()], secret];
  }
}

/** HMAC-SHA1 over the address as called, and every form field by name, name and value one after the other. */
function twilioSignature(call: CarrierCall, secret: string, callbackUrl: string): string {
  const query = new URLSearchParams({ ...call.query }).toString();
  const fields = Object.entries(formFields(new TextDecoder().decode(call.body)));
  const joined = fields
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}${value}`)
    .join('');
  return hmac('sha1', secret, `${callbackUrl}${query === '' ? '' : `?${query}`}${joined}`, 'base64');
}

/** HMAC-SHA256 over `&name=value` by name, with `&` and `=` in values written as `_`. */
function vonageSignature(fields: Readonly<Record<string, string>>, secret: string): string {
  const text = Object.entries(fields)
    .filter(([name]) => name !== 'sig')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&${name}=${value.replaceAll(/[&=]/gu, '_')}`)
    .join('');
  return hmac('sha256', secret, text, 'hex');
}

/** The flat fields of a call, wherever they stand. */
function fieldsOf(call: CarrierCall): Record<string, string> {
  const document = documentOf(call);
  const flat = typeof document === 'object' && document !== null ? Object.entries(document) : [];
  return Object.fromEntries(flat.map(([name, value]) => [name, String(value)]));
}

/** What a call tells: its JSON, or the fields of its form and its query together. */
export function documentOf(call: CarrierCall): unknown {
  const text = new TextDecoder().decode(call.body);
  const type = call.headers['content-type'] ?? '';
  if (/\bjson\b/iu.test(type) || /^\s*[[{]/u.test(text)) {
    return parseJson(text);
  }
  return { ...call.query, ...formFields(text) };
}
