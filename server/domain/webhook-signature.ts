/** How a webhook is signed, so that its receiver can tell it from a forged one (api-v2 §6). */

/** HMAC-SHA256 of `text` under `secret`, both as UTF-8, written as lower-case hex. */
export type HmacHex = (secret: string, text: string) => string;

/** What is signed: `<unix seconds>.<raw body>`. The time is inside, so that an old post cannot be replayed as a new one. */
export function signedText(unixSeconds: number, body: string): string {
  return `${unixSeconds}.${body}`;
}

/**
 * Value of `X-Webhook-Signature`: `t=<seconds>,v1=<hex>`, one `v1=` part for each secret in the order given.
 * During a rotation the new secret comes first, then the old one. The whole secret as shown (`whsec_…`) is the key.
 */
export function signatureHeader(unixSeconds: number, body: string, secrets: readonly string[], hmac: HmacHex): string {
  const text = signedText(unixSeconds, body);
  return [`t=${unixSeconds}`, ...secrets.map((secret) => `v1=${hmac(secret, text)}`)].join(',');
}

/** How long both the old and the new secret sign after a rotation. */
export const rotationOverlapMs = 24 * 60 * 60 * 1000;

/** Starts every endpoint secret, so that a leaked one is recognised. */
export const secretPrefix = 'whsec_';
