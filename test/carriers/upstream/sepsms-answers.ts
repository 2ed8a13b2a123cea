import type { Behaviour, ReceivedPost } from '../../fakes/webhook-sink.ts';
import { answer } from '../../fakes/webhook-sink.ts';

export const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return answer(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));
}

/** A refusal in the documented form. */
export function refusal(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return json(status, { success: false, error: { code, message: `because of ${code}` } }, headers);
}

export const balance = json(200, { result: { balance: 18_420 } });
export const takenAnswer = json(200, {
  result: { uuid, refNo: 'SP260115000001', totalMsisdn: 1, totalCredit: 1, blockedCount: 0, status: 'pending' },
});

/** A SEPSMS that has credits and meets every message alike. */
export function sepsms(send: Behaviour | ((post: ReceivedPost) => Behaviour)): (post: ReceivedPost) => Behaviour {
  return (post) => {
    if (post.path === '/api/v2/message/credit/balance') return balance;
    return typeof send === 'function' ? send(post) : send;
  };
}
