import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { carrierWords, failureWords, reasonWords, waitingWords } from '../../renderer/ui/reason-words.ts';
import { th } from '../../renderer/i18n/th.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import { reasonCodes } from '../../server/domain/reason.ts';

const english = translator('en', en);
const thai = translator('th', th);
const now = new Date(2026, 0, 15, 14, 10).getTime();
const until = new Date(2026, 0, 15, 15, 0).toISOString();
const spent = { code: 'quota.hour', values: { carrier: 'SIM 2', count: 100, until }, text: 'SIM 2 has sent …' };

describe('a reason', () => {
  it('has words for every code', () => {
    expect(reasonCodes.filter((code) => english.known(`reason.${code}`) === null)).toEqual([]);
  });

  it('is said in the language of the reader, with times by the clock of the reader', () => {
    expect(reasonWords(spent, now, 'en', english)).toBe('SIM 2 has sent 100 parts this hour, next at 15:00');
    expect(reasonWords(spent, now, 'th', thai)).toBe('SIM 2 ส่งครบ 100 ส่วนในชั่วโมงนี้ ส่งต่อได้ 15:00');
  });

  it('names the day where that is another one', () => {
    const later = {
      ...spent,
      code: 'quota.month',
      values: { ...spent.values, until: new Date(2026, 1, 1).toISOString() },
    };
    expect(reasonWords(later, now, 'en', english)).toMatch(/next at Feb 1, 00:00$/u);
  });

  it('is told in the words of the box where the code is not known', () => {
    expect(reasonWords({ code: 'carrier.new_fault', values: {}, text: 'Plain words.' }, now, 'th', thai)).toBe(
      'Plain words.',
    );
  });
});

describe('what waits', () => {
  it('says all its reasons, and nothing while it does not wait', () => {
    const paused = { code: 'carrier.paused', values: { carrier: 'SIM 1' }, text: 'SIM 1 is paused' };
    const waiting = { waiting: 'Waiting: …', waitingReasons: [paused, spent] };
    expect(waitingWords(waiting, now, 'en', english)).toBe(
      'Waiting: SIM 1 is paused · SIM 2 has sent 100 parts this hour, next at 15:00',
    );
    expect(waitingWords({ waiting: null, waitingReasons: [] }, now, 'en', english)).toBeNull();
  });
});

describe('why a carrier is as it is', () => {
  const locked = { code: 'modem.sim_locked', values: { detail: 'PH-NET PIN' } };

  it('is told by its code, in the language of the reader', () => {
    expect(carrierWords({ cause: locked, reason: 'The modem …', facts: {} }, now, 'th', thai)).toBe(
      'โมเด็มหรือซิมถูกล็อก (PH-NET PIN) อาจผูกกับเครือข่ายอื่น ใช้ซิมหรือโมเด็มอื่น',
    );
    expect(carrierWords({ cause: null, reason: 'Plain words.', facts: {} }, now, 'th', thai)).toBe('Plain words.');
    expect(carrierWords({ cause: null, reason: '', facts: {} }, now, 'en', english)).toBe('');
  });

  it('names the carrier where messages wait for it', () => {
    const reason = { ...locked, values: { ...locked.values, carrier: 'SIM 1' }, text: 'SIM 1: The modem …' };
    expect(reasonWords(reason, now, 'en', english)).toMatch(/^SIM 1: The modem or its SIM is locked \(PH-NET PIN\)/u);
  });
});

describe('why a recipient failed', () => {
  it('is told by its code, else in the words of the network', () => {
    expect(failureWords('blocked', 'The number …', thai)).toBe('หมายเลขอยู่ในรายการบล็อก');
    expect(failureWords('ESME_RINVDSTADR', 'Invalid destination.', thai)).toBe('Invalid destination.');
    expect(failureWords('X-9', null, english)).toBe('X-9');
  });
});
