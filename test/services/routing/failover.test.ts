import { describe, expect, test } from 'vitest';
import { phone } from '../../fakes/box.ts';
import { accepted, rejected, retry, uncertain } from '../../fakes/store-box.ts';
import { Fleet, numbersOf } from './fleet.ts';

const first = [phone(1), phone(2), phone(3)];

async function twoInOrder() {
  const fleet = await Fleet.start();
  const main = await fleet.add('Main line');
  const spare = await fleet.add('Spare');
  await fleet.route('All', [main, spare]);
  return { fleet, main, spare };
}

describe('carriers in order', () => {
  test('the first takes everything, also when it is only busy', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.hold();
    await fleet.send(first);
    await fleet.box.clock.advance(60_000);
    expect(numbersOf(main)).toEqual([phone(1)]);
    for (let n = 1; n <= 3; n += 1) (await main.arrival(n)).answer(accepted(String(n)));
    await fleet.calm();
    expect(numbersOf(main)).toEqual(first);
    expect(spare.handed).toEqual([]);
  });

  test('when it goes down, what it would take waits a moment for it, and says so', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.turn('waiting', 'The modem is searching for a network.');
    spare.turn('waiting', 'No SIM.');
    const [id = 0] = await fleet.send([phone(1)]);
    expect(fleet.why(id)).toBe('Waiting: Main line: The modem is searching for a network. · Spare: No SIM.');
    spare.turn('ready');
    await fleet.box.clock.advance(14_000);
    expect(spare.handed).toEqual([]);
    await fleet.box.clock.advance(2_000);
    expect(numbersOf(spare)).toEqual([phone(1)]);
    expect(fleet.why(id)).toBeNull();
  });

  test('when it is back in time, it takes what waited', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.turn('waiting');
    await fleet.send([phone(1)]);
    await fleet.box.clock.advance(10_000);
    main.turn('ready');
    await fleet.calm();
    expect(numbersOf(main)).toEqual([phone(1)]);
    expect(spare.handed).toEqual([]);
  });

  test('a one-time code waits for nobody', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.turn('waiting');
    await fleet.send([phone(1)], { lane: 'otp' });
    expect(numbersOf(spare)).toEqual([phone(1)]);
  });

  test('what is switched off, paused or removed is passed over at once', async () => {
    const { fleet, main, spare } = await twoInOrder();
    await fleet.registry.pause(main.id);
    await fleet.send([phone(1)]);
    await fleet.registry.resume(main.id);
    await fleet.send([phone(2)]);
    await fleet.registry.disable(main.id);
    await fleet.send([phone(3)]);
    await fleet.registry.remove(main.id);
    await fleet.send([phone(4)]);
    expect([numbersOf(main), numbersOf(spare)]).toEqual([[phone(2)], [phone(1), phone(3), phone(4)]]);
  });

  test('a permanent rejection is no reason to try another carrier', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.answersWith(rejected);
    const [id = 0] = await fleet.send([phone(1)]);
    await fleet.box.clock.advance(600_000);
    expect(fleet.box.recipient(id)).toMatchObject({ state: 'failed', error_code: 'invalid' });
    expect(spare.handed).toEqual([]);
  });

  test('neither is doubt: what may have been sent is not sent by another', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.answersWith(uncertain);
    const [id = 0] = await fleet.send([phone(1)]);
    await fleet.box.clock.advance(600_000);
    expect(fleet.box.recipient(id).state).toBe('unknown');
    expect(spare.handed).toEqual([]);
  });
});

describe('a carrier that says it is ready and fails', () => {
  test('rests after some failures in a row, and what it held goes by the next', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.answersWith(retry({ carrierFault: true, afterMs: 1_000 }));
    const [id = 0] = await fleet.send([phone(1)]);
    await fleet.box.clock.advance(10_000);
    expect(main.handed.length).toBeGreaterThanOrEqual(5);
    expect(numbersOf(spare)).toEqual([phone(1)]);
    expect(fleet.box.recipient(id).state).toBe('sent');
    spare.turn('faulty', 'Unplugged.');
    const [next = 0] = await fleet.send([phone(2)]);
    expect(fleet.why(next)).toMatch(
      /^Waiting: Main line failed again and again and rests until \d\d:\d\d: The network is busy\. · Spare: Unplugged\.$/u,
    );
  });

  test('is tried with one message after its rest, and serves again when that goes well', async () => {
    const { fleet, main } = await twoInOrder();
    await fleet.registry.disable(2);
    main.width = 5;
    main.answersWith(retry({ carrierFault: true, afterMs: 1_000 }));
    await fleet.send(first);
    await fleet.box.clock.advance(10_000);
    const tries = main.handed.length;
    await fleet.box.clock.advance(15_000);
    expect(main.handed.length).toBe(tries);
    main.hold();
    await fleet.box.clock.advance(25_000);
    expect(main.handed.length).toBe(tries + 1);
    (await main.arrival(tries + 1)).answer(accepted('1'));
    main.script = ({ id }) => accepted(String(id));
    await fleet.calm();
    expect(fleet.box.recipients().map((row) => row.state)).toEqual(['sent', 'sent', 'sent']);
  });

  test('three hand-overs without an answer in a row make it rest at once: each leaves a message in doubt', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.answersWith(uncertain);
    await fleet.send(Array.from({ length: 6 }, (_, n) => phone(n)));
    expect([main.handed.length, spare.handed.length]).toEqual([3, 3]);
  });
});

