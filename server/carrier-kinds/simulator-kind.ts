import { z } from 'zod';
import { createModemCarrier } from '../carriers/modem/modem-carrier.ts';
import { SimulatorCarrier } from '../carriers/simulator/simulator-carrier.ts';
import { createSimulatedModem } from '../carriers/simulator/simulated-modem.ts';
import { carrierKind } from './kind.ts';

/** A modem inside the process, behind the real driver. */
export const simulatorKind = carrierKind({
  usualName: 'Simulator',
  resting: z.object({}),
  secrets: [],
  create: (record, _config, host, { clock, random, log }) => {
    const modem = createSimulatedModem({ clock, random });
    const openStream = async () => modem.connect();
    const balance = { code: '*121#', pattern: null, everyHours: null, low: null };
    const driver = createModemCarrier({
      kind: 'simulator',
      name: record.name,
      host,
      clock,
      random,
      log,
      openStream,
      balance,
    });
    return new SimulatorCarrier({ driver, modem, changed: () => host.changed() });
  },
});
