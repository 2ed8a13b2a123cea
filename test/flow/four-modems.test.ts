import { expect, test } from 'vitest';
import { phone } from '../fakes/box.ts';
import { ModemPark } from './modem-park.ts';

const quick = { partMs: 20, reportAfterMs: 100, bootMs: 200, behaviour: () => 'deliver' as const };

test('four modems, one hung, one without network, one over its quota: 500 messages leave by the fourth, then the load spreads again', async () => {
  const park = await ModemPark.start([
    { name: 'Hung', profile: { ...quick, imsi: '520010000000001' } },
    { name: 'No network', profile: { ...quick, imsi: '520010000000002' } },
    { name: 'Spent', quota: { day: 3 }, profile: { ...quick, imsi: '520010000000003' } },
    { name: 'Well', profile: { ...quick, imsi: '520010000000004' } },
  ]);
  const { box } = park;
  const names = ['Hung', 'No network', 'Spent', 'Well'];
  await park.until(() => names.every((name) => park.views.get(name)?.state === 'ready'));
  // The quota is used up.
  const { id: before } = await box.accept({ to: [phone(900), phone(901), phone(902)], carrierId: 3 });
  await park.until(() => box.message(before).open_count === 0);
  park.modem(0).faults.silent = true;
  park.modem(1).faults.noSignal = true;
  await park.until(() => park.views.get('No network')?.state === 'waiting');
  const numbers = Array.from({ length: 500 }, (_, n) => phone(n));
  const already = park.modems.map((modem) => modem.sentCount);
  const ids: number[] = [];
  for (const number of numbers) ids.push((await box.accept({ to: [number] })).id);
  const open = () => box.peek.one<{ n: number }>('SELECT COUNT(*) AS n FROM message WHERE open_count > 0').n;
  await park.until(() => open() === 0);

  // The hung one may have had one message in its hands; it gave it back, for it had shown no prompt.
  expect(park.modems.map((modem, index) => modem.sentCount - (already[index] ?? 0))).toEqual([0, 0, 0, 500]);
  expect(park.taken()).toEqual(new Map([...numbers, phone(900), phone(901), phone(902)].map((number) => [number, 1])));
  expect(new Set(box.recipients().map((row) => row.state))).toEqual(new Set(['success']));
  expect(park.registry.one(1)).toMatchObject({ state: expect.not.stringMatching(/^ready$/u) });
  expect(park.registry.one(3).usage.find((one) => one.period === 'day')).toMatchObject({ used: 3, limit: 3 });

  park.modem(0).faults.silent = false;
  park.modem(1).faults.noSignal = false;
  await park.until(() => ['Hung', 'No network'].every((name) => park.views.get(name)?.state === 'ready'));
  const { id } = await box.accept({ to: numbers.slice(0, 120) });
  await park.until(() => box.message(id).open_count === 0);
  const shares = [0, 1, 3].map((index) => park.modem(index).sentCount - (index === 3 ? 500 : (already[index] ?? 0)));
  for (const share of shares) expect(share).toBeGreaterThanOrEqual(20);
  expect([...park.taken().values()].reduce((sum, n) => sum + n, 0)).toBe(623);
}, 60_000);
