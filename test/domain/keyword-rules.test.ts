import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fittingRule, keywordMatches, type KeywordMatch, type KeywordRule } from '../../server/domain/keyword-rules.ts';

const seed = 20260115;

const anything: KeywordRule = {
  id: 1,
  name: 'Any',
  enabled: true,
  match: 'any',
  keywords: [],
  carrierIds: [],
  answersAccountId: null,
  hours: '',
  accountId: null,
  reply: null,
  replyOrigin: null,
  forwardTo: null,
  endpointId: null,
};

function fits(
  rule: Partial<KeywordRule>,
  text: string,
  more: Partial<Parameters<typeof fittingRule>[1]> = {},
): boolean {
  const given = { text, carrierId: 1, minute: 600, answers: () => false, ...more };
  return fittingRule([{ ...anything, ...rule }], given) !== null;
}

describe('a keyword', () => {
  test.each<[KeywordMatch, string, string, boolean]>([
    ['exact', 'INFO', 'info', true],
    ['exact', 'info', '  Info! ', true],
    ['exact', 'info', 'info please', false],
    ['exact', 'ราคา', 'ราคา', true],
    ['exact', 'ราคา', '\u200Bราคา\u200B', true],
    ['exact', 'İSTANBUL', 'i̇stanbul', true],
    ['exact', 'straße', 'STRASSE', true],
    ['exact', 'two words', 'Two words.', true],
    ['first', 'order', 'Order 5 boxes', true],
    ['first', 'order', 'ORDER', true],
    ['first', 'order', 'order:5', true],
    ['first', 'order', 'orders 5', false],
    ['first', 'order', 'my order', false],
    ['first', 'new order', 'new   order 5', true],
    ['first', '5', '55 boxes', false],
    ['first', 'ราคา', 'ราคา 5 กล่อง', true],
    ['first', 'ราคา', 'ราคาเท่าไร', false],
    ['contains', 'price', 'what is the price?', true],
    ['contains', 'price', 'priceless', false],
    ['contains', 'cat', 'education', false],
    ['contains', 'cat', 'education about a cat', true],
    ['contains', 'ราคา', 'ขอราคาหน่อยครับ', true],
    ['contains', '價格', '請問價格多少', true],
    ['contains', 'ที', 'ที่บ้าน', false],
    ['contains', '😀', 'ok😀ok', true],
    ['contains', 'x', 'ขอxครับ', true],
    ['any', '', '', true],
  ])('%s %j in %j: %s', (match, keyword, text, expected) => {
    expect(fits({ match, keywords: ['never', keyword] }, text)).toBe(expected);
  });

  test('is looked for in the beginning of a very long text only', () => {
    expect(fits({ match: 'contains', keywords: ['needle'] }, `${'hay '.repeat(300)}needle`)).toBe(true);
    expect(fits({ match: 'contains', keywords: ['needle'] }, `${'hay '.repeat(500)}needle`)).toBe(false);
  });

  test('whatever it is, is found where it stands, and nothing breaks on any text', () => {
    const words = string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    assert(
      property(
        words,
        words,
        constantFrom(...keywordMatches),
        array(words, { maxLength: 3 }),
        (text, keyword, match, more) => {
          fits({ match, keywords: [keyword, ...more] }, text);
          const says = /[\p{L}\p{N}]/u.test(keyword.normalize('NFC'));
          if (says) expect(fits({ match, keywords: [...more, keyword] }, ` ${keyword} `)).toBe(true);
          if (says && match !== 'exact') expect(fits({ match, keywords: [keyword] }, `${keyword} ${text}`)).toBe(true);
          // A text that holds nothing of any keyword fits only where anything does.
          if (says) expect(fits({ match, keywords: [keyword] }, '')).toBe(match === 'any');
        },
      ),
      { seed, numRuns: 1_000 },
    );
  });
});

describe('a rule', () => {
  test('that comes first decides, and one that is off never does', () => {
    const rules = [
      { ...anything, id: 1, enabled: false },
      { ...anything, id: 2, match: 'exact' as const, keywords: ['a'] },
      { ...anything, id: 3 },
      { ...anything, id: 4 },
    ];
    const ids = (text: string) => fittingRule(rules, { text, carrierId: 1, minute: 0, answers: () => false })?.id;
    expect([ids('a'), ids('b')]).toEqual([2, 3]);
    expect(fittingRule([], { text: 'a', carrierId: 1, minute: 0, answers: () => false })).toBeNull();
  });

  test('may be about some carriers', () => {
    expect(fits({ carrierIds: [2, 3] }, 'x', { carrierId: 3 })).toBe(true);
    expect(fits({ carrierIds: [2, 3] }, 'x', { carrierId: 1 })).toBe(false);
  });

  test('may be about what answers a message of an account, asked only when all else fits', () => {
    const asked: number[] = [];
    const answers = (id: number) => asked.push(id) > 0 && id === 7;
    expect(fits({ answersAccountId: 7 }, 'x', { answers })).toBe(true);
    expect(fits({ answersAccountId: 8 }, 'x', { answers })).toBe(false);
    expect(fits({ answersAccountId: 7, match: 'exact', keywords: ['y'] }, 'x', { answers })).toBe(false);
    expect(asked).toEqual([7, 8]);
  });

  test.each([
    ['08:00-17:00', 480, true],
    ['08:00-17:00', 1_019, true],
    ['08:00-17:00', 1_020, false],
    ['08:00-17:00', 479, false],
    ['22:00-06:00', 1_320, true],
    ['22:00-06:00', 0, true],
    ['22:00-06:00', 360, false],
    ['', 0, true],
    ['broken', 600, false],
  ])('with the hours %j at minute %i: %s', (hours, minute, expected) => {
    expect(fits({ hours }, 'x', { minute })).toBe(expected);
  });
});
