import { z } from 'zod';
import { ModemLine } from '../carriers/modem/discovery/modem-line.ts';
import type { ModemWanted } from '../carriers/modem/discovery/place-modem.ts';
import { createModemCarrier } from '../carriers/modem/modem-carrier.ts';
import { createBalanceMemory, type BalanceMemory, type BalanceSettings } from '../carriers/modem/operate/balance.ts';
import { createPinMemory, type PinMemory } from '../carriers/modem/pin-memory.ts';
import type { CarrierRecord, CarrierStore } from '../store/carrier-store.ts';
import { carrierKind } from './kind.ts';

const resting = z.object({
  /** Of the modem itself: wanted by a person, or learnt at the first successful start. */
  imei: z.string().optional(),
  path: z.string().optional(),
  usbSerial: z.string().optional(),
  baudRate: z.number().optional(),
  pin: z.string().optional(),
  smsc: z.string().optional(),
  number: z.string().optional(),
  balanceCode: z.string().optional(),
  balancePattern: z.string().optional(),
  balanceEveryHours: z.number().optional(),
  balanceLow: z.number().optional(),
  /** What the SIM was last known to have. */
  balanceKnown: z.object({ amount: z.number(), at: z.number(), sim: z.string().nullable().default(null) }).optional(),
  /** SIMs on which the stored PIN was refused, or tried and not seen to work. */
  pinRefused: z.array(z.string()).optional(),
  /** USB ids and interface at which the modem was met last. */
  seenUsb: z.string().optional(),
  seenInterface: z.number().optional(),
});

/** Finding the modem is part of opening its port, and asking silent ports takes its time. */
const openMs = 60_000;

type ModemConfig = z.infer<typeof resting>;

/** A GSM or LTE modem at a serial port. */
export const modemKind = carrierKind({
  usualName: 'Modem',
  resting,
  secrets: ['pin'],
  learnt: { pin: ['pinRefused'] },
  create: (record, config, host, { store, sealer, clock, random, log, modems }) => {
    const { pin, smsc, number } = config;
    const line = new ModemLine({
      finder: modems,
      holder: { carrierId: record.id, name: record.name },
      wanted: wantedModem(config),
      log,
      keep: (learnt) => store.patchConfig(record.id, { ...learnt }),
    });
    return createModemCarrier({
      kind: 'modem',
      name: record.name,
      host,
      clock,
      random,
      log,
      openStream: (how) => line.open(how),
      register: line,
      power: line,
      timeouts: { open: openMs },
      ...(pin === undefined ? {} : { pin: sealer.unseal(pin) }),
      ...(smsc === undefined ? {} : { smsc }),
      ...(number === undefined ? {} : { number }),
      pinMemory: lastingPinMemory(store, record),
      balance: balanceSettings(config),
      balanceMemory: lastingBalanceMemory(store, record),
    });
  },
});

function wantedModem(config: ModemConfig): ModemWanted {
  return {
    imei: config.imei ?? null,
    path: config.path ?? null,
    usbSerial: config.usbSerial ?? null,
    baudRate: config.baudRate ?? null,
    usb: config.seenUsb ?? null,
    interfaceNumber: config.seenInterface ?? null,
  };
}

function balanceSettings(config: ModemConfig): BalanceSettings | null {
  if (config.balanceCode === undefined) return null;
  return {
    code: config.balanceCode,
    pattern: config.balancePattern ?? null,
    everyHours: config.balanceEveryHours ?? null,
    low: config.balanceLow ?? null,
  };
}

/** Rests with the carrier, so that a restart shows the last balance and dials no code. */
function lastingBalanceMemory(store: CarrierStore, record: CarrierRecord): BalanceMemory {
  const kept: unknown = JSON.parse(record.config);
  const known = createBalanceMemory(resting.parse(kept).balanceKnown ?? null);
  return {
    last: () => known.last(),
    remember: async (balance) => {
      await known.remember(balance);
      await store.patchConfig(record.id, { balanceKnown: balance });
    },
  };
}

/** Refusals rest with the carrier: a wrong PIN is never sent again by a restart. */
function lastingPinMemory(store: CarrierStore, record: CarrierRecord): PinMemory {
  const kept: unknown = JSON.parse(record.config);
  const sims = new Set(resting.parse(kept).pinRefused);
  const memory = createPinMemory();
  const save = () => store.patchConfig(record.id, { pinRefused: [...sims] });
  return {
    refused: async (sim) => sims.has(sim) || (await memory.refused(sim)),
    remember: async (sim) => {
      sims.add(sim);
      await save();
    },
    forget: async (sim) => {
      if (sims.delete(sim)) await save();
    },
  };
}
