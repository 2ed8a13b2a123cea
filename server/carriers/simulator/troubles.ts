import type { SimulatorTrouble } from '../../domain/carrier-command.ts';
import type { SimulatedModem } from './simulated-modem.ts';

/** Longer than a person likes to wait, shorter than the driver does. */
const slowAnswerMs = 400;
const slowSubmitMs = 6_000;
/** +CMS ERROR: 38, network out of order. */
const networkOutOfOrder = 38;
/** Share of the reports that gets lost. */
const lost = 0.5;

/** Makes a simulated modem suffer from exactly these troubles. */
export function makeSuffer(modem: SimulatedModem, troubles: ReadonlySet<SimulatorTrouble>): void {
  const { faults } = modem;
  const slow = troubles.has('slow');
  faults.latencyMs = slow ? slowAnswerMs : 0;
  faults.submitMs = slow ? slowSubmitMs : 0;
  faults.noSignal = troubles.has('no-signal');
  faults.cmsError = troubles.has('refused') ? networkOutOfOrder : null;
  faults.silent = troubles.has('silent');
  faults.simRemoved = troubles.has('no-sim');
  faults.noReports = troubles.has('no-reports');
  faults.lostReports = troubles.has('lost-reports') ? lost : 0;
  faults.storageFull = troubles.has('memory-full');
  if (troubles.has('unplugged')) modem.unplug();
  else if (!modem.pluggedIn) modem.plug();
}
