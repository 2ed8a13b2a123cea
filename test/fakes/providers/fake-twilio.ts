import { createHmac } from 'node:crypto';
import { answer, type Behaviour, type ReceivedPost } from '../webhook-sink.ts';

/**
 * Twilio as its public documents tell: the Messages and Balance resources of the API 2010-04-01, refusals with the codes
 * of the error dictionary, and status callbacks signed with the Auth Token.
 */
export const twilioAccount = { sid: 'AC00000000000000000000000000000001', token: 'auth-token' };

export class FakeTwilio {
  /** What is asked of it next is refused like this. */
  refusal: { readonly status: number; readonly code: number; readonly message: string } | null = null;
  readonly messages = new Map<string, Record<string, string>>();
  /** What looking a message up tells. */
  status = 'queued';
  errorCode: number | null = null;

  meet = (post: ReceivedPost): Behaviour => {
    const { sid, token } = twilioAccount;
    const base = `/2010-04-01/Accounts/${sid}`;
    if (post.headers.authorization !== `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`)
      return refused(401, 20003, 'Authenticate');
    if (post.path === `${base}/Balance.json`) return json(200, { account_sid: sid, balance: '12.34', currency: 'USD' });
    if (post.path === `${base}/Messages.json` && post.method === 'POST') return this.#send(post);
    const [, named] = new RegExp(`^${base}/Messages/(SM[0-9a-f]{32})\\.json$`, 'u').exec(post.path) ?? [];
    const known = this.messages.get(named ?? '');
    if (known === undefined) return refused(404, 20404, 'The requested resource was not found');
    return json(200, {
      sid: named,
      to: known['To'],
      status: this.status,
      error_code: this.errorCode,
      error_message: this.errorCode === null ? null : 'Unreachable destination handset',
    });
  };

  #send(post: ReceivedPost): Behaviour {
    const form = Object.fromEntries(new URLSearchParams(post.body));
    if (post.headers['content-type'] !== 'application/x-www-form-urlencoded')
      return refused(400, 21604, "'To' phone number is required");
    if (this.refusal !== null) return refused(this.refusal.status, this.refusal.code, this.refusal.message);
    if (!/^\+\d{7,15}$/u.test(form['To'] ?? '')) return refused(400, 21211, "Invalid 'To' Phone Number");
    const seconds = Number(form['ValidityPeriod'] ?? 36_000);
    if (seconds < 1 || seconds > 36_000) return refused(400, 21621, 'Invalid ValidityPeriod');
    const sid = `SM${String(this.messages.size + 1).padStart(32, '0')}`;
    this.messages.set(sid, form);
    return json(201, {
      sid,
      status: 'queued',
      to: form['To'],
      from: form['From'],
      body: form['Body'],
      error_code: null,
    });
  }
}

/** Body and headers of a status callback. */
export function twilioCallback(url: string, fields: Readonly<Record<string, string>>, token = twilioAccount.token) {
  const names = Object.keys(fields).toSorted();
  const signed = url + names.map((name) => `${name}${fields[name] ?? ''}`).join('');
  const signature = createHmac('sha1', token).update(signed).digest('base64');
  return {
    body: new URLSearchParams({ ...fields }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
  };
}

function refused(status: number, code: number, message: string): Behaviour {
  return json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}

function json(status: number, body: unknown): Behaviour {
  return answer(status, { 'content-type': 'application/json' }, JSON.stringify(body));
}
