import { z } from 'zod';
import { mostCredits } from '../domain/credit-order.ts';
import { accountItem, accountName, keyCreate, keyItem, senderItem } from './admin-shapes.ts';
import { idParam, name } from './common.ts';
import { admin, done, items, viewer } from './admin-route.ts';
import { purposes, senderWords } from './guard-shapes.ts';
import { routeTable } from './route.ts';

export const settingItem = z.object({
  name: z.string(),
  value: z.unknown(),
  /** What it is where nobody has changed it. */
  usual: z.unknown(),
  description: z.string(),
  /** Whether a change takes effect only at the next start. */
  restart: z.boolean(),
  /** JSON schema of the value, for those who offer a field for it. */
  form: z.record(z.string(), z.unknown()),
});
export type SettingItem = z.infer<typeof settingItem>;

/** Accounts with what belongs to them, and the settings of the box. */
export const adminTenancyRoutes = routeTable({
  accounts: { method: 'GET', path: '/accounts', access: viewer, summary: 'Accounts', answer: items(accountItem) },
  accountCreate: {
    method: 'POST',
    path: '/accounts',
    access: admin,
    summary: 'Create an account',
    body: z.object({ name }),
    answer: accountItem,
  },
  accountSet: {
    method: 'PATCH',
    path: '/accounts/{name}',
    access: admin,
    summary: 'Change an account; what is left out stays',
    params: z.object({ name }),
    body: z.object({
      lowCreditThreshold: z.number().int().min(1).max(mostCredits).nullable().optional(),
      metered: z.boolean().optional(),
      suspended: z.boolean().optional(),
    }),
    answer: accountItem,
  },
  creditAdd: {
    method: 'POST',
    path: '/credits',
    access: admin,
    summary: 'Add credits to an account, or take some',
    body: z.object({
      amount: z.number().int().min(-mostCredits).max(mostCredits),
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
    summary: 'Approve a sender name; for what it was asked for, or everything, when no purposes are given',
    body: z.object({ name: senderWords, purposes: purposes.optional(), account: accountName }),
    answer: senderItem,
  },
  settings: {
    method: 'GET',
    path: '/settings',
    access: viewer,
    summary: 'Settings',
    answer: items(settingItem),
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
