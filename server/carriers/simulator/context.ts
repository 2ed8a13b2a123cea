/** What the parts of a simulated modem know of each other. */

import type { SimulatorFaults } from './faults.ts';
import type { MessageStore } from './message-store.ts';
import type { SimulatorProfile } from './profile.ts';
import type { SimCard } from './sim-card.ts';
import type { Timers } from './timers.ts';

/** What AT commands set and a loss of power forgets. */
export interface Settings {
  echo: boolean;
  verbose: boolean;
  quiet: boolean;
  /** AT+CMEE. */
  errors: number;
  /** AT+CREG, AT+CEREG, AT+CGREG. */
  registrationReports: { readonly CREG: number; readonly CEREG: number; readonly CGREG: number };
  /** AT+COPS=3. */
  operatorFormat: number;
  characterSet: string;
  /** AT+CSMS. */
  service: number;
  textMode: boolean;
  /** AT+CNMI: mode, mt, bm, ds, bfr. */
  cnmi: readonly [number, number, number, number, number];
  keepLink: number;
  /** AT+CFUN: 1 full, 0 and 4 without radio. */
  function: number;
}

/** Without power, starting up, or taking commands. */
export type Phase = 'off' | 'booting' | 'up';

/** How commands reach the routing of what comes from the network. */
export interface RoutingControl {
  /** AT+CNMI was set: reports that were kept may go. */
  configured(): void;
  /** AT+CNMA came; false when none was expected. */
  acknowledge(): boolean;
}

export interface ModemContext {
  readonly profile: SimulatorProfile;
  readonly faults: SimulatorFaults;
  readonly settings: Settings;
  readonly sim: SimCard;
  readonly store: MessageStore;
  readonly routing: RoutingControl;
  /** Timers that a loss of power stops. */
  readonly power: Timers;
  readonly phase: Phase;
  /** Short-message commands work; a while after the start. */
  readonly smsReady: boolean;
  /** Service centre on the SIM, digits. */
  smsc: string;
  portOpen(): boolean;
  /** An unasked-for result: lines that belong together. Lost when nobody reads. */
  urc(...lines: readonly string[]): void;
  /** Power off and on again, as AT+CFUN=1,1 does. */
  reset(): void;
  /** Room was made, or service came back: the network may try what it holds. */
  roomMade(): void;
}

export function freshSettings(profile: SimulatorProfile): Settings {
  return {
    echo: profile.echoAtBoot,
    verbose: true,
    quiet: false,
    errors: 0,
    registrationReports: { CREG: 0, CEREG: 0, CGREG: 0 },
    operatorFormat: 0,
    characterSet: 'IRA',
    service: 0,
    textMode: profile.textModeAtBoot,
    cnmi: [0, 0, 0, 0, 0],
    keepLink: 0,
    function: 1,
  };
}

/** `stat` of AT+CREG? at this moment. 3GPP TS 27.007 §7.2. */
export function registrationOf(modem: Pick<ModemContext, 'phase' | 'faults' | 'settings' | 'sim' | 'profile'>): number {
  if (modem.phase !== 'up' || modem.settings.function !== 1 || modem.sim.fault() !== null) return 0;
  return modem.faults.noSignal ? 2 : modem.profile.registration;
}

/** Whether short messages can pass: registered at home or roaming, in full or for SMS only. */
export function hasService(modem: Parameters<typeof registrationOf>[0]): boolean {
  return [1, 5, 6, 7].includes(registrationOf(modem));
}
