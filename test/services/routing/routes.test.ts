import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decidingRoutes, type Route } from '../../../server/domain/routing.ts';
import { phone } from '../../fakes/box.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { accepted, openBox } from '../../fakes/store-box.ts';
import { Fleet, numbersOf, type FleetCarrier } from './fleet.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => phone(n));

describe('the first route that fits decides', () => {
  test('by purpose, sender, account, link and time of day', async () => {
    // 21:59 in Bangkok.
    const fleet = await Fleet.start(await openBox({ clock: new ManualClock(Date.UTC(2026, 0, 15, 14, 59)) }));
    const { id: sales } = await fleet.box.stores.accounts.create('Sales', fleet.box.clock.now());
    await fleet.box.stores.accounts.addCredits(sales, 100, null, fleet.box.clock.now());
    const [codes, shop, linked, night, rest] = [
      await fleet.add('codes'),
      await fleet.add('shop'),
      await fleet.add('linked'),
      await fleet.add('night'),
      await fleet.add('rest'),
    ];
    await fleet.route('1', [codes], { purpose: 'otp' });
    await fleet.route('2', [shop], { origin: 'SHOP' });
    await fleet.route('3', [linked], { hasLink: true });
    await fleet.route('4', [night], { hours: '22:00-06:00' });
    await fleet.route('5', [rest], { accountId: sales });
    await fleet.route('6', [shop]);
    await fleet.send([phone(1)], { lane: 'otp' });
    await fleet.send([phone(2)], { origin: 'SHOP', hasLink: true });
    await fleet.send([phone(3)], { hasLink: true });
    await fleet.send([phone(4)], { accountId: sales });
    await fleet.send([phone(5)], { lane: 'bulk' });
    await fleet.box.clock.advance(60_000);
    await fleet.send([phone(6)], { lane: 'bulk' });
    const all = [codes, shop, linked, night, rest];
    expect(all.map((carrier) => numbersOf(carrier))).toEqual([
      [phone(1)],
      [phone(2), phone(5)],
      [phone(3)],
      [phone(6)],
      [phone(4)],
    ]);
  });

  test('what no route is about goes by every carrier', async () => {
    const fleet = await Fleet.start();
    const a = await fleet.add('a');
    const b = await fleet.add('b');
    await fleet.route('codes', [a], { purpose: 'otp' });
    a.hold();
    await fleet.send([phone(1), phone(2)]);
    expect([numbersOf(a), numbersOf(b)]).toEqual([[phone(1)], [phone(2)]]);
  });

  test('one that is switched off is not asked, and a change counts at once', async () => {
    const fleet = await Fleet.start();
    const a = await fleet.add('a');
    const b = await fleet.add('b');
    const route = await fleet.route('all', [a]);
    await fleet.route('then', [b]);
    await fleet.send([phone(1)]);
    await fleet.box.stores.routes.replace(route.id, { ...route, enabled: false });
    await fleet.send([phone(2)]);
    expect([numbersOf(a), numbersOf(b)]).toEqual([[phone(1)], [phone(2)]]);
  });
});

