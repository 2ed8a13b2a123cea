import { z } from 'zod';

/**
 * What the desktop's main process and the process of the server say to each other, over the port that Electron gives
 * them. Both sides parse what they hear.
 */

const masterKeyLength = 32;

/** Where and how the server runs; paths are absolute. */
const start = z.object({
  type: z.literal('start'),
  options: z.object({
    dataDir: z.string().min(1),
    host: z.string().min(1),
    /** 0 takes any free one. */
    port: z.number().int().min(0).max(65_535),
    logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    /** Folder of the built pages. */
    uiDir: z.string().min(1).optional(),
  }),
  /** Travels in a message only: environment and arguments of a process can be read by others. */
  masterKey: z
    .instanceof(Uint8Array)
    .refine((key) => key.length === masterKeyLength, `a master key has ${masterKeyLength} bytes`),
});

const stop = z.object({ type: z.literal('stop') });

/** A way in for a window; answered by `ticket`. */
const askTicket = z.object({ type: z.literal('ticket') });

/** Pauses every carrier, or lets all go on; the next `glance` shows it. */
const setPaused = z.object({ type: z.literal('paused'), paused: z.boolean() });

/** The machine has slept. */
const wakeUp = z.object({ type: z.literal('wakeUp') });

/** From the main process to the server. `start` comes once and first; `stop` may come at any time, also more than once. */
export const toServer = z.discriminatedUnion('type', [start, stop, askTicket, setPaused, wakeUp]);
export type ToServer = z.infer<typeof toServer>;

const ready = z.object({ type: z.literal('ready'), port: z.number().int(), url: z.url() });

/** What was asked did not come about; a server that runs goes on running. `code` is one of the box's error codes. */
const failed = z.object({ type: z.literal('failed'), code: z.string(), message: z.string() });

/** Everything is on disk and the process ends. */
const stopped = z.object({ type: z.literal('stopped') });

/** A one-time way in; without administrators the code of the set-up instead. */
const ticket = z.object({
  type: z.literal('ticket'),
  ticket: z.string().nullable(),
  setupCode: z.string().nullable(),
});

/** How the box is; told when it changes. */
const glance = z.object({
  type: z.literal('glance'),
  glance: z.object({
    carriers: z.number().int(),
    ready: z.number().int(),
    paused: z.boolean(),
    queued: z.number().int(),
    troubles: z.array(z.object({ carrier: z.string(), reason: z.string() })),
  }),
});
export type Glance = z.infer<typeof glance>['glance'];

/** From the server to the main process. */
export const fromServer = z.discriminatedUnion('type', [ready, failed, stopped, ticket, glance]);
export type FromServer = z.infer<typeof fromServer>;
