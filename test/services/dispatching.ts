import { onTestFinished } from 'vitest';
import { Dispatcher } from '../../server/services/dispatcher.ts';
import { quiet } from '../fakes/box.ts';
import { settle as settleTurns } from '../fakes/manual-clock.ts';
import { ScriptedCarrier } from '../fakes/scripted-carrier.ts';
import { rejected, type StoreBox } from '../fakes/store-box.ts';

/** A dispatcher over the stores of a box, with one carrier. */
export async function dispatching(box: StoreBox) {
  const carrier = new ScriptedCarrier();
  const random = { bytes: (n: number) => new Uint8Array(n), fraction: () => 0.5 };
  const dispatcher = new Dispatcher({
    claims: box.stores.claims,
    settles: box.stores.settles,
    clock: box.clock,
    random,
    log: quiet,
  });
  box.stores.onCommit((touched) => {
    if (touched.size > 0) dispatcher.wake();
  });
  await dispatcher.start();
  dispatcher.attach(carrier, box.policy);
  onTestFinished(async () => {
    carrier.state = 'stopped';
    for (const one of carrier.handed) one.answer(rejected);
    await dispatcher.stop();
  });
  /** Lets everything happen that needs no time to pass. */
  const quietDown = async () => {
    for (let turn = 0; turn < 8; turn += 1) await settleTurns();
  };
  return { carrier, dispatcher, quietDown };
}
