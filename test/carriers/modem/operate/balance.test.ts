import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmount } from '../../../../server/carriers/modem/operate/balance.ts';
import type {
  BalanceMemory,
  BalanceSettings,
  KnownBalance,
} from '../../../../server/carriers/modem/operate/balance.ts';
import { ok } from '../../../fakes/scripted-modem.ts';
import { readyRig, submission } from '../rig.ts';
import type { Rig } from '../rig.ts';

const hour = 3_600_000;
const settings: BalanceSettings = { code: '*121#', pattern: null, everyHours: null, low: 50 };

describe('the amount in an answer', () => {
  it.each<[string, string | null, number | null]>([
    ['Balance 100.00 THB, valid until 31/12/2099', null, 100],
    ['31/12/2099 balance 1,234.50', null, 1234.5],
    ['Valid 30 days. 12 baht left', null, 12],
    ['ยอดเงินคงเหลือ ๑๐๐.๒๕ บาท', null, 100.25],
    ['฿7', null, 7],
    ['1.234,50 EUR', null, 1234.5],
    ['1,234 points', null, 1234],
    ['0,5', null, 0.5],
    ['-3.20 baht', null, -3.2],
    ['No money', null, null],
    ['', null, null],
    ['Main 5.00 baht, bonus 20.00 baht', 'bonus {n} baht', 20],
    ['เบอร์ 0812345678 ยอดเงิน 25.50 บาท', 'ยอดเงิน{n}บาท', 25.5],
    ['Balance:  9.00\n  THB', 'BALANCE: {n} thb', 9],
    ['Balance 9.00', 'Credit {n}', null],
    ['Balance 9.00.', '{n}', 9],
    [`${'9'.repeat(30)} baht`, null, null],
  ])('%j with %j', (text, pattern, amount) => {
    expect(readAmount(text, pattern)).toBe(amount);
  });

  it('is looked for in no time, whatever text and pattern are', () => {
    const odd = fc.string({ unit: fc.constantFrom(...Array.from('{n} 019.,-+*?()[]a๑')), maxLength: 2_000 });
    const begin = performance.now();
    fc.assert(
      fc.property(odd, odd, (text, pattern) => {
        const amount = readAmount(text.repeat(20), `${pattern}{n}${pattern}`);
        expect(amount === null || Number.isFinite(amount)).toBe(true);
      }),
      { seed: 20260115, numRuns: 300 },
    );
    expect(performance.now() - begin).toBeLessThan(3_000);
  });
});

function networkSays(text: string): Record<string, string> {
  return { 'AT+CUSD=1,"*121#",15': `${ok()}\r\n+CUSD: 0,"${text}",15\r\n` };
}

function balance({ carrier }: Rig): ReturnType<NonNullable<Rig['carrier']['operate']>> {
  if (carrier.operate === undefined) throw new Error('a modem has commands');
  return carrier.operate({ kind: 'balance' });
}

describe('the balance of a SIM', () => {
  it('is asked for and remembered as a fact', async () => {
    const rig = await readyRig(networkSays('Balance 100.00 THB'), { balance: settings });
    expect(rig.carrier.status().facts).toMatchObject({ balance: null, balanceAt: null, warning: null });
    const before = rig.host.changes;
    expect(await balance(rig)).toMatchObject({ ok: true, text: 'Balance 100.00 THB' });
    expect(rig.carrier.status().facts).toMatchObject({ balance: 100, balanceAt: '2026-01-15T03:00:02.000Z' });
    expect(rig.host.changes).toBeGreaterThan(before);
  });

  it('that is low is told though the modem is ready', async () => {
    const rig = await readyRig(networkSays('Balance 12.50 THB'), { balance: settings });
    await balance(rig);
    const { state, facts } = rig.carrier.status();
    expect(state).toBe('ready');
    expect(facts['warning']).toContain('12.5, below 50');
  });

  it('without a number where the pattern looks is told with the answer', async () => {
    const pattern = { ...settings, pattern: 'credit {n}' };
    const rig = await readyRig(networkSays('Balance 12.50 THB'), { balance: pattern });
    const answer = await balance(rig);
    expect(answer.ok).toBe(false);
    expect(answer.text).toContain('Balance 12.50 THB');
    expect(rig.carrier.status().facts['balance']).toBeNull();
  });

  it('needs a code in the settings', async () => {
    await expect(balance(await readyRig())).rejects.toMatchObject({ code: 'carrier.config_invalid' });
  });

  it('is shown again after a restart, and of another SIM it is not', async () => {
    let kept: KnownBalance | null = null;
    const balanceMemory: BalanceMemory = {
      last: () => kept,
      remember: (known) => {
        kept = known;
        return Promise.resolve();
      },
    };
    const options = { balance: settings, balanceMemory };
    await balance(await readyRig(networkSays('Balance 100.00 THB'), options));
    expect((await readyRig({}, options)).carrier.status().facts['balance']).toBe(100);
    const other = await readyRig({ 'AT+CIMI': ok('520030000000002') }, options);
    expect(other.carrier.status().facts['balance']).toBeNull();
  });
});

