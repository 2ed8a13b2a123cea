import { ModemFinder } from '../../../server/carriers/modem/discovery/modem-finder.ts';
import { ModemLine } from '../../../server/carriers/modem/discovery/modem-line.ts';
import type { LearntModem } from '../../../server/carriers/modem/discovery/modem-line.ts';
import type { ModemWanted } from '../../../server/carriers/modem/discovery/place-modem.ts';
import { createModemCarrier } from '../../../server/carriers/modem/modem-carrier.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { FakeMachine } from '../../fakes/modem-machine.ts';
import type { ScriptedModem } from '../../fakes/scripted-modem.ts';
import { RecordingHost, silentLog, steadyRandom } from './rig.ts';

/** A machine with modems, and carriers that find theirs among them. */
export class Shop {
  readonly machine: FakeMachine;
  readonly clock = new ManualClock();
  mayCyclePower = true;
  readonly finder: ModemFinder;
  #carriers = 0;

  constructor(machine = new FakeMachine()) {
    this.machine = machine;
    this.finder = new ModemFinder({
      machine,
      clock: this.clock,
      random: steadyRandom,
      log: silentLog,
      mayCyclePower: () => this.mayCyclePower,
    });
  }

  async carrier(wanted: Partial<ModemWanted>, kept: LearntModem[] = []) {
    this.#carriers += 1;
    const line = new ModemLine({
      finder: this.finder,
      holder: { carrierId: this.#carriers, name: `Carrier ${this.#carriers}` },
      wanted: { imei: null, path: null, usbSerial: null, baudRate: null, usb: null, interfaceNumber: null, ...wanted },
      log: silentLog,
      keep: (learnt) => {
        kept.push(learnt);
        return Promise.resolve();
      },
    });
    const host = new RecordingHost();
    const { clock } = this;
    const carrier = createModemCarrier({
      kind: 'modem',
      name: `Carrier ${this.#carriers}`,
      openStream: (how) => line.open(how),
      register: line,
      power: line,
      host,
      clock,
      random: steadyRandom,
      log: silentLog,
    });
    await carrier.start();
    await clock.advance(10_000);
    return { carrier, kept };
  }
}

/** The modem answers nothing that it is asked from now on; what it gives back heals it. */
export function hang(modem: ScriptedModem): () => void {
  const commands = ['AT', 'AT+CSQ', 'AT+CREG?', 'AT+CEREG?', 'AT+CGREG?'];
  for (const command of commands) modem.answers.set(command, null);
  return () => {
    for (const command of commands) modem.answers.delete(command);
  };
}
