import { describe, expect, it } from 'vitest';
import type { DeliveryReport } from '../../server/domain/carrier.ts';
import { ReportGatherer } from '../../server/services/report-gatherer.ts';
import { settle } from '../fakes/manual-clock.ts';

const report = (reference: string): DeliveryReport => ({
  reference,
  msisdn: '66812345678',
  verdict: 'delivered',
  code: 'DELIVRD',
  message: '',
  at: null,
});

describe('reports of one turn', () => {
  it('are booked together, not before the outcomes of that turn', async () => {
    const order: string[] = [];
    const gatherer = new ReportGatherer(async (together) => {
      order.push(together.map((one) => one.reference).join(' '));
      return together.map(() => ({ status: 'fulfilled', value: true }));
    });
    const stored = Promise.all([gatherer.take(report('1')), gatherer.take(report('2'))]);
    // As a pump books what ended in this turn.
    setImmediate(() => order.push('outcomes'));
    await stored;
    expect(order).toEqual(['outcomes', '1 2']);
  });

  it('keep their order, and those of the next turn come behind its outcomes', async () => {
    const order: string[] = [];
    const gatherer = new ReportGatherer(async (together) => {
      order.push(...together.map((one) => one.reference));
      return together.map(() => ({ status: 'fulfilled', value: true }));
    });
    const first = gatherer.take(report('1'));
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    const second = gatherer.take(report('2'));
    setImmediate(() => order.push('outcomes'));
    await Promise.all([first, second]);
    expect(order).toEqual(['1', 'outcomes', '2']);
  });

  it('are told apart when one of them cannot be booked', async () => {
    const gatherer = new ReportGatherer(async (together) =>
      together.map((one) =>
        one.reference === '2'
          ? { status: 'rejected', reason: new Error('no room') }
          : { status: 'fulfilled', value: true },
      ),
    );
    const results = await Promise.allSettled(['1', '2', '3'].map((n) => gatherer.take(report(n))));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('all hear of it when nothing can be booked', async () => {
    const gatherer = new ReportGatherer(() => Promise.reject(new Error('disk full')));
    await expect(gatherer.take(report('1'))).rejects.toThrow('disk full');
  });

  it('go in pieces that do not hold the others up, and are refused when they are far too many', async () => {
    const sizes: number[] = [];
    const gatherer = new ReportGatherer((together) => {
      sizes.push(together.length);
      return new Promise(() => {});
    });
    const taken = Array.from({ length: 20_001 }, () => gatherer.take(report('1')));
    await expect(taken.at(-1)).rejects.toMatchObject({ code: 'store.unavailable' });
    await settle();
    expect(sizes).toEqual(Array.from({ length: 200 }, () => 100));
  });
});
