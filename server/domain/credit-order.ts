/**
 * An order of credits (box.md §4): `requested` by somebody who asks for approval, or `ordered` by an administrator, until
 * it is completed, rejected or cancelled. It moves once.
 */
export const orderStates = ['requested', 'ordered', 'completed', 'rejected', 'cancelled'] as const;
export type OrderState = (typeof orderStates)[number];

/** States that an order can still leave. */
export const openOrderStates = ['requested', 'ordered'] as const;
export type OrderEnd = Exclude<OrderState, (typeof openOrderStates)[number]>;

export function isOpenOrder(state: OrderState): boolean {
  return (openOrderStates as readonly OrderState[]).includes(state);
}

/** The most credits that one order, or one change by hand, may have. */
export const mostCredits = 1_000_000_000;
