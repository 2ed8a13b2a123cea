import type { TxIdCodec } from '../../domain/tx-id.ts';

/** Turns a delivery's row id into the `X-Webhook-Id` that receivers see, and back; null for a text that is none. */
export interface WebhookIds {
  encode(id: number): string;
  decode(text: string): number | null;
}

const prefix = 'evt_';

/** Ids such as `evt_5f0c…`; the same for every attempt at one delivery, and telling nothing about how many there are. */
export function createWebhookIds(codec: TxIdCodec): WebhookIds {
  return {
    encode: (id) => prefix + codec.encode(id),
    decode: (text) => (text.startsWith(prefix) ? codec.decode(text.slice(prefix.length)) : null),
  };
}
