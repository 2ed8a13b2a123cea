import { expect, test } from 'vitest';
import { rateOf, withSeen } from '../../renderer/ui/use-rate.ts';

test('a rate is that of the last seconds, and none is said before there are two looks', () => {
  const looks = Array.from({ length: 40 }, (_, second) => ({ at: second * 1000, done: second < 20 ? 0 : second * 50 }));
  let seen = withSeen([], { at: 0, done: 0 });
  expect(rateOf(seen)).toBeNull();
  for (const look of looks) seen = withSeen(seen, look);
  expect(rateOf(seen)).toBeCloseTo(50);
  expect(seen.length).toBeLessThan(14);
});

test('what begins anew is counted anew', () => {
  const seen = withSeen([{ at: 0, done: 900 }], { at: 1000, done: 10 });
  expect(rateOf(seen)).toBeNull();
  expect(rateOf(withSeen(seen, { at: 2000, done: 30 }))).toBe(20);
});
