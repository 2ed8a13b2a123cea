import type { V2Operation } from '../../../server/contract/v2.ts';
import type { Answer } from '../../fakes/box.ts';
import type { CallParts, OperationCase, Shop } from './shop.ts';

type MessageOperation = Extract<
  V2Operation,
  | 'sendMessage'
  | 'previewMessage'
  | 'listMessages'
  | 'listInbound'
  | 'messageStatus'
  | 'messageRecipients'
  | 'cancelMessage'
  | 'deleteMessage'
  | 'creditBalance'
>;

const nobody = '00000000-0000-7000-8000-000000000000';

function message(shop: Shop, fields: Readonly<Record<string, unknown>> = {}): CallParts {
  return { body: { origin: 'SEPSMS', message: 'Hello', recipients: [shop.number()], ...fields } };
}

async function sent(shop: Shop): Promise<CallParts> {
  const { result } = await shop.held('sendMessage', message(shop));
  return { params: { uuid: result['uuid'] } };
}

/** A message that has nothing left to cancel. */
async function finished(shop: Shop): Promise<CallParts> {
  const parts = await sent(shop);
  shop.sql("UPDATE message SET state = 'completed', open_count = 0 WHERE uuid = ?", parts.params?.['uuid']);
  return parts;
}

/** The first refusal among answers to requests that came at once. */
function refusedOf(answers: readonly Answer[]): Answer {
  const refused = answers.find((answer) => answer.status === 409);
  if (refused === undefined) throw new Error('none of the requests was told to wait');
  return refused;
}

/** A text with a link, at a box that takes links to registered hosts only. */
function linking(name: 'sendMessage' | 'previewMessage', link: string) {
  return async (shop: Shop): Promise<Answer> => {
    await shop.box.admin('PUT', '/settings/guards.links', { value: 'registered' });
    const answer = await shop.call(name, message(shop, { message: `Look: ${link}` }));
    await shop.box.admin('PUT', '/settings/guards.links', { value: 'any' });
    return answer;
  };
}

/** What is asked of sending and previewing alike. */
function rules(name: 'sendMessage' | 'previewMessage'): OperationCase['refusals'] {
  const refused = (fields: Readonly<Record<string, unknown>>) => (shop: Shop) => shop.call(name, message(shop, fields));
  return {
    'message.empty': refused({ message: ' ' }),
    'message.too_long': refused({ message: 'x'.repeat(1_531) }),
    'message.missing_variable': refused({ message: 'Dear {name}', variables: {} }),
    'message.no_valid_recipients': refused({ recipients: ['021234567'] }),
    'message.schedule_in_past': refused({ scheduledTime: '2020-01-01T00:00:00Z' }),
    'message.schedule_too_far': refused({ scheduledTime: '2126-01-01T00:00:00Z' }),
    'sender.not_approved': refused({ origin: 'OTHER' }),
    'message.link_not_registered': linking(name, 'https://unknown.example/offer'),
    'message.link_shortened': linking(name, 'https://bit.ly/offer'),
    'message.too_many_recipients': async (shop) => {
      await shop.box.admin('PUT', '/settings/message.maxRecipients', { value: 1 });
      const answer = await shop.call(name, message(shop, { recipients: [shop.number(), shop.number()] }));
      await shop.box.admin('PUT', '/settings/message.maxRecipients', { value: 100_000 });
      return answer;
    },
  };
}

const notFound = (name: MessageOperation): OperationCase['refusals'] => ({
  'message.not_found': (shop) => shop.call(name, { params: { uuid: nobody } }),
});
const wrongUuid = { params: { uuid: 'x'.repeat(65) } };
const cancelling = (name: 'cancelMessage' | 'deleteMessage'): OperationCase => ({
  good: sent,
  malformed: wrongUuid,
  refusals: {
    ...notFound(name),
    'message.not_cancellable': async (shop) => shop.call(name, await finished(shop)),
  },
});

export const messageCases: Readonly<Record<MessageOperation, OperationCase>> = {
  sendMessage: {
    good: (shop) => {
      const number = shop.number();
      return message(shop, {
        message: 'Dear {name}, a long and personal text. '.repeat(6),
        recipients: [number, 'no number'],
        variables: { [number]: { name: 'Ann' } },
        clientRef: 'order 7',
        priority: 'high',
      });
    },
    malformed: { body: { origin: 7 } },
    refusals: {
      ...rules('sendMessage'),
      'credit.insufficient': async (shop) => {
        await shop.box.admin('POST', '/accounts', { name: 'Poor' });
        await shop.box.admin('POST', '/senders', { name: 'SEPSMS', account: 'Poor' });
        return shop.call('sendMessage', message(shop), await shop.box.newKey({ account: 'Poor' }));
      },
      'idempotency.key_reused': async (shop) => {
        const headers = { 'idempotency-key': 'used' };
        await shop.held('sendMessage', { ...message(shop), headers });
        return shop.call('sendMessage', { ...message(shop), headers });
      },
      'idempotency.in_progress': async (shop) => {
        const recipients = Array.from({ length: 20_000 }, () => shop.number());
        const parts = { ...message(shop, { recipients }), headers: { 'idempotency-key': 'at once' } };
        return refusedOf(await Promise.all([1, 2, 3, 4].map(() => shop.held('sendMessage', parts))));
      },
    },
  },
  previewMessage: {
    good: (shop) => message(shop, { recipients: [shop.number(), 'no number'], unknown: 1 }),
    malformed: { body: [] },
    refusals: rules('previewMessage'),
  },
  listMessages: {
    good: async (shop) => {
      const number = shop.number();
      await shop.held('sendMessage', message(shop, { recipients: [number], clientRef: 'listed' }));
      return {
        query: `?limit=5&msisdn=${number}&status=pending&origin=SEPSMS&clientRef=listed&from=2020-01-01T00:00:00Z`,
      };
    },
    malformed: { query: '?from=yesterday' },
    refusals: {},
  },
  listInbound: {
    good: (shop) => {
      shop.sql(
        "INSERT INTO inbound (uuid, account_id, carrier_id, sender, text, complete, sent_at, received_at) VALUES (?, 1, 1, ?, 'Half', 0, 0, 1)",
        `00000000-0000-7000-8000-0${shop.number()}`,
        shop.number(),
      );
      return { query: '?limit=5&q=half' };
    },
    malformed: { query: '?limit=none' },
    refusals: {},
  },
  messageStatus: { good: sent, malformed: wrongUuid, refusals: notFound('messageStatus') },
  messageRecipients: {
    good: async (shop) => ({ ...(await sent(shop)), query: '?limit=1&drStatus=pending' }),
    malformed: { params: { uuid: nobody }, query: '?limit=0' },
    refusals: notFound('messageRecipients'),
  },
  cancelMessage: cancelling('cancelMessage'),
  deleteMessage: cancelling('deleteMessage'),
  creditBalance: { good: () => ({}), refusals: {} },
};
