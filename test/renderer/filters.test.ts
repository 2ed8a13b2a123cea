import { describe, expect, it } from 'vitest';
import type { MessageRow } from '../../server/contract/admin-shapes.ts';
import { belongs, meaningOf, queryOf } from '../../renderer/features/messages/filters.ts';
import { en } from '../../renderer/i18n/en.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import { findings } from '../../renderer/layout/findings.ts';
import { navGroups } from '../../renderer/layout/nav-map.ts';

const none = { status: '', origin: '', msisdn: '', clientRef: '', refNo: '', from: '', to: '' };
const uuid = '019bbfb1-02d0-7c3a-b7f4-91d2c4e8a603';

describe('what is typed into the search of messages', () => {
  it.each([
    [uuid.toUpperCase(), { uuid }],
    ['sp260115000042', { msisdn: '', clientRef: '', refNo: 'SP260115000042' }],
    ['081 234 5678', { msisdn: '081 234 5678', clientRef: '', refNo: '' }],
    ['July offer', { msisdn: '', clientRef: 'July offer', refNo: '' }],
    ['', { msisdn: '', clientRef: '', refNo: '' }],
  ])('%j', (text, meaning) => {
    expect(meaningOf(text)).toEqual(meaning);
  });
});

describe('filters', () => {
  it('are asked of the box as it wants them: the last day is whole', () => {
    const filters = { ...none, status: 'failed', origin: 'SHOP', from: '2026-02-28', to: '2026-02-28' };
    expect(queryOf(filters, 'Sales')).toEqual({
      status: 'failed',
      origin: 'SHOP',
      from: '2026-02-28',
      to: '2026-03-01',
      account: 'Sales',
    });
  });

  it('that mean nothing are left out', () => {
    expect(queryOf({ ...none, status: 'nonsense', from: 'yesterday', to: '2026-99-99' }, null)).toEqual({});
  });

  it('let news in that fits, and leave to the box what only it can tell', () => {
    const row = { account: 'Main', status: 'failed', origin: 'SHOP', clientRef: null } as MessageRow;
    expect(belongs(row, {})).toBe(true);
    expect(belongs(row, { account: 'Main', status: 'failed', origin: 'SHOP' })).toBe(true);
    for (const query of [{ account: 'Sales' }, { status: 'sending' as const }, { origin: 'X' }, { clientRef: 'y' }])
      expect([query, belongs(row, query)]).toEqual([query, false]);
    expect(belongs(row, { msisdn: '0812345678' })).toBe(false);
    expect(belongs(row, { from: '2026-01-01' })).toBe(false);
  });
});

describe('the search from anywhere', () => {
  const pages = navGroups.flatMap((group) => group.entries);
  const found = (text: string) => findings(text, pages, translator('en', en)).map(({ to }) => to);

  it.each([
    [uuid, [`/messages/${uuid}`]],
    ['SP260115000042', ['/messages?refNo=SP260115000042']],
    ['+66 81 234 5678', ['/messages?msisdn=%2B66%2081%20234%205678']],
    ['blockl', ['/blocklist']],
    ['API', ['/keys']],
    ['spring sale', ['/messages?clientRef=spring%20sale']],
  ])('%j leads to %j', (text, addresses) => {
    expect(found(text)).toEqual(addresses);
  });

  it('offers every page before anything is typed', () => {
    expect(found('')).toHaveLength(pages.length);
  });
});