describe('a text of several parts', () => {
  const long = { text: 'x'.repeat(400), segments: 3 };

  test('goes on where it began, after a while too', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.hold();
    const [id = 0] = await fleet.send([phone(1)], long);
    (await main.arrival(1)).answer(accepted('1'));
    (await main.arrival(2)).answer(retry({ afterMs: 20_000 }));
    await fleet.box.clock.advance(21_000);
    const third = await main.arrival(3);
    expect(third.submission.part).toBe(2);
    third.answer(accepted('2'));
    (await main.arrival(4)).answer(accepted('3'));
    await fleet.calm();
    expect(fleet.box.recipient(id).state).toBe('sent');
    expect(spare.handed).toEqual([]);
  });

  test('begins anew with another carrier when its own stays away; what was left behind decides nothing', async () => {
    const { fleet, main, spare } = await twoInOrder();
    main.hold();
    const [id = 0] = await fleet.send([phone(1)], long);
    (await main.arrival(1)).answer(accepted('77'));
    const second = await main.arrival(2);
    main.turn('faulty', 'Unplugged.');
    second.answer(retry({ carrierFault: true, afterMs: 1_000 }));
    await fleet.box.clock.advance(20_000);
    expect(spare.submissions.map((one) => one.part)).toEqual([1, 2, 3]);
    const failed = { reference: '77', msisdn: phone(1), code: 'x', message: 'x', at: null } as const;
    await main.host?.report({ ...failed, verdict: 'failed' });
    expect(fleet.box.recipient(id).state).toBe('sent');
    for (const { submission } of spare.handed)
      await spare.host?.report({ ...failed, reference: String(submission.id), verdict: 'delivered' });
    expect(fleet.box.recipient(id).state).toBe('success');
  });
});

describe('taking a carrier out of work by hand', () => {
  test('draining waits for what it holds, and gives it nothing more', async () => {
    const { fleet, main } = await twoInOrder();
    await fleet.registry.disable(2);
    main.hold();
    await fleet.send([phone(1), phone(2)]);
    const held = await main.arrival(1);
    let view: { held: number; state: string } | undefined;
    const drained = fleet.registry.drain(main.id).then((done) => {
      view = done;
    });
    await fleet.calm();
    expect(view).toBeUndefined();
    held.answer(accepted('1'));
    await drained;
    expect(view).toMatchObject({ held: 0, state: 'paused', paused: true });
    await fleet.box.clock.advance(5_000);
    expect(numbersOf(main)).toEqual([phone(1)]);
    main.script = ({ id }) => accepted(String(id));
    await fleet.registry.resume(main.id);
    await fleet.calm();
    expect(numbersOf(main)).toEqual([phone(1), phone(2)]);
  });

  test('one that hangs keeps nobody waiting for more than a minute', async () => {
    const { fleet, main } = await twoInOrder();
    main.hold();
    await fleet.send([phone(1)]);
    const drained = fleet.registry.drain(main.id);
    await fleet.box.clock.advance(60_000);
    expect(await drained).toMatchObject({ held: 1 });
  });

  test('a message for one carrier alone waits for that one, whatever the routes say', async () => {
    const { fleet, main, spare } = await twoInOrder();
    spare.turn('waiting', 'Searching.');
    const [id = 0] = await fleet.send([phone(1)], { carrierId: spare.id });
    await fleet.box.clock.advance(60_000);
    expect(main.handed).toEqual([]);
    expect(fleet.why(id)).toBe('Waiting: Spare: Searching.');
    spare.turn('ready');
    await fleet.calm();
    expect(numbersOf(spare)).toEqual([phone(1)]);
  });
});
