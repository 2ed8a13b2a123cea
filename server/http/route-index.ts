import type { Route } from '../contract/route.ts';
import { AppError } from '../domain/errors.ts';

export interface Match<K extends string> {
  readonly operation: K;
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Entry<K extends string> {
  readonly operation: K;
  readonly route: Route;
  readonly segments: readonly string[];
}

/** Finds the operation of a path: exact paths by a map, paths with parameters by their segments. */
export class RouteIndex<K extends string> {
  readonly #exact = new Map<string, Map<string, Entry<K>>>();
  readonly #patterns: Entry<K>[] = [];

  constructor(routes: Readonly<Record<K, Route>>) {
    for (const operation in routes) {
      const route = routes[operation];
      const entry = { operation, route, segments: route.path.split('/') };
      if (route.path.includes('{')) this.#patterns.push(entry);
      else this.#exact.set(route.path, (this.#exact.get(route.path) ?? new Map()).set(route.method, entry));
    }
  }

  /** The methods that a path has, for the `Allow` header. */
  allowed(path: string): string[] {
    const exact = this.#exact.get(path);
    if (exact !== undefined) return [...exact.keys()];
    const segments = path.split('/');
    const patterns = this.#patterns.filter((entry) => matchSegments(entry.segments, segments) !== null);
    return [...new Set(patterns.map((entry) => entry.route.method))];
  }

  /** @throws AppError `request.not_found`, or `request.method_not_allowed` where only another method exists. */
  find(method: string, path: string): Match<K> {
    const exact = this.#exact.get(path);
    const found = exact?.get(method);
    if (found !== undefined) return { operation: found.operation, route: found.route, params: {} };
    const segments = path.split('/');
    let elsewhere = exact !== undefined;
    // A path that is spelt out in the table is never taken for the parameter of another one.
    for (const entry of elsewhere ? [] : this.#patterns) {
      const params = matchSegments(entry.segments, segments);
      if (params === null) continue;
      if (entry.route.method === method) return { operation: entry.operation, route: entry.route, params };
      elsewhere = true;
    }
    if (elsewhere) throw new AppError('request.method_not_allowed', `${method} is not possible on this path.`);
    throw new AppError('request.not_found', 'There is nothing at this path.');
  }
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const given = segments[index] ?? '';
    if (wanted.startsWith('{')) {
      const value = decode(given);
      if (value === null || value === '') return null;
      params[wanted.slice(1, -1)] = value;
    } else if (wanted !== given) return null;
  }
  return params;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