describe('the beginning of a number', () => {
  const numbers = ['66811111111', '66822222222', '66891111111', '66892222222', '66611111111'];

  test('sends the recipients of one message different ways', async () => {
    const fleet = await Fleet.start();
    const [ais, dtac, rest] = [await fleet.add('ais'), await fleet.add('dtac'), await fleet.add('rest')];
    await fleet.route('81', [ais], { prefixes: ['6681', '66891'] });
    await fleet.route('89', [dtac], { prefixes: ['6689'] });
    await fleet.route('all', [rest]);
    const { id } = await fleet.box.accept({ to: numbers });
    await fleet.box.clock.advance(1_000);
    expect(numbersOf(ais).toSorted()).toEqual(['66811111111', '66891111111']);
    expect(numbersOf(dtac)).toEqual(['66892222222']);
    expect(numbersOf(rest).toSorted()).toEqual(['66611111111', '66822222222']);
    expect(fleet.box.message(id)).toMatchObject({ sent_count: 5, queued_count: 0 });
  });

  test('a carrier that is down keeps its own numbers only; when the routes change they go the new way', async () => {
    const fleet = await Fleet.start();
    const [ais, rest] = [await fleet.add('ais'), await fleet.add('rest')];
    const route = await fleet.route('81', [ais], { prefixes: ['6681'] });
    await fleet.route('all', [rest]);
    ais.turn('faulty', 'Unplugged.');
    const { id } = await fleet.box.accept({ to: ['66811111111', '66811111112', ...numbers.slice(1)] });
    await fleet.box.clock.advance(60_000);
    expect(fleet.box.message(id)).toMatchObject({ sent_count: 4, queued_count: 2 });
    await fleet.box.stores.routes.replace(route.id, { ...route, prefixes: ['66811111112'] });
    await fleet.box.clock.advance(1_000);
    expect(fleet.box.message(id)).toMatchObject({ sent_count: 5, queued_count: 1 });
    ais.turn('ready');
    await fleet.box.clock.advance(1_000);
    expect(numbersOf(ais)).toEqual(['66811111112']);
  });

  test('says why for the one number that a message goes to', async () => {
    const fleet = await Fleet.start();
    const [ais, rest] = [await fleet.add('ais'), await fleet.add('rest')];
    await fleet.route('81', [ais], { prefixes: ['6681'] });
    await fleet.route('all', [rest]);
    await fleet.registry.pause(ais.id);
    const [id = 0] = await fleet.send(['66811111111']);
    const { traffic_id: traffic } = fleet.box.message(id);
    expect(fleet.routing.whyWaiting(traffic, '66811111111')).toEqual({
      text: 'Waiting: ais is paused',
      reasons: [{ code: 'carrier.paused', values: { carrier: 'ais' }, text: 'ais is paused' }],
    });
    expect(fleet.routing.whyWaiting(traffic, '66822222222')).toBeNull();
  });

  test('20,000 numbers of a carrier that is down do not keep the others waiting', async () => {
    const fleet = await Fleet.start();
    const [ais, rest] = [await fleet.add('ais'), await fleet.add('rest', { width: 100 })];
    await fleet.route('81', [ais], { prefixes: ['6681'] });
    await fleet.route('all', [rest]);
    ais.turn('faulty', 'Unplugged.');
    const theirs = Array.from({ length: 20_000 }, (_, n) => `6681${String(n).padStart(7, '0')}`);
    await fleet.box.accept({ to: theirs, lane: 'normal' });
    await fleet.send([phone(7)]);
    await fleet.box.clock.advance(1_000);
    expect(numbersOf(rest)).toContain(phone(7));
  });
});

describe('shared by weight', () => {
  test('each gets its share, whichever is asked first', async () => {
    const fleet = await Fleet.start();
    const [a, b] = [await fleet.add('a'), await fleet.add('b')];
    await fleet.route(
      'share',
      [
        [a, 3],
        [b, 1],
      ],
      { mode: 'share' },
    );
    await fleet.send(many(80));
    expect([a.handed.length, b.handed.length]).toEqual([60, 20]);
  });

  test('who has no room is passed over, and does not get everything when it has room again', async () => {
    const fleet = await Fleet.start();
    const [a, b] = [await fleet.add('a'), await fleet.add('b')];
    await fleet.route('share', [a, b], { mode: 'share' });
    b.turn('waiting');
    await fleet.send(many(40));
    expect([a.handed.length, b.handed.length]).toEqual([40, 0]);
    b.turn('ready');
    await fleet.send(many(20));
    expect(b.handed.length).toBeGreaterThanOrEqual(9);
    expect(b.handed.length).toBeLessThanOrEqual(12);
  });

  test('with enough to do, all work as fast as they can', async () => {
    const fleet = await Fleet.start();
    const [a, b] = [await fleet.add('a', { width: 4 }), await fleet.add('b')];
    await fleet.route(
      'share',
      [
        [a, 1],
        [b, 9],
      ],
      { mode: 'share' },
    );
    b.hold();
    await fleet.box.accept({ to: many(50) });
    await fleet.box.clock.advance(5_000);
    await fleet.calm();
    expect([a.handed.length, b.handed.length]).toEqual([49, 1]);
  });
});

