import type { ProviderMapping } from '../../../domain/provider-mapping.ts';

/**
 * Vonage SMS API: https://developer.vonage.com/en/api/sms, with delivery receipts.
 * User: the API key; key: the API secret; webhook secret: the signature secret, where receipts are signed (SHA-256 HMAC).
 * A long text goes out in several messages there, each with an id of its own; the first one's receipt stands for all.
 */
export const vonage: ProviderMapping = {
  name: 'Vonage',
  url: 'https://rest.nexmo.com',
  send: {
    request: {
      method: 'POST',
      url: '{url}/sms/json',
      headers: { accept: 'application/json' },
      body: {
        type: 'form',
        fields: {
          api_key: '{user}',
          api_secret: '{key}',
          from: '{from}',
          to: '{to}',
          text: '{text}',
          type: '{encoding}',
          ttl: '{validityMs}',
          callback: '{callbackUrl}',
        },
      },
    },
    encodings: { gsm7: 'text', ucs2: 'unicode' },
    success: { at: '/messages/0/status', equals: ['0'] },
    reference: '/messages/0/message-id',
    code: '/messages/0/status',
    message: '/messages/0/error-text',
    longestValiditySeconds: 604_800,
    codes: {
      // https://developer.vonage.com/api-errors/sms
      '1': 'slow-down',
      '2': 'carrier-fault',
      '3': 'rejected',
      '4': 'carrier-fault',
      '5': 'retry',
      '6': 'rejected',
      '7': 'rejected',
      '8': 'carrier-fault',
      '9': 'no-credit',
      '10': 'slow-down',
      '11': 'carrier-fault',
      '12': 'rejected',
      '14': 'carrier-fault',
      '15': 'sender',
      '22': 'rejected',
      '23': 'carrier-fault',
      '29': 'rejected',
      '32': 'carrier-fault',
      '33': 'rejected',
    },
  },
  statuses: {
    delivered: 'delivered',
    accepted: 'trying',
    buffered: 'trying',
    unknown: 'trying',
    failed: 'failed',
    rejected: 'failed',
    expired: 'expired',
  },
  callback: {
    reference: ['/messageId', '/message-id'],
    number: '/msisdn',
    status: '/status',
    code: '/err-code',
    signature: { kind: 'vonage' },
  },
  balance: {
    request: {
      method: 'GET',
      url: '{url}/account/get-balance?api_key={user}&api_secret={key}',
      headers: { accept: 'application/json' },
    },
    at: '/value',
    unit: 'EUR',
  },
};
