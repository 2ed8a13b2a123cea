import { describe, expect, it } from 'vitest';
import { parseNumbers } from '../../renderer/writing/numbers.ts';

describe('numbers that are typed or pasted', () => {
  it.each([
    ['0812345678', ['0812345678']],
    ['0812345678, 0898765432;0822222222\n0833333333', ['0812345678', '0898765432', '0822222222', '0833333333']],
    ['081 234 5678\n+66 (0)89-876-5432', ['081 234 5678', '+66 (0)89-876-5432']],
    ['0812345678 0898765432', ['0812345678', '0898765432']],
    ['  \n,, ;', []],
    ['hello', ['hello']],
  ])('%j', (text, numbers) => {
    expect(parseNumbers(text)).toEqual(numbers);
  });
});
