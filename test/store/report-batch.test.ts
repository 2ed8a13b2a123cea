import { describe, expect, test } from 'vitest';
import type { DeliveryReport } from '../../server/domain/carrier.ts';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, type StoreBox } from '../fakes/store-box.ts';

const report = (reference: string, to: string, fields: Partial<DeliveryReport> = {}): DeliveryReport => ({
  reference,
  msisdn: to,
  verdict: 'delivered',
  code: 'DELIVRD',
  message: '',
  at: null,
  ...fields,
});

/** A message to some numbers, each accepted under a reference like those of an SMSC. */
async function sent(box: StoreBox, count: number): Promise<number> {
  const to = Array.from({ length: count }, (_, n) => phone(n));
  const { id } = await box.accept({ to });
  for (const claim of await box.claim(count)) await box.settle([claim], accepted(`ab0${claim.recipientId}`));
  return id;
}

const refer = (box: StoreBox, n: number) => `ab0${box.recipients()[n]?.id}`;

describe('several reports', () => {
  test('are booked in one commit', async () => {
    const box = await openBox();
    const id = await sent(box, 5);
    const before = box.stores.stats().commits;
    const reports = [0, 1, 2, 3, 4].map((n) => report(refer(box, n), phone(n)));
    const results = await box.stores.reports.recordAll(reports, box.policy, box.clock.now());
    expect(results).toEqual(reports.map(() => ({ status: 'fulfilled', value: true })));
    expect(box.stores.stats().commits - before).toBe(1);
    expect(box.message(id)).toMatchObject({ state: 'completed', success_count: 5, open_count: 0 });
  });

  test('of one hand-over count once, the first of them', async () => {
    const box = await openBox();
    const id = await sent(box, 1);
    const reference = refer(box, 0);
    const failed = report(reference, phone(0), { verdict: 'failed', code: 'UNDELIV' });
    await box.stores.reports.recordAll([report(reference, phone(0)), failed], box.policy, box.clock.now());
    expect(box.message(id)).toMatchObject({ success_count: 1, failed_count: 0, open_count: 0 });
  });

  test('are booked one by one when one of them cannot be', async () => {
    const box = await openBox();
    const id = await sent(box, 3);
    box.unwritable = 'dr.failed';
    const results = await box.stores.reports.recordAll(
      [
        report(refer(box, 0), phone(0)),
        report(refer(box, 1), phone(1), { verdict: 'failed', code: 'UNDELIV' }),
        report(refer(box, 2), phone(2)),
      ],
      box.policy,
      box.clock.now(),
    );
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(box.message(id)).toMatchObject({ success_count: 2, failed_count: 0, sent_count: 1 });
    expect(box.events.filter((event) => event.name === 'dr.success').length).toBeGreaterThanOrEqual(2);
  });
});

describe('a reference that is a word', () => {
  test('finds its hand-over before and after the answer, with the number in any form or none', async () => {
    const box = await openBox();
    const { id } = await box.accept({ to: [phone(0), phone(1), phone(2)] });
    const claims = await box.claim(3);
    // The receipt overtakes the answer.
    expect(await box.report('4f-1c', phone(0))).toBe(false);
    for (const [n, claim] of claims.entries())
      await box.settle([claim], accepted(['4f-1c', '4f-1d', '4f-1e'][n] ?? ''));
    expect(await box.report('4f-1d', `0${phone(1).slice(2)}`)).toBe(true);
    expect(await box.report('4f-1e', null)).toBe(true);
    expect(box.message(id)).toMatchObject({ success_count: 3, open_count: 0 });
    expect(box.peek.counts()).toMatchObject({ orphan_report: 0 });
  });
});
