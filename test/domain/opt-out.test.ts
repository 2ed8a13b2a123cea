import { describe, expect, test } from 'vitest';
import { optWish, optWords } from '../../server/domain/opt-out.ts';

const words = { out: optWords(['STOP', 'ยกเลิก', '停止', 'Arrêt']), in: optWords(['START', 'สมัคร']) };

describe('a whole text that is a keyword', () => {
  test.each([
    'STOP',
    'stop',
    'Stop.',
    ' stop!! ',
    '\u200bSTOP\u200b \n',
    'stop…',
    'ยกเลิก',
    ' ยกเลิก. ',
    '停止',
    '停止。',
    'ARRÊT',
    'arre\u0302t',
  ])('asks for no more: %j', (text) => {
    expect(optWish(text, words)).toBe('opt-out');
  });

  test.each(['START', 'start.', 'สมัคร', 'สมัคร ครับ'.slice(0, 5)])('asks for messages again: %j', (text) => {
    expect(optWish(text, words)).toBe('opt-in');
  });

  test.each([
    'Please stop',
    'stop it',
    'STOPS',
    'S T O P',
    '.stop',
    'ยกเลิกครับ',
    'ไม่ยกเลิก',
    '',
    ' ',
    '...',
    'stop 👍',
    `stop${'.'.repeat(200)}`,
  ])('anything else asks for nothing: %j', (text) => {
    expect(optWish(text, words)).toBeNull();
  });

  test('without keywords nothing is asked for', () => {
    const none = { out: optWords([]), in: optWords([' ', '...']) };
    expect(none.in.size).toBe(0);
    expect(['STOP', 'START', ''].map((text) => optWish(text, none))).toEqual([null, null, null]);
  });

  test('a word for both means no more', () => {
    expect(optWish('ok', { out: optWords(['OK']), in: optWords(['ok']) })).toBe('opt-out');
  });
});
