import { expect, it } from 'vitest';
import type { TimelineEntry } from '../../server/contract/admin-shapes.ts';
import { timelineWords } from '../../renderer/features/messages/timeline-words.ts';
import { en } from '../../renderer/i18n/en.ts';
import { th } from '../../renderer/i18n/th.ts';
import { translator } from '../../renderer/i18n/translate.ts';

function words(entry: Partial<TimelineEntry> & Pick<TimelineEntry, 'kind'>): string[] {
  const whole = { at: '2026-01-15T10:00:00.000Z', text: 'not this', carrier: null, code: null, about: {}, ...entry };
  return [
    timelineWords(whole, 'failed', 'en', translator('en', en)),
    timelineWords(whole, 'failed', 'th', translator('th', th)),
  ];
}

const second = { part: 2, parts: 3 };

it.each([
  [{ kind: 'accepted' }, '', ''],
  [
    { kind: 'handed', carrier: 'Office', about: { ...second, reference: '17' } },
    'part 2 of 3 · via Office · reference 17',
    'ส่วนที่ 2 จาก 3 · ผ่าน Office · เลขอ้างอิง 17',
  ],
  [{ kind: 'handing', carrier: 'Office', about: { part: 1, parts: 1 } }, 'via Office', 'ผ่าน Office'],
  [
    { kind: 'retry', carrier: 'Office', about: { ...second, detail: 'The network is busy.' } },
    'part 2 of 3 · via Office · The network is busy.',
    'ส่วนที่ 2 จาก 3 · ผ่าน Office · The network is busy.',
  ],
  [{ kind: 'report', about: { part: 1, parts: 1, verdict: 'delivered' } }, 'the phone has it', 'โทรศัพท์ได้รับแล้ว'],
  [{ kind: 'final', about: { detail: 'No such number.' } }, 'Failed · No such number.', 'ไม่สำเร็จ · No such number.'],
  [{ kind: 'refund', about: { credits: 2 } }, '2 credits', '2 เครดิต'],
  [
    { kind: 'webhook', about: { event: 'sms.sent', host: 'shop.test', delivered: false } },
    `sms.sent · shop.test · ${en['webhooks.delivery.failed']}`,
    `sms.sent · shop.test · ${translator('th', th)('webhooks.delivery.failed')}`,
  ],
] as const)('a step says in the language of its reader: %j', (entry, english, thai) => {
  expect(words(entry)).toEqual([english, thai]);
});
