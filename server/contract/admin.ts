import { z } from 'zod';
import { eventNames } from '../domain/events.ts';
import { roles } from '../domain/roles.ts';
import { idParam, paging, uuidParam } from './common.ts';
import { messageStatus, recipientItem, recipientsQuery, sendResult } from './v2.ts';
import { routeTable } from './route.ts';

import {
  accountItem,
  accountName,
  boxStatus,
  carrierAdd,
  carrierItem,
  deliveryItem,
  keyCreate,
  keyItem,
  messageRow,
  name,
  senderItem,
  sessionInfo,
  timelineEntry,
  webhookItem,
} from './admin-shapes.ts';

function items<T extends z.ZodType>(schema: T) {
  return z.object({ items: z.array(schema) });
}
function page<T extends z.ZodType>(schema: T) {
  return z.object({ items: z.array(schema), nextCursor: z.string().nullable() });
}
const done = z.object({ ok: z.literal(true) });
const anyone = { by: 'anyone' } as const;
const viewer = { by: 'person', role: 'viewer' } as const;
const operator = { by: 'person', role: 'operator' } as const;
const admin = { by: 'person', role: 'admin' } as const;

/** The box's own API for its pages and its command line. Paths are relative to `/api/admin`. */
export const adminRoutes = routeTable({
  setupState: {
    method: 'GET',
    path: '/setup',
    access: anyone,
    summary: 'Whether the box still waits for its first administrator',
    answer: z.object({ needed: z.boolean() }),
  },
  setup: {
    method: 'POST',
    path: '/setup',
    access: anyone,
    summary: 'Create the first administrator with the code from the console',
    body: z.object({ code: z.string().max(64), user: name, password: z.string().min(10).max(256) }),
    answer: sessionInfo,
  },
  signIn: {
    method: 'POST',
    path: '/session',
    access: anyone,
    summary: 'Sign in',
    body: z.object({ user: z.string().max(64), password: z.string().max(256) }),
    answer: sessionInfo,
  },
  session: { method: 'GET', path: '/session', access: viewer, summary: 'Who is signed in', answer: sessionInfo },
  signOut: { method: 'DELETE', path: '/session', access: viewer, summary: 'Sign out', answer: done },
  status: { method: 'GET', path: '/status', access: viewer, summary: 'State of the box', answer: boxStatus },
  messages: {
    method: 'GET',
    path: '/messages',
    access: viewer,
    summary: 'Messages, newest first',
    query: paging(200, 50),
    answer: page(messageRow),
  },
  message: {
    method: 'GET',
    path: '/messages/{uuid}',
    access: viewer,
    summary: 'One message',
    params: uuidParam,
    answer: messageStatus.extend({ account: z.string(), waiting: z.string().nullable() }),
  },
  recipients: {
    method: 'GET',
    path: '/messages/{uuid}/recipients',
    access: viewer,
    summary: 'Recipients of a message',
    params: uuidParam,
    query: recipientsQuery,
    answer: page(recipientItem),
  },
  timeline: {
    method: 'GET',
    path: '/messages/{uuid}/recipients/{txId}/timeline',
    access: viewer,
    summary: 'What happened to one recipient',
    params: uuidParam.extend({ txId: z.string().max(32) }),
    answer: items(timelineEntry),
  },
  resend: {
    method: 'POST',
    path: '/messages/{uuid}/recipients/{txId}/resend',
    access: operator,
    summary: 'Send again what ended unknown',
    params: uuidParam.extend({ txId: z.string().max(32) }),
    answer: done,
  },
  send: {
    method: 'POST',
    path: '/messages',
    access: operator,
    summary: 'Send a message',
    body: z.object({
      to: z.array(z.string().max(64)).min(1).max(1000),
      text: z.string().max(20_000),
      origin: z.string().max(64).optional(),
      at: z.string().max(64).optional(),
      account: accountName,
    }),
    answer: sendResult,
  },
  accounts: { method: 'GET', path: '/accounts', access: viewer, summary: 'Accounts', answer: items(accountItem) },
  accountCreate: {
    method: 'POST',
    path: '/accounts',
    access: admin,
    summary: 'Create an account',
    body: z.object({ name }),
    answer: accountItem,
  },
  creditAdd: {
    method: 'POST',
    path: '/credits',
    access: admin,
    summary: 'Add credits to an account, or take some',
    body: z.object({
      amount: z.number().int().min(-1_000_000_000).max(1_000_000_000),
      account: accountName,
      note: z.string().max(200).optional(),
    }),
    answer: z.object({ account: z.string(), balance: z.number().int() }),
  },
  keys: { method: 'GET', path: '/keys', access: viewer, summary: 'API keys', answer: items(keyItem) },
  keyCreate: {
    method: 'POST',
    path: '/keys',
    access: admin,
    summary: 'Create an API key; the answer shows it once',
    body: keyCreate,
    answer: keyItem.extend({ key: z.string() }),
  },
  keyRevoke: {
    method: 'DELETE',
    path: '/keys/{id}',
    access: admin,
    summary: 'Revoke an API key',
    params: idParam,
    answer: done,
  },
  senders: { method: 'GET', path: '/senders', access: viewer, summary: 'Sender names', answer: items(senderItem) },
  senderApprove: {
    method: 'POST',
    path: '/senders',
    access: admin,
    summary: 'Approve a sender name',
    body: z.object({ name: z.string().max(64), account: accountName }),
    answer: senderItem,
  },
  carriers: {
    method: 'GET',
    path: '/carriers',
    access: viewer,
    summary: 'Carriers and their state',
    answer: items(carrierItem),
  },
  carrierAdd: {
    method: 'POST',
    path: '/carriers',
    access: admin,
    summary: 'Add a carrier',
    body: carrierAdd,
    answer: carrierItem,
  },
  carrierEnable: {
    method: 'POST',
    path: '/carriers/{id}/enable',
    access: operator,
    summary: 'Put a carrier to work',
    params: idParam,
    answer: carrierItem,
  },
  carrierDisable: {
    method: 'POST',
    path: '/carriers/{id}/disable',
    access: operator,
    summary: 'Take a carrier out of work',
    params: idParam,
    answer: carrierItem,
  },
  carrierRemove: {
    method: 'DELETE',
    path: '/carriers/{id}',
    access: admin,
    summary: 'Remove a carrier',
    params: idParam,
    answer: done,
  },
  webhooks: {
    method: 'GET',
    path: '/webhooks',
    access: viewer,
    summary: 'Webhook endpoints',
    answer: items(webhookItem),
  },
  webhookAdd: {
    method: 'POST',
    path: '/webhooks',
    access: admin,
    summary: 'Register a webhook endpoint; the answer shows its secret once',
    body: z.object({
      url: z.url().max(2000),
      events: z.union([z.literal('all'), z.array(z.enum(eventNames)).min(1)]),
      account: accountName,
      allowHost: z.boolean().default(false),
    }),
    answer: webhookItem.extend({ secret: z.string() }),
  },
  webhookRemove: {
    method: 'DELETE',
    path: '/webhooks/{id}',
    access: admin,
    summary: 'Remove a webhook endpoint',
    params: idParam,
    answer: done,
  },
  webhookDeliveries: {
    method: 'GET',
    path: '/webhooks/{id}/deliveries',
    access: viewer,
    summary: 'Deliveries of an endpoint, newest first',
    params: idParam,
    query: paging(200, 50),
    answer: page(deliveryItem),
  },
  webhookReplay: {
    method: 'POST',
    path: '/webhooks/{id}/deliveries/{delivery}/replay',
    access: operator,
    summary: 'Deliver once more',
    params: idParam.extend({ delivery: z.string().max(64) }),
    answer: done,
  },
  userCreate: {
    method: 'POST',
    path: '/users',
    access: admin,
    summary: 'Create a user',
    body: z.object({ name, password: z.string().min(10).max(256), role: z.enum(roles).default('operator') }),
    answer: z.object({ id: z.number().int(), name: z.string(), role: z.enum(roles) }),
  },
  userPassword: {
    method: 'POST',
    path: '/users/password',
    access: admin,
    summary: "Set a user's password",
    body: z.object({ name, password: z.string().min(10).max(256) }),
    answer: done,
  },
  settings: {
    method: 'GET',
    path: '/settings',
    access: viewer,
    summary: 'Settings',
    answer: items(z.object({ name: z.string(), value: z.unknown(), description: z.string(), restart: z.boolean() })),
  },
  settingSet: {
    method: 'PUT',
    path: '/settings/{name}',
    access: admin,
    summary: 'Change a setting',
    params: z.object({ name: z.string().max(64) }),
    body: z.object({ value: z.unknown() }),
    answer: z.object({ name: z.string(), value: z.unknown() }),
  },
});
export type AdminOperation = keyof typeof adminRoutes;
