import { z } from 'zod';
import { items, operator } from './admin-route.ts';
import { routeTable } from './route.ts';

export const modemItem = z.object({
  imei: z.string().nullable(),
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  /** How its SIM was when it was asked last. */
  sim: z.enum(['ready', 'pin', 'puk', 'locked', 'missing']).nullable(),
  operator: z.string().nullable(),
  signalDbm: z.number().nullable(),
  /** What the machine calls the device. */
  device: z.string(),
  /** Ids of the USB device, such as `2c7c:0125`. */
  usb: z.string().nullable(),
  ports: z.array(
    z.object({
      path: z.string(),
      /** A name that stays when the path changes. */
      stable: z.string().nullable(),
      role: z.string(),
    }),
  ),
  /** The port for AT commands that was chosen. */
  port: z.string().nullable(),
  baudRate: z.number().int().nullable(),
  /** The carrier that has it, at work or switched off. */
  carrier: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  /** Whether it can be added as a carrier now. */
  free: z.boolean(),
  /** Why it cannot be used, and what to do. */
  problem: z.string().nullable(),
});
export type ModemItem = z.infer<typeof modemItem>;

/** The modems that are plugged in. */
export const adminModemsRoutes = routeTable({
  modems: {
    method: 'GET',
    path: '/modems',
    access: operator,
    summary: 'Modems that are plugged in, and what is known of them',
    answer: items(modemItem),
  },
  modemScan: {
    method: 'POST',
    path: '/modems/scan',
    access: operator,
    summary: 'Ask every free port which modem is at it',
    answer: items(modemItem),
  },
});
