import { createHmac } from 'node:crypto';
import { answer, type Behaviour, type ReceivedPost } from '../webhook-sink.ts';

/** The SMS API of Vonage as its public documents tell: always 200, the status in the answer; delivery receipts. */
export const vonageAccount = { key: 'abcd1234', secret: 'api-secret', signatureSecret: 'signature-secret' };

export class FakeVonage {
  readonly messages: Record<string, string>[] = [];
  /** Status of the next messages; `0` is success. */
  status = '0';
  errorText = 'because';
  /** Long texts go out in so many messages. */
  parts = 1;

  meet = (post: ReceivedPost): Behaviour => {
    const { key, secret } = vonageAccount;
    const [path, query = ''] = post.path.split('?');
    if (path === '/account/get-balance') {
      const asked = new URLSearchParams(query);
      const known = asked.get('api_key') === key && asked.get('api_secret') === secret;
      return known ? json(200, { value: 10.28, autoReload: false }) : json(401, { 'error-code': '401' });
    }
    if (path !== '/sms/json' || post.method !== 'POST') return answer(404, {}, 'not found');
    const form = Object.fromEntries(new URLSearchParams(post.body));
    if (form['api_key'] !== key || form['api_secret'] !== secret)
      return this.#answer([{ status: '4', 'error-text': 'Bad Credentials' }]);
    if (form['type'] !== 'text' && form['type'] !== 'unicode')
      return this.#answer([{ status: '3', 'error-text': 'type' }]);
    if ((form['callback'] ?? '').length > 100)
      return this.#answer([{ status: '23', 'error-text': 'Invalid Callback Url' }]);
    if (this.status !== '0') return this.#answer([{ status: this.status, 'error-text': this.errorText }]);
    this.messages.push(form);
    const id = (part: number) => `0A${String(this.messages.length).padStart(13, '0')}${part}`;
    return this.#answer(
      Array.from({ length: this.parts }, (_, part) => ({
        to: form['to'],
        'message-id': id(part),
        status: '0',
        'remaining-balance': '10.25',
        'message-price': '0.0333',
        network: '52003',
      })),
    );
  };

  #answer(messages: unknown[]): Behaviour {
    return json(200, { 'message-count': String(messages.length), messages });
  }
}

/** The fields of a delivery receipt, signed where a secret is given (SHA-256 HMAC). */
export function vonageReceipt(fields: Readonly<Record<string, string>>, secret?: string): Record<string, string> {
  const receipt: Record<string, string> = {
    to: 'SHOP',
    'network-code': '52003',
    price: '0.03330000',
    scts: '2601151000',
    'err-code': '0',
    'api-key': vonageAccount.key,
    'message-timestamp': '2026-01-15 10:00:01',
    ...fields,
  };
  if (secret === undefined) return receipt;
  const all = { ...receipt, timestamp: '1768471201', nonce: 'ec11dd3e-1e7f-4db5-9467-82b02cd223b9' };
  const text = Object.entries(all)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&${name}=${value.replaceAll(/[&=]/gu, '_')}`)
    .join('');
  return { ...all, sig: createHmac('sha256', secret).update(text).digest('hex').toUpperCase() };
}

function json(status: number, body: unknown): Behaviour {
  return answer(status, { 'content-type': 'application/json' }, JSON.stringify(body));
}
