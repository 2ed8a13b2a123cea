import { expect, test } from 'vitest';
import type { CarrierCommand, CarrierCommandAnswer } from '../../server/domain/carrier-command.ts';
import type { Carrier } from '../../server/domain/carrier.ts';
import { isAppError } from '../../server/domain/errors.ts';
import { CarrierOperator } from '../../server/services/carrier-operator.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { ScriptedCarrier } from '../fakes/scripted-carrier.ts';

/** A carrier that answers a command when the test says so. */
class SlowCarrier extends ScriptedCarrier {
  readonly asked: PromiseWithResolvers<CarrierCommandAnswer>[] = [];

  operate(_command: CarrierCommand): Promise<CarrierCommandAnswer> {
    const answer = Promise.withResolvers<CarrierCommandAnswer>();
    this.asked.push(answer);
    return answer.promise;
  }
}

function operatorOf(carrier: Carrier | undefined) {
  const clock = new ManualClock();
  const operator = new CarrierOperator({
    find: () => ({ name: 'Office', carrier }),
    intake: { accept: () => Promise.reject(new Error('nothing is sent here')) },
    clock,
    timeZone: () => 'UTC',
  });
  const run = async () => {
    try {
      return await operator.operate(1, { kind: 'probe' });
    } catch (error) {
      return isAppError(error) ? error.code : 'fault';
    }
  };
  return { clock, run };
}

const fine: CarrierCommandAnswer = { ok: true, text: 'fine', lines: [], more: false };

test('a carrier that does not answer is waited for a minute; its next command waits for the end of this one', async () => {
  const carrier = new SlowCarrier();
  const { clock, run } = operatorOf(carrier);
  const first = run();
  await clock.advance(59_999);
  expect(await run()).toBe('carrier.not_ready');
  await clock.advance(1);
  expect(await first).toMatchObject({ ok: false, text: expect.stringContaining('60 seconds') });
  expect(await run()).toBe('carrier.not_ready');
  carrier.asked[0]?.resolve(fine);
  await clock.advance(0);
  const next = run();
  carrier.asked[1]?.resolve(fine);
  expect(await next).toEqual(fine);
  expect(clock.timers).toBe(0);
});

test('a command that fails gives the carrier free', async () => {
  const carrier = new SlowCarrier();
  const { run } = operatorOf(carrier);
  const first = run();
  carrier.asked[0]?.reject(new Error('broken'));
  expect(await first).toBe('fault');
  const next = run();
  carrier.asked[1]?.resolve(fine);
  expect(await next).toEqual(fine);
});

test('an answer is cut to what a page can show', async () => {
  const carrier = new SlowCarrier();
  const { run } = operatorOf(carrier);
  const answer = run();
  carrier.asked[0]?.resolve({
    ...fine,
    text: 'x'.repeat(9_000),
    lines: Array.from({ length: 500 }, () => 'y'.repeat(2_000)),
  });
  const shown = await answer;
  expect(shown).toMatchObject({ text: 'x'.repeat(4_000), lines: { length: 200 } });
  expect(typeof shown === 'string' ? 0 : shown.lines[0]?.length).toBe(1_000);
});

test('a carrier without commands, or switched off, says so', async () => {
  expect(await operatorOf(new ScriptedCarrier()).run()).toBe('carrier.command_unsupported');
  expect(await operatorOf(undefined).run()).toBe('carrier.not_ready');
});
