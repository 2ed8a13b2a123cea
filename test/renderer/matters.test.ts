import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import { mattersOfCarrier } from '../../renderer/layout/matters.ts';
import type { CarrierItem } from '../../server/contract/carrier-forms.ts';

const t = translator('en', en);
const healthy: CarrierItem = {
  id: 3,
  name: 'Office',
  kind: 'modem',
  enabled: true,
  paused: false,
  state: 'ready',
  reason: '',
  cause: null,
  facts: {},
  held: 0,
  uncertain: 'hold',
  refundFailed: true,
  usage: [],
};
const matters = (change: Partial<CarrierItem>) => mattersOfCarrier({ ...healthy, ...change }, 'en', t);
const endsAt = '2026-01-15T08:00:00.000Z';

describe('what asks for somebody about a carrier', () => {
  it('is nothing while it works, is switched off, or goes on by itself', () => {
    expect(matters({})).toEqual([]);
    expect(matters({ enabled: false, state: 'faulty', reason: 'Broken.' })).toEqual([]);
    expect(matters({ state: 'waiting', reason: 'Searching.' })).toEqual([]);
  });

  it('is that it is out of service, with why, and leads to it', () => {
    expect(matters({ state: 'faulty', reason: 'Unplugged.' })).toEqual([
      { key: 'carrier 3', tone: 'red', text: 'Office: Unplugged.', to: '/carriers/3' },
    ]);
    expect(matters({ state: 'stopped' })).toMatchObject([{ tone: 'red', text: 'Office needs attention' }]);
    const [hung] = matters({
      state: 'faulty',
      reason: 'Told in English.',
      cause: { code: 'modem.hangs', values: { count: 5 } },
    });
    expect(hung?.text).toContain('Office: The modem hangs again and again (resets within the hour: 5).');
  });

  it('is a quota that is used up, though not for a minute, and a warning', () => {
    const quota = (period: 'minute' | 'day', used: number) =>
      matters({ usage: [{ period, used, limit: 50, endsAt }], facts: { warning: 'The memory is nearly full.' } });
    expect(quota('day', 50).map(({ key, tone }) => [key, tone])).toEqual([
      ['quota 3', 'orange'],
      ['warning 3', 'orange'],
    ]);
    expect(quota('day', 49).map(({ key }) => key)).toEqual(['warning 3']);
    expect(quota('minute', 50).map(({ key }) => key)).toEqual(['warning 3']);
  });
});
