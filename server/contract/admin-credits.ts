import { z } from 'zod';
import { mostCredits, orderStates } from '../domain/credit-order.ts';
import { accountName } from './admin-shapes.ts';
import { idParam, isoTime, nullableTime, paging } from './common.ts';
import { admin, operator, page, viewer } from './admin-route.ts';
import { routeTable } from './route.ts';

const note = z.string().max(200).optional();

export const orderItem = z.object({
  id: z.number().int(),
  account: z.string(),
  credits: z.number().int(),
  /** `requested` waits for approval, `ordered` for the credits; the others are its end. */
  state: z.enum(orderStates),
  note: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: isoTime,
  /** Who completed, rejected or cancelled it. */
  decidedBy: z.string().nullable(),
  decidedAt: nullableTime,
  reason: z.string().nullable(),
});
export type OrderItem = z.infer<typeof orderItem>;

export const ledgerItem = z.object({
  id: z.number().int(),
  at: isoTime,
  change: z.number().int(),
  /** The balance after this change. */
  balance: z.number().int(),
  cause: z.enum(['message', 'refund', 'resend', 'added', 'taken', 'order']),
  /** The message that was paid or given back. */
  uuid: z.uuid().nullable(),
  order: z.number().int().nullable(),
  note: z.string().nullable(),
});
export type LedgerItem = z.infer<typeof ledgerItem>;

/** Orders of credits, and the ledger of an account. */
export const adminCreditsRoutes = routeTable({
  orders: {
    method: 'GET',
    path: '/orders',
    access: viewer,
    summary: 'Orders of credits, newest first',
    query: paging(200, 50).extend({ account: accountName, state: z.enum(orderStates).optional() }),
    answer: page(orderItem),
  },
  orderCreate: {
    method: 'POST',
    path: '/orders',
    access: operator,
    summary: 'Order credits; by others than administrators it is a request for approval',
    body: z.object({ credits: z.number().int().min(1).max(mostCredits), account: accountName, note }),
    answer: orderItem,
  },
  orderComplete: {
    method: 'POST',
    path: '/orders/{id}/complete',
    access: admin,
    summary: 'Add the credits of an order',
    params: idParam,
    answer: orderItem.extend({ balance: z.number().int() }),
  },
  orderReject: {
    method: 'POST',
    path: '/orders/{id}/reject',
    access: admin,
    summary: 'Refuse an order',
    params: idParam,
    body: z.object({ reason: note }),
    answer: orderItem,
  },
  orderCancel: {
    method: 'POST',
    path: '/orders/{id}/cancel',
    access: operator,
    summary: 'Take an order back; one that an administrator made only by an administrator',
    params: idParam,
    body: z.object({ reason: note }),
    answer: orderItem,
  },
  creditLedger: {
    method: 'GET',
    path: '/credits/ledger',
    access: viewer,
    summary: 'Every change of an account’s balance with its cause, newest first',
    query: paging(500, 50).extend({ account: accountName }),
    answer: page(ledgerItem),
  },
});