describe('the balance asked for by itself', () => {
  const dialled = ({ modem }: Rig): number => modem.count('AT+CUSD=1,"*121#",15');

  it('comes soon after the start and then every so many hours', async () => {
    const rig = await readyRig(networkSays('Balance 100.00 THB'), { balance: { ...settings, everyHours: 6 } });
    expect(dialled(rig)).toBe(0);
    await rig.clock.advance(3 * 60_000);
    expect(dialled(rig)).toBe(1);
    expect(rig.carrier.status().facts['balance']).toBe(100);
    await rig.clock.advance(5.9 * hour);
    expect(dialled(rig)).toBe(1);
    await rig.clock.advance(0.2 * hour);
    expect(dialled(rig)).toBe(2);
  });

  it('is tried again in an hour when it does not work, and never without hours in the settings', async () => {
    const deaf = { 'AT+CUSD=': '\r\n+CME ERROR: 30\r\n' };
    const rig = await readyRig(deaf, { balance: { ...settings, everyHours: 6 } });
    await rig.clock.advance(2.5 * hour);
    expect(dialled(rig)).toBe(3);
    const never = await readyRig(deaf, { balance: settings });
    await never.clock.advance(24 * hour);
    expect(dialled(never)).toBe(0);
  });

  it('that fails three times in a row is told to the operator, until it works again', async () => {
    const rig = await readyRig({ 'AT+CUSD=': `${ok()}\r\n+CUSD: 4\r\n` }, { balance: { ...settings, everyHours: 6 } });
    await rig.clock.advance(1.5 * hour);
    expect(rig.carrier.status().facts['warning']).toBeNull();
    await rig.clock.advance(hour);
    expect(rig.carrier.status().facts['warning']).toContain('3 times: The network does not know this code.');
    rig.modem.answers.set('AT+CUSD=', `${ok()}\r\n+CUSD: 0,"Balance 100.00 THB",15\r\n`);
    await rig.clock.advance(hour);
    expect(rig.carrier.status().facts).toMatchObject({ balance: 100, warning: null });
  });

  it('is not asked for again by a restart soon after', async () => {
    const at = Date.UTC(2026, 0, 15, 2, 0, 0);
    const balanceMemory: BalanceMemory = {
      last: () => ({ amount: 100, at, sim: null }),
      remember: () => Promise.resolve(),
    };
    const rig = await readyRig({}, { balance: { ...settings, everyHours: 6 }, balanceMemory });
    await rig.clock.advance(4.9 * hour);
    expect(dialled(rig)).toBe(0);
    await rig.clock.advance(0.2 * hour);
    expect(dialled(rig)).toBe(1);
  });

  it('waits while a part is being sent', async () => {
    const rig = await readyRig(networkSays('Balance 100.00 THB'), { balance: { ...settings, everyHours: 6 } });
    rig.modem.body = null;
    await rig.clock.advance(70_000);
    const part = rig.carrier.submit(submission());
    await rig.clock.advance(50_000);
    expect(dialled(rig)).toBe(0);
    rig.modem.say(ok('+CMGS: 3'));
    await rig.clock.advance(100_000);
    await part;
    expect(dialled(rig)).toBe(1);
  });
});
