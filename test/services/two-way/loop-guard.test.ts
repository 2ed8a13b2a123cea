import { describe, expect, test } from 'vitest';
import { phone } from '../../fakes/box.ts';
import { TwoWayRig } from './two-way-rig.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('the box answers nothing', () => {
  test.each(['SCB Easy', '1175', '4545', '*121#', '', '85291234567'])('to %j, where nobody reads', async (from) => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    await rig.receive('hello', { from });
    expect(rig.outcomes()).toEqual(['reply no_number']);
  });

  test('to numbers of its own SIMs, told by settings or by the SIM', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you', forwardTo: phone(77) });
    await rig.settings.set('inbound.ownNumbers', [`0${phone(5).slice(2)}`]);
    rig.facts = [{ operator: 'AIS' }, { msisdn: `+${phone(6)}` }];
    for (const from of [phone(5), phone(6), phone(7)]) await rig.receive('hello', { from });
    expect(rig.outcomes()).toEqual([
      'reply own_number',
      'forward loop',
      'reply own_number',
      'forward loop',
      'reply sent',
      'forward sent',
    ]);
  });

  test('on to who wrote it, or what was sent on before', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ forwardTo: phone(77) });
    await rig.receive('hello', { from: phone(77) });
    await rig.receive(`From ${phone(9)}: hello`);
    expect(rig.outcomes()).toEqual(['forward loop', 'forward loop']);
  });
});

describe('one number', () => {
  test('gets so many answers in so many minutes, as settings say; others get theirs', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    await rig.settings.set('inbound.answersPerNumber', 2);
    for (let n = 0; n < 4; n += 1) await rig.receive(`hello ${n}`);
    await rig.receive('hello', { from: phone(2) });
    expect(rig.outcomes()).toEqual(['reply sent', 'reply sent', 'reply too_many', 'reply too_many', 'reply sent']);
    rig.box.clock.jump(10 * minute);
    await rig.receive('hello again');
    expect(rig.outcomes().at(-1)).toBe('reply sent');
  });

  test('that writes again and again, however slowly, is not answered any more until it was silent', async () => {
    const rig = await TwoWayRig.open({ credits: 1_000 });
    await rig.rule({ reply: 'Thank you' });
    for (let n = 0; n < 30; n += 1) {
      await rig.receive(`hello ${n}`);
      rig.box.clock.jump(5 * hour);
    }
    const outcomes = rig.outcomes();
    expect(outcomes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'reply sent'));
    expect(outcomes.slice(20)).toEqual(Array.from({ length: 10 }, () => 'reply loop'));
    rig.box.clock.jump(hour);
    await rig.receive('hello');
    expect(rig.outcomes().at(-1)).toBe('reply sent');
  });

  test('is remembered over a restart, and forgotten after its silence', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    await rig.settings.set('inbound.answersPerNumber', 1);
    await rig.receive('hello');
    const next = await TwoWayRig.open({ box: rig.box.reopen() });
    await next.receive('hello again');
    expect(next.outcomes()).toEqual(['reply sent', 'reply too_many']);
    const streaks = () => next.box.peek.one('SELECT COUNT(*) AS n FROM answer_streak');
    await next.box.stores.answers.sweep(next.box.clock.now() + 6 * hour);
    expect(streaks()).toEqual({ n: 1 });
    await next.box.stores.answers.sweep(next.box.clock.now() + 6 * hour + 1);
    expect(streaks()).toEqual({ n: 0 });
  });

  test('may have many texts sent on, as people talk', async () => {
    const rig = await TwoWayRig.open({ credits: 1_000 });
    await rig.rule({ forwardTo: phone(77) });
    for (let n = 0; n < 31; n += 1) await rig.receive(`hello ${n}`);
    expect(rig.outcomes().filter((outcome) => outcome === 'forward sent')).toHaveLength(30);
    expect(rig.outcomes().at(-1)).toBe('forward too_many');
  });
});