test('whatever the routes and whoever is down: each recipient goes once, by a carrier that its route names', async () => {
  const prefix = fc.constantFrom('66', '6681', '66812', '6689', '669');
  const number = fc
    .tuple(fc.constantFrom('6681', '66812', '6689', '669', '6661'), fc.nat(9999))
    .map(([start, n]) => `${start}${String(n).padStart(4, '0')}`.padEnd(11, '0'));
  const route = fc.record({
    carriers: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }),
    mode: fc.constantFrom('order' as const, 'share' as const),
    prefixes: fc.uniqueArray(prefix, { maxLength: 2 }),
    hasLink: fc.constantFrom(null, true, false),
    purpose: fc.constantFrom(null, 'otp' as const, 'normal' as const, 'bulk' as const),
  });
  const message = fc.record({
    to: fc.uniqueArray(number, { minLength: 1, maxLength: 8 }),
    lane: fc.constantFrom('otp' as const, 'normal' as const, 'bulk' as const),
    hasLink: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(route, { maxLength: 4 }),
      fc.array(message, { minLength: 1, maxLength: 5 }),
      fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      async (routes, messages, down) => {
        const fleet = await Fleet.start();
        const carriers: FleetCarrier[] = [];
        for (const index of [0, 1, 2]) carriers.push(await fleet.add(`c${index}`, { width: 2 }));
        for (const [index, one] of routes.entries()) {
          const targets = one.carriers.flatMap((at) => carriers[at] ?? []);
          await fleet.route(`r${index}`, targets, { ...one, carriers: [] });
        }
        for (const [index, isDown] of down.entries()) if (isDown) carriers[index]?.turn('faulty');
        for (const one of messages) await fleet.box.accept(one);
        await fleet.box.clock.advance(60_000);
        for (const carrier of carriers) carrier.turn('ready');
        await fleet.box.clock.advance(60_000);
        const wanted = messages.flatMap(({ to, lane, hasLink }) =>
          to.map((msisdn) => ({ msisdn, route: deciding(fleet.box.stores.routes.list(), msisdn, lane, hasLink) })),
        );
        const went = carriers.flatMap((carrier) =>
          carrier.submissions.map(({ msisdn }) => ({ msisdn, by: carrier.id })),
        );
        expect(went.map((one) => one.msisdn).toSorted()).toEqual(wanted.map((one) => one.msisdn).toSorted());
        expect(fleet.box.recipients().every((row) => row.state === 'sent')).toBe(true);
        for (const { msisdn, by } of went) {
          const allowed = wanted.filter((one) => one.msisdn === msisdn);
          expect(
            allowed.some(({ route: found }) => found === null || found.carriers.some((one) => one.carrierId === by)),
          ).toBe(true);
        }
        await fleet.end();
      },
    ),
    { seed: 4, numRuns: 25 },
  );
});

function deciding(
  routes: readonly Route[],
  msisdn: string,
  lane: 'otp' | 'normal' | 'bulk',
  hasLink: boolean,
): Route | null {
  const key = { accountId: 1, origin: 'SEPSMS', onlyCarrierId: null, begunCarrierId: null };
  return decidingRoutes(routes, { ...key, purpose: lane, hasLink, prefix: msisdn }, 0)[0] ?? null;
}

test('an answer that came is not needed to pass numbers on: nothing is written twice', async () => {
  const fleet = await Fleet.start();
  const [a, b] = [await fleet.add('a'), await fleet.add('b')];
  await fleet.route('81', [a], { prefixes: ['6681'] });
  await fleet.route('all', [b]);
  a.hold();
  await fleet.box.accept({ to: ['66811111111', '66811111112', '66811111113'] });
  for (let n = 1; n <= 3; n += 1) (await a.arrival(n)).answer(accepted(String(n)));
  await fleet.calm();
  expect(numbersOf(a)).toEqual(['66811111111', '66811111112', '66811111113']);
  expect(fleet.box.journal()).toHaveLength(3);
});
