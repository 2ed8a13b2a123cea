import { describe, expect, it } from 'vitest';
import { heirsOf, routeFault } from '../../renderer/features/routes/route-faults.ts';
import type { RouteItem } from '../../server/contract/admin-routing.ts';

function route(id: number, change: Partial<RouteItem> = {}): RouteItem {
  return {
    id,
    name: `Route ${id}`,
    enabled: true,
    account: null,
    sender: null,
    purpose: null,
    link: null,
    prefixes: [],
    hours: '',
    mode: 'order',
    carriers: [{ carrierId: 1, name: 'SIM', weight: 1 }],
    ...change,
  };
}
const carriers = [
  { id: 1, enabled: true },
  { id: 2, enabled: false },
];
const faultOf = (routes: readonly RouteItem[], at: number) =>
  routeFault(routes[at] ?? route(99), routes, carriers)?.kind ?? null;

describe('a route that never carries anything', () => {
  it.each<[string, Partial<RouteItem>, Partial<RouteItem>, 'covered' | null]>([
    ['all before one', {}, { purpose: 'otp' }, 'covered'],
    ['one before all', { purpose: 'otp' }, {}, null],
    ['the same twice', { account: 'Sales' }, { account: 'Sales' }, 'covered'],
    ['two accounts', { account: 'Sales' }, { account: 'Main' }, null],
    ['a wider prefix', { prefixes: ['66'] }, { prefixes: ['6681', '6689'] }, 'covered'],
    ['a narrower prefix', { prefixes: ['6681'] }, { prefixes: ['66'] }, null],
    ['some numbers before all', { prefixes: ['66'] }, {}, null],
    ['another time of day', { hours: '08:00-20:00' }, {}, null],
    ['the same time of day', { hours: '08:00-20:00' }, { hours: '08:00-20:00' }, 'covered'],
    ['one that is off', { enabled: false }, {}, null],
  ])('is known by %s', (_what, first, second, expected) => {
    expect(faultOf([route(1, first), route(2, second)], 1)).toBe(expected);
  });

  it('says which route takes all of it, and its place', () => {
    const routes = [route(5, { purpose: 'otp' }), route(6), route(7, { link: true })];
    expect(routeFault(route(7, { link: true }), routes, carriers)).toEqual({
      kind: 'covered',
      by: routes[1],
      place: 2,
    });
  });

  it('has carriers that are gone, or that are all off; one that is off itself is no fault', () => {
    const to = (...ids: number[]) => ids.map((carrierId) => ({ carrierId, name: 'x', weight: 1 }));
    expect(faultOf([route(1, { carriers: to(8, 9) })], 0)).toBe('gone');
    expect(faultOf([route(1, { carriers: to(2, 9) })], 0)).toBe('off');
    expect(faultOf([route(1, { carriers: to(2, 1) })], 0)).toBeNull();
    expect(faultOf([route(1, { enabled: false, carriers: to(9) })], 0)).toBeNull();
  });
});

describe('what takes the messages of a route that is removed', () => {
  it('is every later route that may fit some of it, up to one that fits all', () => {
    const gone = route(1, { account: 'Sales' });
    const [links, codes, off, other, all, never] = [
      route(2, { link: true }),
      route(3, { purpose: 'otp', prefixes: ['6681'] }),
      route(4, { enabled: false }),
      route(5, { account: 'Main' }),
      route(6),
      route(7),
    ];
    expect(heirsOf(gone, [gone, links, codes, off, other, all, never])).toEqual({
      heirs: [links, codes, all],
      rest: false,
    });
  });

  it('is what stands behind all routes where none fits all of it', () => {
    const gone = route(1, { prefixes: ['6681'] });
    const [some, none] = [route(2, { prefixes: ['66812'] }), route(3, { prefixes: ['6689'] })];
    expect(heirsOf(gone, [route(9), gone, some, none])).toEqual({ heirs: [some], rest: true });
  });
});
