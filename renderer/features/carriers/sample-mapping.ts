/** A provider that is spoken to in JSON, to begin a description with; docs/upstream-carriers.md says what each part means. */
export const sampleMapping = JSON.stringify(
  {
    name: 'Example SMS',
    url: 'https://api.sms.example',
    send: {
      request: {
        method: 'POST',
        url: '{url}/v1/messages',
        headers: { authorization: 'Bearer {key}' },
        body: { type: 'json', value: { from: '{from}', to: '+{to}', text: '{text}', callback: '{callbackUrl}' } },
      },
      reference: '/message/id',
      code: '/error/code',
      message: '/error/text',
      codes: { invalid_number: 'rejected', busy: 'retry', funds: 'no-credit' },
    },
    statuses: { DELIVERED: 'delivered', FAILED: 'failed', EXPIRED: 'expired' },
    callback: { reference: '/id', status: '/state', code: '/reason' },
  },
  null,
  2,
);
