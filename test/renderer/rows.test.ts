import { array, assert, integer, property, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRows, insert, newsByUuid, renew } from '../../renderer/features/messages/rows.ts';
import type { RowPages } from '../../renderer/features/messages/rows.ts';
import type { MessageRow } from '../../server/contract/admin-shapes.ts';

function row(minute: number, change: Partial<MessageRow> = {}): MessageRow {
  return {
    uuid: `00000000-0000-4000-8000-${String(minute).padStart(12, '0')}`,
    refNo: `SP260115${String(minute).padStart(6, '0')}`,
    account: 'Main',
    origin: 'SEPSMS',
    msisdn: null,
    excerpt: `Message of minute ${minute}`,
    status: 'pending',
    totalMsisdn: 1,
    segments: 1,
    totalCredit: 1,
    drSummary: [{ drStatus: 'pending', count: 1 }],
    clientRef: null,
    createdAt: new Date(Date.UTC(2026, 0, 15) + minute * 60_000).toISOString(),
    scheduledTime: null,
    completedAt: null,
    waiting: null,
    waitingReasons: [],
    ...change,
  };
}

function pages(...minutes: (readonly number[])[]): RowPages {
  return {
    pages: minutes.map((page, index) => ({
      items: page.map((minute) => row(minute)),
      nextCursor: index === minutes.length - 1 ? null : `after ${index}`,
    })),
    pageParams: minutes.map((_, index) => (index === 0 ? null : `after ${index - 1}`)),
  };
}

function news(...rows: MessageRow[]) {
  return newsByUuid(rows.map((message) => ({ type: 'message', message })));
}

function minutesOf(data: RowPages): number[] {
  return data.pages.flatMap((page) => page.items.map((item) => Number(item.uuid.slice(-12))));
}

describe('news in the list of messages', () => {
  it('changes a row in its place and leaves the others as they are', () => {
    const before = pages([9, 8], [7, 6]);
    const { data, unseen } = renew(before, news(row(7, { status: 'completed' })));
    expect(data.pages[1]?.items[0]?.status).toBe('completed');
    expect(data.pages[0]).toBe(before.pages[0]);
    expect(data.pages[1]?.items[1]).toBe(before.pages[1]?.items[1]);
    expect(unseen).toEqual([]);
  });

  it('takes the last of several news of one message', () => {
    const { data } = renew(pages([1]), news(row(1, { status: 'sending' }), row(1, { status: 'completed' })));
    expect(data.pages[0]?.items[0]?.status).toBe('completed');
  });

  it('gives the same list back when the news is about none of its rows', () => {
    const before = pages([9, 8]);
    const { data, unseen } = renew(before, news(row(10)));
    expect(data).toBe(before);
    expect(unseen).toEqual([row(10)]);
  });

  it('leaves out what is older than the part of history on the page, unless history ends there', () => {
    const open: RowPages = { ...pages([9, 8]), pages: [{ items: [row(9), row(8)], nextCursor: 'more' }] };
    expect(renew(open, news(row(3))).unseen).toEqual([]);
    expect(renew(pages([9, 8]), news(row(3))).unseen).toEqual([row(3)]);
  });

  it('puts a new row into an empty list', () => {
    expect(minutesOf(insert(pages([]), [row(1)]))).toEqual([1]);
  });

  it('keeps the list newest first and each message once, whatever comes in whatever order', () => {
    const minutes = uniqueArray(integer({ min: 0, max: 500 }), { maxLength: 40 });
    assert(
      property(minutes, array(minutes, { maxLength: 6 }), (first, groups) => {
        let data = pages(first.toSorted((a, b) => b - a));
        for (const group of groups)
          data = insert(
            data,
            group.map((minute) => row(minute)),
          );
        const all = [...new Set([...first, ...groups.flat()])].toSorted((a, b) => b - a);
        expect(minutesOf(data)).toEqual(all);
        expect(countRows(data)).toBe(all.length);
      }),
      { seed: 20260115, numRuns: 100 },
    );
  });
});
