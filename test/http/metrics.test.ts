import { expect, test } from 'vitest';
import { HourTotals } from '../../server/services/metrics/hour-totals.ts';
import type { HourCountRecord } from '../../server/store/hour-counts.ts';
import { hourCountNames } from '../../server/store/hour-counts.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { phone, runBox } from '../fakes/box.ts';

async function figures(url: string): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

test('the figures say what waits, what came of messages, how carriers are and what was asked', async () => {
  const box = await runBox();
  try {
    await box.send({ recipients: [phone(1), phone(2)] });
    const waiting = await figures(box.url);
    expect(waiting.get('sepsms_queue_recipients{lane="normal"}')).toBe(2);
    expect(waiting.get('sepsms_queue_recipients{lane="otp"}')).toBe(0);
    expect(waiting.get('sepsms_accepted_total')).toBe(2);
    expect(waiting.get('sepsms_http_requests_total{api="v2",status="2xx"}')).toBe(1);
    await box.admin('POST', '/carriers', { kind: 'simulator', name: 'SIM 1' });
    const sent = () => figures(box.url).then((all) => all.get('sepsms_recipients_total{carrier="SIM 1",state="sent"}'));
    await expect.poll(sent, { timeout: 20_000 }).toBe(2);
    const after = await figures(box.url);
    expect(after.get('sepsms_carrier_ready{carrier="SIM 1",kind="simulator"}')).toBe(1);
    expect(after.get('sepsms_parts_total{carrier="SIM 1"}')).toBe(2);
    expect(after.get('sepsms_queue_recipients{lane="normal"}')).toBe(0);
    expect(after.get('sepsms_modem_signal_dbm{carrier="SIM 1"}')).toBeLessThan(0);
    expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  } finally {
    await box.close();
  }
});

test('nothing of a person is in them', async () => {
  const box = await runBox();
  try {
    await box.send({ recipients: [phone(7)], message: 'A secret', clientRef: 'Somchai' });
    const text = await (await fetch(`${box.url}/metrics`)).text();
    for (const word of [phone(7), phone(7).slice(2), 'secret', 'Somchai', 'sk_sep']) expect(text).not.toContain(word);
  } finally {
    await box.close();
  }
});

test('only reading is possible', async () => {
  const box = await runBox();
  try {
    const answer = await fetch(`${box.url}/metrics`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  } finally {
    await box.close();
  }
});

const hourMs = 3_600_000;

/** One row of the counters. */
function row(hour: number, carrier: number, sent: number): HourCountRecord {
  const counts = Object.fromEntries(hourCountNames.map((name) => [name, name === 'sent' ? sent : 0]));
  return { ...counts, hour, carrier_id: carrier, account_id: 1, otp_latency_max: 0 } as unknown as HourCountRecord;
}

test('totals begin with the start of the box, never fall, and old hours are read once', async () => {
  const clock = new ManualClock();
  const first = Math.floor(clock.now() / hourMs) * hourMs;
  const rows = [row(first, 1, 5)];
  const asked: number[] = [];
  const totals = new HourTotals({
    since: (from) => {
      asked.push(from);
      return rows.filter(({ hour }) => hour >= from);
    },
    clock,
  });
  totals.start();
  const sent = () => totals.read().get(1)?.sent ?? 0;
  expect(sent()).toBe(0);
  rows[0] = row(first, 1, 8);
  expect(sent()).toBe(3);
  for (let hour = 1; hour <= 5; hour += 1) {
    await clock.advance(hourMs);
    rows.push(row(first + hour * hourMs, 1, 10));
    expect(sent()).toBe(3 + hour * 10);
  }
  expect(sent()).toBe(53);
  expect(asked.at(-1)).toBe(first + 4 * hourMs);
});
