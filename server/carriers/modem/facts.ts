import type { CarrierStatus } from '../../domain/carrier.ts';

/** What the modem has told about itself; null where it has not, or cannot. */
export interface ModemFacts {
  /** The port in use. */
  port: string | null;
  manufacturer: string | null;
  model: string | null;
  firmware: string | null;
  imei: string | null;
  imsi: string | null;
  iccid: string | null;
  /** The SIM's service centre. */
  smsc: string | null;
  operator: string | null;
  signalDbm: number | null;
  /** In words: home, roaming, searching … */
  registration: string | null;
  memory: string | null;
  memoryUsed: number | null;
  memoryTotal: number | null;
  /** How new messages and reports are learnt of: the AT+CNMI setting, `polling`, or both. */
  notification: string | null;
  /** Resets of a hung modem within the last hour. */
  resets: number;
}

export function emptyFacts(): ModemFacts {
  return {
    port: null,
    manufacturer: null,
    model: null,
    firmware: null,
    imei: null,
    imsi: null,
    iccid: null,
    smsc: null,
    operator: null,
    signalDbm: null,
    registration: null,
    memory: null,
    memoryUsed: null,
    memoryTotal: null,
    notification: null,
    resets: 0,
  };
}

export function publicFacts(facts: ModemFacts): CarrierStatus['facts'] {
  return { ...facts };
}
