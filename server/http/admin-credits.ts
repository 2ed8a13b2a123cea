import type { CreditDesk } from '../services/credit-desk.ts';
import { iso } from '../services/message-desk.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { personOf } from './person-gate.ts';

/** Orders of credits, and the ledger of an account. */
export function creditHandlers(
  services: AdminServices,
): AdminHandlers<'orders' | 'orderCreate' | 'orderComplete' | 'orderReject' | 'orderCancel' | 'creditLedger'> {
  const { credits } = services;
  return {
    orders: ({ query }) => {
      const { items, nextCursor } = credits.orders(query);
      return { items: items.map(orderItem), nextCursor };
    },
    orderCreate: async ({ who, body }) =>
      orderItem(
        await credits.order(personOf(who), { account: body.account, credits: body.credits, note: body.note ?? null }),
      ),
    orderComplete: async ({ who, params }) => {
      const { order, balance } = await credits.complete(personOf(who), params.id);
      return { ...orderItem(order), balance };
    },
    orderReject: async ({ who, params, body }) =>
      orderItem(await credits.reject(personOf(who), params.id, body.reason ?? null)),
    orderCancel: async ({ who, params, body }) =>
      orderItem(await credits.cancel(personOf(who), params.id, body.reason ?? null)),
    creditLedger: ({ query }) => {
      const { items, nextCursor } = credits.ledger(query);
      return { items: items.map(ledgerItem), nextCursor };
    },
  };
}

function orderItem(row: Awaited<ReturnType<CreditDesk['order']>>) {
  return {
    id: row.id,
    account: row.account,
    credits: row.credits,
    state: row.state,
    note: row.note,
    requestedBy: row.requested_by,
    requestedAt: new Date(row.requested_at).toISOString(),
    decidedBy: row.decided_by,
    decidedAt: iso(row.decided_at),
    reason: row.reason,
  };
}

function ledgerItem(row: ReturnType<CreditDesk['ledger']>['items'][number]) {
  const { id, change, balance, cause, uuid, order_id: order, note, at } = row;
  return { id, at: new Date(at).toISOString(), change, balance, cause, uuid, order, note };
}
