import type { Route } from '../../domain/routing.ts';

/** A carrier gets so many at a time at the most before another has its turn. */
const mostAtATime = 16;

/**
 * Shares what comes among the carriers of a route by their weights. Who has no room is passed over, and asks for nothing
 * back later: a slow carrier never holds up a quick one, nor does one that was away get all when it returns.
 */
export class Weights {
  /** Recipients that each carrier of a route has taken. */
  readonly #taken = new Map<number, Map<number, number>>();
  readonly #present = new Map<number, Set<number>>();

  /**
   * How many recipients a carrier may take now.
   * @param present carriers of the route that could take something now, it included.
   */
  allowance(route: Route, carrierId: number, present: readonly number[]): number {
    const own = weightOf(route, carrierId);
    if (own === 0) return 0;
    const taken = this.#countsOf(route.id);
    this.#welcome(route, present, taken);
    const others = present.filter((id) => id !== carrierId && weightOf(route, id) > 0);
    if (others.length === 0) return Number.POSITIVE_INFINITY;
    const least = Math.min(...others.map((id) => (taken.get(id) ?? 0) / weightOf(route, id)));
    const smallest = Math.min(own, ...others.map((id) => weightOf(route, id)));
    const atATime = Math.min(mostAtATime, Math.max(1, Math.round(own / smallest)));
    return Math.max(0, Math.floor(least * own - (taken.get(carrierId) ?? 0)) + atATime);
  }

  took(route: Route, carrierId: number): void {
    const taken = this.#countsOf(route.id);
    taken.set(carrierId, (taken.get(carrierId) ?? 0) + 1);
  }

  /** Who comes back begins where the others are. */
  #welcome(route: Route, present: readonly number[], taken: Map<number, number>): void {
    const before = this.#present.get(route.id);
    const stayed = present.filter((id) => before?.has(id) === true);
    if (stayed.length > 0 && stayed.length < present.length) {
      const level = Math.min(...stayed.map((id) => (taken.get(id) ?? 0) / weightOf(route, id)));
      for (const id of present) {
        if (before?.has(id) === true) continue;
        taken.set(id, Math.max(taken.get(id) ?? 0, level * weightOf(route, id)));
      }
    }
    this.#present.set(route.id, new Set(present));
  }

  #countsOf(routeId: number): Map<number, number> {
    let counts = this.#taken.get(routeId);
    if (counts === undefined) {
      counts = new Map();
      this.#taken.set(routeId, counts);
    }
    return counts;
  }
}

function weightOf(route: Route, carrierId: number): number {
  return route.carriers.find((one) => one.carrierId === carrierId)?.weight ?? 0;
}
