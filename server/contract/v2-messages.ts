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

/** Messages (api-v2 §4): sent, previewed, read, cancelled. */
export const messageRoutes = routeTable({
  sendMessage: {
    method: 'POST',
    path: '/message/send',
    access: { by: 'key', scope: 'sms:send' },
    summary: 'Send a message to one or many numbers',
    body: sendBody,
    answer: result(sendResult),
  },
  previewMessage: {
    method: 'POST',
    path: '/message/preview',
    access: { by: 'key', scope: 'sms:send' },
    summary: 'What a message would be and cost, without sending it',
    body: previewBody,
    answer: result(previewResult),
  },
  listMessages: {
    method: 'GET',
    path: '/message',
    access: { by: 'key', scope: 'sms:read' },
    summary: 'Messages of the account, newest first',
    query: historyQuery,
    answer: result(historyPage),
  },
  messageStatus: {
    method: 'GET',
    path: '/message/{uuid}',
    access: { by: 'key', scope: 'sms:read' },
    summary: 'Delivery status of a message',
    params: uuidParam,
    answer: result(messageStatus),
  },
  cancelMessage: {
    method: 'POST',
    path: '/message/{uuid}/cancel',
    access: { by: 'key', scope: 'sms:send' },
    summary: 'Cancel what was not handed to a carrier yet',
    params: uuidParam,
    answer: result(cancelResult),
  },
  deleteMessage: {
    method: 'DELETE',
    path: '/message/{uuid}',
    access: { by: 'key', scope: 'sms:send' },
    summary: 'The same as cancel',
    params: uuidParam,
    answer: result(cancelResult),
  },
  messageRecipients: {
    method: 'GET',
    path: '/message/{uuid}/recipients',
    access: { by: 'key', scope: 'sms:read' },
    summary: 'Delivery status of each number',
    params: uuidParam,
    query: recipientsQuery,
    answer: result(recipientsPage),
  },
});
