import { assert, asyncProperty, constant, dictionary, jsonValue, oneof, record, string } from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isAppError } from '../../server/domain/errors.ts';
import { LargeJson } from '../../server/platform/large-json.ts';
import { systemClock } from '../../server/platform/system-clock.ts';

const parser = new LargeJson(systemClock);
afterAll(() => parser.stop());

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Members are handed over on objects without a prototype; only what they hold is compared. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('parsing large JSON texts in a thread of its own', () => {
  it('gives what JSON.parse gives', async () => {
    const values = oneof(
      jsonValue(),
      record({ message: string(), variables: dictionary(string(), jsonValue()), none: constant(null) }),
    );
    await assert(
      asyncProperty(values, async (value) => {
        const text = JSON.stringify(value);
        expect(plain(await parser.parse(bytes(text)))).toEqual(JSON.parse(text));
      }),
      { seed: 20260115, numRuns: 200 },
    );
  });

  it('keeps order and content of members that come in slices', async () => {
    const recipients = Array.from({ length: 10_001 }, (_, index) => `668${index}`);
    const variables = Object.fromEntries(recipients.map((number, index) => [number, { name: `N${index}` }]));
    const value = { origin: 'SEPSMS', recipients, variables, validityMinutes: 5 };
    expect(plain(await parser.parse(bytes(JSON.stringify(value))))).toEqual(value);
  });

  it('takes member names that objects know already as names only', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `"k${index}":1`).join(',');
    const parsed = await parser.parse(bytes(`{"variables":{"__proto__":{"polluted":true},"constructor":2,${many}}}`));
    const variables = (parsed as { variables: Record<string, unknown> }).variables;
    expect(Object.hasOwn(variables, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(variables.polluted).toBeUndefined();
  });

  it('refuses what is no JSON and goes on with the next text', async () => {
    const broken = ['', '{', '[1,', '{"a":1}}', 'nul', '"\u0001"', '[['.repeat(100_000)];
    for (const text of broken) {
      const error = await parser.parse(bytes(text)).catch((reason: unknown) => reason);
      expect(isAppError(error, 'request.invalid_json'), text.slice(0, 20)).toBe(true);
    }
    expect(await parser.parse(new Uint8Array([0x22, 0xff, 0x22])).catch((reason: unknown) => isAppError(reason))).toBe(
      true,
    );
    expect(await parser.parse(bytes('[1,2]'))).toEqual([1, 2]);
  });

  it('answers several callers in their order', async () => {
    const sizes = Array.from({ length: 20 }, (_, index) => index);
    const answers = await Promise.all(
      sizes.map((size) =>
        parser.parse(bytes(JSON.stringify({ size, list: Array.from({ length: size * 500 }, () => size) }))),
      ),
    );
    expect(answers.map((answer) => (answer as { size: number }).size)).toEqual(sizes);
  });

  it('stays bounded: more than it can hold are refused', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 100 }, () => parser.parse(bytes('{}'))));
    const refused = asked.filter((one) => one.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((one) => isAppError(one.reason, 'store.unavailable'))).toBe(true);
  });
});
