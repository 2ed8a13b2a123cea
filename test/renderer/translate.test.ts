import { describe, expect, it } from 'vitest';
import { ApiError } from '../../renderer/api/api-error.ts';
import { errorMessage } from '../../renderer/i18n/error-text.ts';
import { phoneNumber, relativeTime, duration, fullTime } from '../../renderer/i18n/format.ts';
import { en } from '../../renderer/i18n/en.ts';
import { th } from '../../renderer/i18n/th.ts';
import { preferredLanguage, translator } from '../../renderer/i18n/translate.ts';
import { zhHant } from '../../renderer/i18n/zh-hant.ts';

const now = Date.parse('2026-01-15T10:00:00.000Z');
function before(milliseconds: number): string {
  return new Date(now - milliseconds).toISOString();
}

describe('texts', () => {
  it('chooses the plural and writes numbers the way of the language', () => {
    const t = translator('en', en);
    expect(t('messages.recipients', { count: 1 })).toBe('1 recipient');
    expect(t('messages.recipients', { count: 12_500 })).toBe('12,500 recipients');
    expect(translator('th', th)('messages.recipients', { count: 12_500 })).toBe('ผู้รับ 12,500 ราย');
  });

  it('takes the first language of the reader that it speaks', () => {
    expect(preferredLanguage(['ja', 'th-TH', 'en'])).toBe('th');
    expect(preferredLanguage(['zh-TW'])).toBe('zh-Hant');
    expect(preferredLanguage(['de'])).toBe('en');
    expect(preferredLanguage([])).toBe('en');
  });

  it('tells an error in the language of the reader, or in the words of the box where it has none', () => {
    const wrong = new ApiError({ code: 'auth.wrong_password', message: 'Wrong.', status: 401 });
    const rare = new ApiError({
      code: 'idempotency.key_reused',
      message: 'Another request had this key.',
      status: 422,
    });
    expect(errorMessage(wrong, translator('zh-Hant', zhHant))).toBe('名稱或密碼錯誤。');
    expect(errorMessage(rare, translator('th', th))).toBe('Another request had this key.');
    expect(errorMessage(new TypeError('x is undefined'), translator('en', en))).toMatch(/^Something went wrong/u);
  });
});

describe('numbers and times', () => {
  it.each([
    [0, 'just now'],
    [-59_000, 'just now'],
    [3 * 60_000, '3 min. ago'],
    [-5 * 3_600_000, 'in 5 hr.'],
  ])('says %i ms ago as "%s"', (distance, text) => {
    expect(relativeTime(before(distance), now, 'en', translator('en', en))).toBe(text);
  });

  it('names the day beyond twenty-four hours', () => {
    expect(relativeTime(before(30 * 3_600_000), now, 'en', translator('en', en))).toMatch(/Jan 14/u);
  });

  it('counts years the Thai way in Thai', () => {
    expect(fullTime(before(0), 'th')).toContain('2569');
    expect(fullTime(before(0), 'en')).toContain('2026');
  });

  it('says a length of time in its largest unit', () => {
    expect(duration(45_900, 'en')).toBe('45 sec');
    expect(duration(252_000, 'en')).toBe('4 min');
    expect(duration(3 * 86_400_000, 'en')).toBe('3 days');
  });

  it('groups a Thai mobile number and leaves others whole', () => {
    expect(phoneNumber('66812345678')).toBe('+66 81 234 5678');
    expect(phoneNumber('886912345678')).toBe('+886912345678');
    expect(phoneNumber('not a number')).toBe('not a number');
  });
});
