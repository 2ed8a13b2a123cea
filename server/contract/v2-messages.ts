import { uuidParam } from './common.ts';
import { result, routeTable } from './route.ts';
import {
  cancelResult,
  historyPage,
  historyQuery,
  messageStatus,
  previewBody,
  previewResult,
  recipientsPage,
  recipientsQuery,
  sendBody,
  sendResult,
} from './v2-message-shapes.ts';

const uuid = '019bbfa2-7c4e-7b1d-9f8b-2c1e5d6f7a80';
const sample = {
  origin: 'SEPSMS',
  recipients: ['66812345678', '66898765432'],
  message: 'สวัสดีคุณลูกค้า รับส่วนลด 10% วันนี้',
  scheduledTime: null,
} as const;
const sampleStatus = {
  uuid,
  origin: sample.origin,
  status: 'completed',
  totalMsisdn: 2,
  drSummary: [{ drStatus: 'success', count: 2 }],
  refundedCount: 0,
  refNo: 'SP260115000042',
  clientRef: null,
  message: sample.message,
  segments: 1,
  totalCredit: 2,
  blockedCount: 0,
  scheduledTime: null,
  createdAt: '2026-01-15T10:30:00.000Z',
  completedAt: '2026-01-15T10:30:04.250Z',
} as const;
/** Codes of the rules that sending and previewing share. */
const refusals = [
  'message.empty',
  'message.too_long',
  'message.missing_variable',
  'message.link_not_registered',
  'message.link_shortened',
  'message.no_valid_recipients',
  'message.too_many_recipients',
  'message.schedule_in_past',
  'message.schedule_too_far',
  'sender.not_approved',
] as const;

/** Messages (api-v2 §4): sent, previewed, read, cancelled. */
export const messageRoutes = routeTable({
  sendMessage: {
    method: 'POST',
    path: '/message/send',
    access: { by: 'key', scope: 'sms:send' },
    summary: 'Send a message to one or many numbers',
    description:
      'The answer comes after everything is on disk: what was answered 200 is not lost, whatever happens then. A number that is none does not stop the others.',
    body: sendBody,
    answer: result(sendResult),
    errors: [...refusals, 'credit.insufficient'],
    idempotent: true,
    examples: {
      body: sample,
      answer: {
        result: { uuid, refNo: 'SP260115000042', totalMsisdn: 2, totalCredit: 2, blockedCount: 0, status: 'pending' },
      },
    },
  },
  previewMessage: {
    method: 'POST',
    path: '/message/preview',
    access: { by: 'key', scope: 'sms:send' },
    summary: 'What a message would be and cost, without sending it',
    description: 'Takes the body of sending. Fields that sending would ignore are named in `warnings`.',
    body: previewBody,
    answer: result(previewResult),
    errors: refusals,
    extension: true,
    examples: {
      body: sample,
      answer: {
        result: {
          encoding: 'ucs2',
          segments: 1,
          characters: 36,
          totalMsisdn: 2,
          totalCredit: 2,
          blockedCount: 0,
          invalidCount: 0,
          parts: [sample.message],
          warnings: [],
        },
      },
    },
  },
  listMessages: {
    method: 'GET',
    path: '/message',
    access: { by: 'key', scope: 'sms:read' },
    summary: 'Messages of the account, newest first',
    query: historyQuery,
    answer: result(historyPage),
    extension: true,
    examples: { answer: { result: { items: [sampleStatus], nextCursor: null } } },
  },
  messageStatus: {
    method: 'GET',
    path: '/message/{uuid}',
    access: { by: 'key', scope: 'sms:read' },
    summary: 'Delivery status of a message',
    params: uuidParam,
    answer: result(messageStatus),
    errors: ['message.not_found'],
    examples: { answer: { result: sampleStatus } },
  },
  cancelMessage: {
    method: 'POST',
    path: '/message/{uuid}/cancel',
    access: { by: 'key', scope: 'sms:send' },
    summary: 'Cancel what was not handed to a carrier yet',
    description: 'What is cancelled is refunded. Asked again, it gives the same answer.',
    params: uuidParam,
    answer: result(cancelResult),
    errors: ['message.not_found', 'message.not_cancellable'],
    extension: true,
    examples: { answer: { result: { uuid, status: 'cancelled', cancelledCount: 2, refundedCredit: 2 } } },
  },
  deleteMessage: {
    method: 'DELETE',
    path: '/message/{uuid}',
    access: { by: 'key', scope: 'sms:send' },
    summary: 'The same as cancel',
    params: uuidParam,
    answer: result(cancelResult),
    errors: ['message.not_found', 'message.not_cancellable'],
    extension: true,
    examples: { answer: { result: { uuid, status: 'cancelled', cancelledCount: 2, refundedCredit: 2 } } },
  },
  messageRecipients: {
    method: 'GET',
    path: '/message/{uuid}/recipients',
    access: { by: 'key', scope: 'sms:read' },
    summary: 'Delivery status of each number',
    description: 'The published reference names this path; its form is that of this box.',
    params: uuidParam,
    query: recipientsQuery,
    answer: result(recipientsPage),
    errors: ['message.not_found'],
    examples: {
      answer: {
        result: {
          items: [
            {
              msisdn: '66812345678',
              txId: '8f3a1c9d2b7e4f60',
              drStatus: 'success',
              errorCode: null,
              errorMessage: null,
              segments: 1,
              credit: 1,
              refunded: false,
              carrier: 'Office modem',
              attempts: 1,
              sentAt: '2026-01-15T10:30:01.120Z',
              deliveredAt: '2026-01-15T10:30:04.000Z',
            },
          ],
          nextCursor: null,
          total: 1,
        },
      },
    },
  },
});
