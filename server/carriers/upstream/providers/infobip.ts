import type { ProviderMapping } from '../../../domain/provider-mapping.ts';

/**
 * Infobip SMS API v3: https://www.infobip.com/docs/api/channels/sms, status groups by
 * https://www.infobip.com/docs/developer-resources/api-fundamentals/message-status-codes.
 * Address: the base URL of the account; key: an API key.
 */
export const infobip: ProviderMapping = {
  name: 'Infobip',
  send: {
    request: {
      method: 'POST',
      url: '{url}/sms/3/messages',
      headers: { authorization: 'App {key}', accept: 'application/json' },
      body: {
        type: 'json',
        value: {
          messages: [
            {
              sender: '{from}',
              destinations: [{ to: '{to}' }],
              content: { text: '{text}' },
              options: { validityPeriod: { amount: '{validityMinutes}', timeUnit: 'MINUTES' } },
              webhooks: { delivery: { url: '{callbackUrl}' }, contentType: 'application/json' },
            },
          ],
        },
      },
    },
    success: { at: '/messages/0/status/groupName', equals: ['PENDING', 'DELIVERED'] },
    reference: '/messages/0/messageId',
    code: ['/messages/0/status/name', '/errorCode', '/requestError/serviceException/messageId'],
    message: ['/messages/0/status/description', '/description', '/requestError/serviceException/text'],
    longestValiditySeconds: 172_800,
    codes: {
      REJECTED_SOURCE: 'sender',
      REJECTED_SENDER: 'sender',
      REJECTED_NOT_ENOUGH_CREDITS: 'no-credit',
      REJECTED_PREPAID_PACKAGE_EXPIRED: 'no-credit',
      REJECTED_SYSTEM_ERROR: 'retry',
    },
  },
  statuses: {
    PENDING: 'trying',
    // Has reached the operator, not yet the phone.
    DELIVERED_TO_OPERATOR: 'trying',
    DELIVERED: 'delivered',
    UNDELIVERABLE: 'failed',
    EXPIRED: 'expired',
    REJECTED: 'failed',
  },
  callback: {
    list: '/results',
    reference: '/messageId',
    number: '/to',
    status: ['/status/name', '/status/groupName'],
    code: '/status/name',
    message: ['/error/description', '/status/description'],
    time: '/doneAt',
  },
  poll: {
    request: {
      method: 'GET',
      url: '{url}/sms/3/logs?messageId={reference}',
      headers: { authorization: 'App {key}', accept: 'application/json' },
    },
    list: '/results',
    status: ['/status/name', '/status/groupName'],
    code: '/status/name',
    message: ['/error/description', '/status/description'],
    time: '/doneAt',
  },
  balance: {
    request: {
      method: 'GET',
      url: '{url}/account/1/balance',
      headers: { authorization: 'App {key}', accept: 'application/json' },
    },
    at: '/balance',
    unit: '/currency',
  },
};
