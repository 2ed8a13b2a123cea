import { z } from 'zod';
import { answer, type Behaviour, type ReceivedPost } from '../webhook-sink.ts';

/** The SMS API v3 of Infobip as its public documents tell: one status object a message, delivery reports in a list. */
export const infobipKey = 'infobip-key';

const statuses = {
  PENDING_ACCEPTED: { groupId: 1, groupName: 'PENDING', id: 26, description: 'Message sent to next instance' },
  DELIVERED_TO_OPERATOR: { groupId: 3, groupName: 'DELIVERED', id: 2, description: 'Message delivered to operator' },
  DELIVERED_TO_HANDSET: { groupId: 3, groupName: 'DELIVERED', id: 5, description: 'Message delivered to handset' },
  UNDELIVERABLE_NOT_DELIVERED: { groupId: 2, groupName: 'UNDELIVERABLE', id: 9, description: 'Not delivered' },
  EXPIRED_EXPIRED: { groupId: 4, groupName: 'EXPIRED', id: 15, description: 'Message expired' },
  REJECTED_SENDER: { groupId: 5, groupName: 'REJECTED', id: 13, description: 'Invalid sender' },
  REJECTED_DESTINATION: { groupId: 5, groupName: 'REJECTED', id: 14, description: 'Invalid destination' },
  REJECTED_NOT_ENOUGH_CREDITS: { groupId: 5, groupName: 'REJECTED', id: 12, description: 'Not enough credits' },
} as const;
export type InfobipStatus = keyof typeof statuses;

export function statusObject(name: InfobipStatus) {
  return { name, ...statuses[name] };
}

const request = z.strictObject({
  messages: z.tuple([
    z.strictObject({
      sender: z.string(),
      destinations: z.tuple([z.strictObject({ to: z.string().regex(/^\d+$/u) })]),
      content: z.strictObject({ text: z.string() }),
      options: z.strictObject({
        validityPeriod: z.strictObject({ amount: z.int().max(2_880), timeUnit: z.literal('MINUTES') }),
      }),
      webhooks: z.strictObject({
        delivery: z.strictObject({ url: z.url() }).optional(),
        contentType: z.literal('application/json'),
      }),
    }),
  ]),
});

export class FakeInfobip {
  readonly messages: z.infer<typeof request>['messages'][0][] = [];
  /** Status of the next messages and of what is looked up. */
  status: InfobipStatus = 'PENDING_ACCEPTED';

  meet = (post: ReceivedPost): Behaviour => {
    if (post.headers.authorization !== `App ${infobipKey}`)
      return json(401, {
        errorCode: 'E401',
        description: 'No valid credentials.',
        action: 'Check them.',
        violations: [],
      });
    const url = new URL(post.path, 'http://fake');
    if (url.pathname === '/account/1/balance') return json(200, { balance: 47.79, currency: 'EUR' });
    if (url.pathname === '/sms/3/logs')
      return json(200, { results: [infobipReport(url.searchParams.get('messageId') ?? '', this.status)] });
    const parsed = request.safeParse(JSON.parse(post.body));
    if (url.pathname !== '/sms/3/messages' || !parsed.success)
      return json(400, {
        errorCode: 'E400',
        description: 'Request cannot be processed.',
        action: 'Check.',
        violations: [],
      });
    const [message] = parsed.data.messages;
    this.messages.push(message);
    const status = statusObject(this.status);
    const messageId = `2250be2d-${this.messages.length}`;
    const [{ to: destination }] = message.destinations;
    return json(200, { bulkId: '1', messages: [{ messageId, status, destination, details: { messageCount: 1 } }] });
  };
}

/** One entry of a delivery report or of the logs. */
export function infobipReport(messageId: string, name: InfobipStatus, to = '66812345678') {
  return {
    bulkId: '1',
    messageId,
    to,
    sentAt: '2026-01-15T10:34:00.000+0700',
    doneAt: '2026-01-15T10:35:00.000+0700',
    messageCount: 1,
    status: statusObject(name),
    error: { groupId: 0, groupName: 'OK', id: 0, name: 'NO_ERROR', description: 'No Error', permanent: false },
  };
}

function json(status: number, body: unknown): Behaviour {
  return answer(status, { 'content-type': 'application/json' }, JSON.stringify(body));
}
