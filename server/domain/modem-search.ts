/** How a SIM is that was asked: `pin` waits for its PIN, `locked` for something that no PIN opens. */
export type SimPresent = 'ready' | 'pin' | 'puk' | 'locked' | 'missing';

/** What a modem said of its SIM and network when it was asked last; null where it did not tell. */
export interface ModemAir {
  readonly sim: SimPresent | null;
  readonly operator: string | null;
  readonly signalDbm: number | null;
}

/** One modem that is plugged in, or what is known of it. */
export interface ModemPresent extends ModemAir {
  /** Null when it does not tell, or was not asked. */
  readonly imei: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  /** What the machine calls the device; for when the modem itself has not told. */
  readonly device: string;
  /** Ids of its USB device, such as `2c7c:0125`. */
  readonly usb: string | null;
  readonly ports: readonly ModemPortPresent[];
  /** The port for AT commands that was chosen; null while none is known. */
  readonly port: string | null;
  /** Speed at which it answered; only where that matters, at a serial adapter. */
  readonly baudRate: number | null;
  /** The carrier that holds it. */
  readonly carrierId: number | null;
  /** Why it cannot be used, and what to do, in words. */
  readonly problem: string | null;
}

export interface ModemPortPresent {
  readonly path: string;
  /** A name that stays when the path changes, where there is one. */
  readonly stable: string | null;
  /** What it is for, as far as is known: commands, dial, diagnostic, position, sound, unknown. */
  readonly role: string;
}

/** Finds the modems of this machine. */
export interface ModemSearch {
  /** What is plugged in, and what was learnt of it so far; opens no port. */
  present(): Promise<readonly ModemPresent[]>;
  /** Asks every free port that may be a modem, serial adapters too. Takes some seconds; what a carrier holds is left alone. */
  scan(): Promise<readonly ModemPresent[]>;
}

/** A modem's number as far as it identifies: 14 digits; the last ones are a check digit or the version of its software. */
const identifying = 14;

/** Whether two IMEIs, as modems write them, are of one modem. 3GPP TS 23.003 §6.2. */
export function sameImei(a: string, b: string): boolean {
  return a.slice(0, identifying) === b.slice(0, identifying);
}

/** Whether an IMEI tells one modem from another; some bad copies have none but zeros. */
export function tellingImei(imei: string | null): imei is string {
  return imei !== null && /^\d{14,17}$/.test(imei) && !/^(\d)\1*$/.test(imei.slice(0, identifying));
}
