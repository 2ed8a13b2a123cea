import { describe, expect, test } from 'vitest';
import { phone } from '../../fakes/box.ts';
import { accepted, retry, uncertain } from '../../fakes/store-box.ts';
import { Fleet, numbersOf } from './fleet.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => phone(n));

describe('the quota of a SIM', () => {
  test('is kept to the part; what waits says until when, and goes then', async () => {
    const fleet = await Fleet.start();
    const sim = await fleet.add('SIM 2', { quota: { hour: 4 }, width: 3 });
    const { id } = await fleet.box.accept({ to: many(6) });
    await fleet.calm();
    expect(sim.handed).toHaveLength(4);
    // The clock of the test stands at 10:00 in Bangkok.
    expect(fleet.why(id)).toBe('Waiting: SIM 2 has sent 4 parts this hour, next at 11:00');
    expect(fleet.registry.list()[0]?.usage[1]).toEqual({
      period: 'hour',
      used: 4,
      limit: 4,
      endsAt: '2026-01-15T04:00:00.000Z',
    });
    await fleet.box.clock.advance(3_599_000);
    expect(sim.handed).toHaveLength(4);
    await fleet.box.clock.advance(2_000);
    expect(sim.handed).toHaveLength(6);
  });

  test('counts parts that may have been sent, and none that were not', async () => {
    const fleet = await Fleet.start();
    const sim = await fleet.add('SIM', { quota: { day: 2 } });
    const answers = [retry({ afterMs: 1_000 }), uncertain, accepted('1')];
    sim.script = () => answers.shift() ?? accepted('2');
    await fleet.send(many(4));
    await fleet.box.clock.advance(5_000);
    expect(sim.handed).toHaveLength(3);
    expect(fleet.box.recipients().map((row) => row.state)).toEqual(['queued', 'unknown', 'sent', 'queued']);
  });

  test('a text that does not fit into what is left waits whole; one that is larger than the quota goes alone', async () => {
    const fleet = await Fleet.start();
    const sim = await fleet.add('SIM', { quota: { minute: 4 }, width: 1 });
    const long = (parts: number) => ({ text: 'x'.repeat(153 * parts), segments: parts });
    await fleet.send([phone(1)], long(3));
    await fleet.send([phone(2)], long(2));
    expect(numbersOf(sim)).toEqual([phone(1), phone(1), phone(1)]);
    await fleet.box.clock.advance(60_000);
    await fleet.calm();
    expect(numbersOf(sim).slice(3)).toEqual([phone(2), phone(2)]);
    await fleet.send([phone(3)], long(6));
    expect(sim.handed).toHaveLength(5);
    await fleet.box.clock.advance(60_000);
    await fleet.calm();
    expect(numbersOf(sim).slice(5)).toEqual(Array.from({ length: 6 }, () => phone(3)));
    await fleet.send([phone(4)]);
    expect(sim.handed).toHaveLength(11);
  });

  test('sends what comes by the next carrier at once', async () => {
    const fleet = await Fleet.start();
    const sim = await fleet.add('SIM', { quota: { minute: 2 } });
    const spare = await fleet.add('Spare');
    await fleet.route('All', [sim, spare]);
    await fleet.send(many(4));
    expect([numbersOf(sim), numbersOf(spare)]).toEqual([
      [phone(0), phone(1)],
      [phone(2), phone(3)],
    ]);
  });

  test('belongs to the SIM, not to the carrier it is in, and outlives a restart', async () => {
    const fleet = await Fleet.start();
    const old = await fleet.add('Old stick', { quota: { month: 3 }, imsi: '520031234567890' });
    await fleet.send(many(2));
    await fleet.registry.disable(old.id);
    const after = await Fleet.start(fleet.box.afterCrash());
    const stick = await after.add('New stick', { quota: { month: 3 }, imsi: '520031234567890' });
    const { id } = await after.box.accept({ uuid: 'after', to: [phone(5), phone(6)] });
    await after.calm();
    expect(numbersOf(stick)).toEqual([phone(5)]);
    expect(after.why(id)).toMatch(/New stick has sent 3 parts this month, next at 00:00 on 1 February$/u);
  });

  test('ends when its owner takes it away', async () => {
    const fleet = await Fleet.start();
    const sim = await fleet.add('SIM', { quota: { hour: 1 } });
    await fleet.send(many(3));
    expect(sim.handed).toHaveLength(1);
    fleet.setQuota(sim, {});
    await fleet.registry.setTerms(sim.id, {});
    await fleet.calm();
    expect(sim.handed).toHaveLength(3);
  });
});
