import { describe, expect, test } from 'vitest';
import { campaignOf, campaignReason, emptyDraft, messageOf, nameOf } from '../../renderer/writing/draft.ts';
import type { Draft } from '../../renderer/writing/draft.ts';
import { plainer } from '../../renderer/writing/plainer.ts';

const draft: Draft = { ...emptyDraft, numbers: '0812345678, 0898765432', text: 'Hello' };

describe('a draft', () => {
  test('of some numbers is a message', () => {
    expect(campaignReason(draft, 10)).toBeNull();
    expect(messageOf({ ...draft, account: 'Main', clientRef: ' 7 ', priority: 'high' })).toEqual({
      kind: 'message',
      body: { to: ['0812345678', '0898765432'], text: 'Hello', account: 'Main', clientRef: '7', priority: 'high' },
    });
    expect(messageOf({ ...draft, text: ' ' })).toBeNull();
    expect(messageOf({ ...draft, numbers: '' })).toBeNull();
  });

  test('for later is none until it says when', () => {
    expect(messageOf({ ...draft, when: 'later', at: '' })).toBeNull();
    expect(campaignOf({ ...draft, when: 'later', at: '' })).toBeNull();
  });

  test.each([
    ['large', { numbers: Array.from({ length: 11 }, (_, n) => `08123456${10 + n}`).join('\n') }],
    ['groups', { groups: [1] }],
    ['personal', { text: 'Hi {name}' }],
  ] as const)('is a campaign: %s', (reason, changes) => {
    expect(campaignReason({ ...draft, ...changes }, 10)).toBe(reason);
  });

  test('as a campaign leaves out what is no number', () => {
    const at = '2026-01-15T09:00';
    expect(campaignOf({ ...draft, groups: [3], when: 'later', at })).toEqual({
      kind: 'campaign',
      body: {
        text: 'Hello',
        groups: [3],
        numbers: ['0812345678', '0898765432'],
        at: new Date(at).toISOString(),
        priority: 'normal',
        missing: 'skip',
        invalid: 'skip',
      },
    });
    expect(campaignOf({ ...draft, numbers: '' })).toBeNull();
    expect(campaignOf({ ...draft, text: '', templateId: 4 })?.body).toMatchObject({ templateId: 4 });
  });

  test('without a name has that of its beginning', () => {
    expect(nameOf({ ...draft, text: '  Sale!\nToday' })).toBe('Sale!');
    expect(nameOf({ ...draft, text: 'x'.repeat(60) })).toHaveLength(48);
  });
});

describe('plain signs', () => {
  test.each([
    ['It’s “new” – really…', `It's "new" - really...`],
    ['Sale 🎉 today 👍🏽', 'Sale today'],
    ['🎉 Only today 🎉🎉! Yes👍no', 'Only today! Yesno'],
    ['One 🎉\nTwo', 'One\nTwo'],
    ['Hello\u00a0you\u200b', 'Hello you'],
    ['Château ①', 'Chateau 1'],
    ['a\tb', 'a b'],
  ])('stand for others: %j', (text, expected) => {
    expect(plainer(text)?.text).toBe(expected);
  });

  test('are named, each once', () => {
    expect(plainer('“a” “b” 🎉')?.changes).toEqual([
      { from: '“', to: '"' },
      { from: '”', to: '"' },
      { from: '🎉', to: '' },
    ]);
  });

  test.each(['Hello', 'café £5', 'สวัสดี “ครับ”', '你好 🎉', '½ price'])('would not help in %j', (text) => {
    expect(plainer(text)).toBeNull();
  });
});
