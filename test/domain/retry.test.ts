import { describe, expect, it } from 'vitest';
import { maxTries, retryDelay } from '../../server/domain/retry.ts';

const seconds = [5, 30, 120, 600, 1800, 3600, 3600];

describe('retryDelay', () => {
  it('grows from five seconds to an hour over all tries', () => {
    const delays = Array.from({ length: maxTries - 1 }, (_, index) => retryDelay(index + 1, 0.5) / 1000);
    expect(delays).toEqual(seconds);
    expect(retryDelay(1000, 0.5)).toBe(3_600_000);
  });

  it('is spread over a fifth either way', () => {
    expect(retryDelay(1, 0)).toBe(4000);
    expect(retryDelay(1, 0.999_999)).toBe(6000);
    expect(retryDelay(2, 0.25)).toBe(27_000);
  });

  it('waits at least the first delay before anything was tried', () => {
    expect(retryDelay(0, 0.5)).toBe(5000);
  });
});
