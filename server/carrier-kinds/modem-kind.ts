import { z } from 'zod';
import { createModemCarrier } from '../carriers/modem/modem-carrier.ts';
import { createBalanceMemory, type BalanceMemory, type BalanceSettings } from '../carriers/modem/operate/balance.ts';
import { createPinMemory, type PinMemory } from '../carriers/modem/pin-memory.ts';
import { resolvePort } from '../carriers/modem/serial/serial-list.ts';
import { openSerialStream } from '../carriers/modem/serial/serial-stream.ts';
import type { CarrierRecord, CarrierStore } from '../store/carrier-store.ts';
import { carrierKind } from './kind.ts';

const resting = z.object({
  path: z.string().optional(),
  usbSerial: z.string().optional(),
  baudRate: z.number().optional(),
  pin: z.string().optional(),
  smsc: z.string().optional(),
  balanceCode: z.string().optional(),
  balancePattern: z.string().optional(),
  balanceEveryHours: z.number().optional(),
  balanceLow: z.number().optional(),
  /** What the SIM was last known to have. */
  balanceKnown: z.object({ amount: z.number(), at: z.number(), sim: z.string().nullable().default(null) }).optional(),
  /** SIMs on which the stored PIN was refused, or tried and not seen to work. */
  pinRefused: z.array(z.string()).optional(),
});

/** A GSM or LTE modem at a serial port. */
export const modemKind = carrierKind({
  usualName: 'Modem',
  resting,
  secrets: ['pin'],
  create: (record, config, host, { store, sealer, clock, random, log }) => {
    const { path, usbSerial, baudRate = 115_200, pin, smsc } = config;
    return createModemCarrier({
      kind: 'modem',
      name: record.name,
      host,
      clock,
      random,
      log,
      // Looked up at every opening: after a re-plug the same stick may have another port name.
      openStream: async () => {
        const port = await resolvePort({
          ...(path === undefined ? {} : { path }),
          ...(usbSerial === undefined ? {} : { usbSerial }),
        });
        return await openSerialStream({ path: port, baudRate, clock });
      },
      ...(pin === undefined ? {} : { pin: sealer.unseal(pin) }),
      ...(smsc === undefined ? {} : { smsc }),
      pinMemory: lastingPinMemory(store, record),
      balance: balanceSettings(config),
      balanceMemory: lastingBalanceMemory(store, record),
    });
  },
});

function balanceSettings(config: z.infer<typeof resting>): BalanceSettings | null {
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
