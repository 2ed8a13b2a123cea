import { describe, expect, it } from 'vitest';
import { bodyOf, blankRoute, draftOf, faultsOf } from '../../renderer/features/routes/route-draft.ts';
import { aboutWords, wayWords } from '../../renderer/features/routes/route-words.ts';
import { en } from '../../renderer/i18n/en.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import { moved } from '../../renderer/ui/moved.ts';
import type { RouteItem } from '../../server/contract/admin-routing.ts';

const t = translator('en', en);
const whole: RouteItem = {
  id: 1,
  name: 'Codes',
  enabled: true,
  account: 'Sales',
  sender: 'SHOP',
  purpose: 'otp',
  link: false,
  prefixes: ['66', '886'],
  hours: '08:00-20:00',
  mode: 'order',
  carriers: [
    { carrierId: 1, name: 'SIM 1', weight: 3 },
    { carrierId: 2, name: 'SMPP', weight: 1 },
  ],
};
const nothing: RouteItem = {
  ...whole,
  account: null,
  sender: null,
  purpose: null,
  link: null,
  prefixes: [],
  hours: '',
};

describe('a route in words', () => {
  it('says everything that it names, and nothing else', () => {
    expect(aboutWords(whole, t)).toBe(
      'One-time codes of Sales from SHOP to +66, +886 without a link from 08:00 to 20:00',
    );
    expect(aboutWords(nothing, t)).toBe('All messages');
    expect(aboutWords({ ...nothing, prefixes: ['661', '662', '663', '664', '665', '666'] }, t)).toBe(
      'All messages to +661, +662, +663, +664 and 2 more',
    );
  });

  it('names its carriers in order, or with their shares', () => {
    expect(wayWords(whole, 'en', t)).toBe('SIM 1, then SMPP');
    expect(wayWords({ ...whole, mode: 'share' }, 'en', t)).toBe('SIM 1 75% + SMPP 25%');
  });
});

describe('the form of a route', () => {
  it.each([whole, nothing])('gives back what the box has', (route) => {
    const { id: _id, ...kept } = route;
    expect(bodyOf(draftOf(route))).toEqual({
      ...kept,
      carriers: route.carriers.map(({ carrierId, weight }) => ({ carrierId, weight })),
    });
  });

  it('reads numbers as people write them', () => {
    expect(bodyOf({ ...blankRoute, prefixes: '081; 66-89\n+886 ,' }).prefixes).toEqual(['081', '6689', '+886']);
  });

  it('says what is wrong, field by field', () => {
    const wrong = { ...draftOf(whole), name: ' ', prefixes: '08x', to: '', carriers: [] };
    expect(faultsOf(wrong, t)).toEqual({
      name: 'Fill this in.',
      prefixes: '08x is no beginning of a number',
      to: 'Fill in both times, or neither',
      carriers: 'Choose at least one carrier',
    });
    const weights = draftOf({ ...whole, mode: 'share' });
    expect(faultsOf(weights, t)).toEqual({ name: null, prefixes: null, to: null, carriers: null });
    const carriers = weights.carriers.map((target) => ({ ...target, weight: '0' }));
    expect(faultsOf({ ...weights, to: weights.from, carriers }, t)).toMatchObject({
      to: 'Another time than the first',
      carriers: 'Each weight is a whole number from 1 to 1000',
    });
    expect(faultsOf({ ...weights, mode: 'order', carriers }, t).carriers).toBeNull();
  });
});

describe('an item at another place', () => {
  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 1, 'abc'],
    [7, 0, 'abc'],
  ])('from %i to %i', (from, to, expected) => {
    expect(moved(['a', 'b', 'c'], from, to).join('')).toBe(expected);
  });
});
