import type { RouteItem } from '../../../server/contract/admin-routing.ts';

/** What is to be known of a carrier, to judge the routes that name it. */
export interface KnownCarrier {
  readonly id: number;
  readonly enabled: boolean;
}

/** What is wrong with a route: nothing ever reaches it, or nobody of it can carry anything. */
export type RouteFault =
  | { readonly kind: 'covered'; readonly by: RouteItem; readonly place: number }
  | { readonly kind: 'gone' }
  | { readonly kind: 'off' };

/** Why a route that is on never carries anything; null when it may. */
export function routeFault(
  route: RouteItem,
  routes: readonly RouteItem[],
  carriers: readonly KnownCarrier[],
): RouteFault | null {
  if (!route.enabled) return null;
  const place = routes.findIndex((one) => one.id === route.id);
  const before = place === -1 ? [] : routes.slice(0, place);
  const index = before.findIndex((earlier) => earlier.enabled && covers(earlier, route));
  const by = before[index];
  if (by !== undefined) return { kind: 'covered', by, place: index + 1 };
  const known = route.carriers.map(({ carrierId }) => carriers.find(({ id }) => id === carrierId));
  if (known.every((carrier) => carrier === undefined)) return { kind: 'gone' };
  return known.some((carrier) => carrier?.enabled === true) ? null : { kind: 'off' };
}

/**
 * The routes that take what a route takes now, once it is gone: each that may fit some of it, the first first.
 * @returns `rest` when some of it then fits none.
 */
export function heirsOf(
  route: RouteItem,
  routes: readonly RouteItem[],
): { readonly heirs: readonly RouteItem[]; readonly rest: boolean } {
  const place = routes.findIndex((one) => one.id === route.id);
  const heirs: RouteItem[] = [];
  for (const later of routes.slice(place + 1)) {
    if (!later.enabled || !overlap(later, route)) continue;
    heirs.push(later);
    if (covers(later, route)) return { heirs, rest: false };
  }
  return { heirs, rest: true };
}

/** Whether all that the second is about fits the first as well. */
function covers(first: RouteItem, second: RouteItem): boolean {
  const same = (['account', 'sender', 'purpose', 'link'] as const).every(
    (field) => first[field] === null || first[field] === second[field],
  );
  return same && coversNumbers(first, second) && (first.hours === '' || first.hours === second.hours);
}

function coversNumbers(first: RouteItem, second: RouteItem): boolean {
  if (first.prefixes.length === 0) return true;
  return (
    second.prefixes.length > 0 &&
    second.prefixes.every((prefix) => first.prefixes.some((wider) => prefix.startsWith(wider)))
  );
}

/** Whether something may fit both. */
function overlap(first: RouteItem, second: RouteItem): boolean {
  const agree = (['account', 'sender', 'purpose', 'link'] as const).every(
    (field) => first[field] === null || second[field] === null || first[field] === second[field],
  );
  if (!agree || first.prefixes.length === 0 || second.prefixes.length === 0) return agree;
  return first.prefixes.some((one) => second.prefixes.some((other) => one.startsWith(other) || other.startsWith(one)));
}
