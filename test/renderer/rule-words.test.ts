import { describe, expect, it } from 'vitest';
import { bodyOf, blankRule, draftOf, faultsOf, filledReply } from '../../renderer/features/inbox/rules/rule-draft.ts';
import { actWords, fitWords, refusalWords } from '../../renderer/features/inbox/rules/rule-words.ts';
import { en } from '../../renderer/i18n/en.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import type { KeywordItem } from '../../server/contract/admin-keywords.ts';

const t = translator('en', en);
const whole: KeywordItem = {
  id: 1,
  name: 'Prices',
  enabled: false,
  match: 'contains',
  keywords: ['price', 'ราคา'],
  carriers: [1, 2],
  answers: 'Sales',
  hours: '18:00-08:00',
  account: 'Main',
  reply: 'Our prices:\nhttps://shop.example/prices and many more words than a line has',
  origin: 'SHOP',
  forwardTo: '66812345678',
  webhook: 3,
};
const little: KeywordItem = {
  ...whole,
  match: 'any',
  keywords: [],
  carriers: [],
  answers: null,
  hours: '',
  reply: null,
  origin: null,
  forwardTo: null,
  webhook: null,
};
const nameOf = (id: number) => `SIM ${id}`;

describe('a keyword rule in words', () => {
  it('says which texts it fits', () => {
    expect(fitWords(whole, nameOf, t)).toBe(
      'A text with “price”, “ราคา” in it by SIM 1, SIM 2 in answer to messages of Sales from 18:00 to 08:00',
    );
    expect(fitWords(little, nameOf, t)).toBe('Any text');
    expect(fitWords({ ...little, match: 'exact', keywords: ['a', 'b', 'c', 'd', 'e', 'f'] }, nameOf, t)).toBe(
      'The text “a”, “b”, “c”, “d” and 2 more',
    );
  });

  it('says what is done with them', () => {
    expect(actWords(whole, t)).toBe(
      'answers “Our prices: https://shop.example/prices and many more words…” · sends it on to +66 81 234 5678 · inbox of Main · tells webhook 3',
    );
    expect(actWords(little, t)).toBe('inbox of Main');
  });

  it('says why nothing was sent, by code where it is known', () => {
    expect(refusalWords('loop', 'x', t)).toBe('It looks like two machines that answer each other.');
    expect(refusalWords('credit.insufficient', 'x', t)).toBe(en['error.credit.insufficient']);
    expect(refusalWords('new.reason', 'In plain words.', t)).toBe('In plain words.');
    expect(refusalWords(null, null, t)).toBeNull();
  });
});

describe('the form of a keyword rule', () => {
  it.each([whole, little])('gives back what the box has', (rule) => {
    const { id: _id, ...kept } = rule;
    expect(bodyOf(draftOf(rule))).toEqual(kept);
  });

  it('reads keywords as people write them, with spaces inside and each once', () => {
    expect(bodyOf({ ...blankRule, keywords: 'price list, STOP;\n ราคา \nSTOP,' }).keywords).toEqual([
      'price list',
      'STOP',
      'ราคา',
    ]);
  });

  it('says what is wrong, field by field', () => {
    expect(faultsOf(blankRule, t)).toEqual({
      name: 'Fill this in.',
      keywords: 'Name at least one keyword',
      to: null,
      reply: 'Say what is to be done: an answer, a number, an account or a webhook',
    });
    expect(faultsOf({ ...draftOf(whole), keywords: 'x'.repeat(41), to: '', reply: 'Dear {name}' }, t)).toEqual({
      name: null,
      keywords: `“${'x'.repeat(41)}” is too long for a keyword`,
      to: 'Fill in both times, or neither',
      reply: 'name is nothing that can be filled in',
    });
    expect(Object.values(faultsOf(draftOf(little), t))).toEqual([null, null, null, null]);
  });

  it('shows an answer with what is filled in', () => {
    expect(filledReply('{from} wrote {text} at {time}; {other}', { text: 'price', time: '14:05' })).toBe(
      '66812345678 wrote price at 14:05; {other}',
    );
  });
});
