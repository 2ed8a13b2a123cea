import type { ProviderMapping } from '../../../domain/provider-mapping.ts';

/**
 * Twilio, Messages resource of the API 2010-04-01: https://www.twilio.com/docs/messaging/api/message-resource.
 * User: the Account SID; key: the Auth Token, which also signs the status callbacks.
 */
export const twilio: ProviderMapping = {
  name: 'Twilio',
  url: 'https://api.twilio.com',
  send: {
    request: {
      method: 'POST',
      url: '{url}/2010-04-01/Accounts/{user}/Messages.json',
      headers: { authorization: 'Basic {basic}', accept: 'application/json' },
      body: {
        type: 'form',
        fields: {
          To: '+{to}',
          From: '{from}',
          Body: '{text}',
          ValidityPeriod: '{validitySeconds}',
          StatusCallback: '{callbackUrl}',
        },
      },
    },
    success: { statuses: [200, 201] },
    reference: '/sid',
    code: '/code',
    message: '/message',
    longestValiditySeconds: 36_000,
    codes: {
      // https://www.twilio.com/docs/api/errors
      '20003': 'carrier-fault',
      '20005': 'carrier-fault',
      '20006': 'carrier-fault',
      '20429': 'slow-down',
      '21211': 'rejected',
      '21212': 'sender',
      '21408': 'rejected',
      '21602': 'rejected',
      '21603': 'sender',
      '21606': 'sender',
      '21608': 'rejected',
      '21609': 'carrier-fault',
      '21610': 'rejected',
      '21611': 'slow-down',
      '21612': 'rejected',
      '21614': 'rejected',
      '21617': 'rejected',
      '21659': 'sender',
      '21660': 'sender',
    },
  },
  statuses: {
    accepted: 'trying',
    scheduled: 'trying',
    queued: 'trying',
    sending: 'trying',
    sent: 'trying',
    delivered: 'delivered',
    read: 'delivered',
    undelivered: 'failed',
    failed: 'failed',
    canceled: 'failed',
  },
  callback: {
    reference: ['/MessageSid', '/SmsSid'],
    number: '/To',
    status: ['/MessageStatus', '/SmsStatus'],
    code: '/ErrorCode',
    message: '/ErrorMessage',
    signature: { kind: 'twilio' },
    answer: { status: 204, contentType: 'text/plain', body: '' },
  },
  poll: {
    request: {
      method: 'GET',
      url: '{url}/2010-04-01/Accounts/{user}/Messages/{reference}.json',
      headers: { authorization: 'Basic {basic}', accept: 'application/json' },
    },
    status: '/status',
    code: '/error_code',
    message: '/error_message',
  },
  balance: {
    request: {
      method: 'GET',
      url: '{url}/2010-04-01/Accounts/{user}/Balance.json',
      headers: { authorization: 'Basic {basic}', accept: 'application/json' },
    },
    at: '/balance',
    unit: '/currency',
  },
};
