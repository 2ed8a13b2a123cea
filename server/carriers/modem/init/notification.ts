import { spreadValues } from '../at/answers.ts';
import type { ModemPort } from '../modem-port.ts';
import type { Logger } from '../../../domain/ports.ts';
import type { Priority } from '../at/command-queue.ts';
import type { ModemQuirks } from '../quirks/modem-quirks.ts';

/** How new messages and reports are learnt of. */
export interface Notification {
  /** For a person: the setting, and whether the memory is looked at as well. */
  readonly words: string;
  /** What AT+CNMI was set to; null when the modem takes nothing. */
  readonly setting: readonly number[] | null;
  /** What AT+CNMI? told after that; null when it tells nothing. */
  readonly readBack: string | null;
  /** New messages are not announced, so the memory must be looked at. */
  readonly polling: boolean;
}

const mostArguments = 5;
const startTries = 3;
const startPauseMs = 2_000;

const nothing: Notification = { words: 'polling', setting: null, readBack: null, polling: true };

/** Sets the first notification of the ladder that the modem takes; polling alone when it takes none. */
export async function setNotification(
  port: ModemPort,
  log: Logger,
  ladder: ModemQuirks['notifications'],
): Promise<Notification> {
  const offered = await port.patient('AT+CNMI=?', startTries, startPauseMs);
  const groups = offered.kind === 'ok' ? parseOffer(offered.lines) : [];
  for (const rung of ladder) {
    const setting = fit(rung, groups);
    if (setting === null) continue;
    const answer = await port.patient(notificationCommand(setting), startTries, startPauseMs);
    if (answer.kind === 'closed') return nothing;
    if (answer.kind !== 'ok') continue;
    const readBack = await readNotification(port);
    if (readBack === null || took(readBack, setting)) return describe(setting, readBack);
  }
  log.warn('modem.notification_refused');
  return nothing;
}

export function notificationCommand(setting: readonly number[]): string {
  return `AT+CNMI=${setting.join(',')}`;
}

/** The setting in force as the modem writes it, spaces off; null when it does not tell. */
export async function readNotification(port: ModemPort, priority?: Priority): Promise<string | null> {
  const answer = await port.command('AT+CNMI?', priority === undefined ? {} : { priority });
  if (answer.kind !== 'ok') return null;
  const values = answer.lines
    .map((line) => /^\+CNMI:\s*([\d,\s]+)$/.exec(line)?.[1])
    .find((text) => text !== undefined);
  return values?.replaceAll(/\s/g, '') ?? null;
}

function describe(setting: readonly number[], readBack: string | null): Notification {
  const polling = setting[1] !== 1;
  const text = setting.join(',');
  return { words: polling ? `${text} with polling` : text, setting, readBack, polling };
}

/**
 * What the modem lists for each argument, by position: `(0-2),(0,2),,(0,1),0`. An argument left open lists nothing, which
 * fits anything; brackets are left out by some.
 */
export function parseOffer(lines: readonly string[]): string[][] {
  const line = lines.map((text) => text.replaceAll(/\s/g, '')).find((text) => /^(?:\+CNMI:|\()/.test(text));
  const fields = line?.replace('+CNMI:', '').match(/\([^()]*\)|[^,()]+|(?<=,|^)(?=,|$)/g) ?? [];
  return fields.slice(0, mostArguments).map((field) => spreadValues(field.replaceAll(/[()]/g, '')));
}

/** The rung with a buffer setting that the modem lists; null when it lists something else than the rung needs. */
function fit(rung: readonly number[], groups: readonly (readonly string[])[]): number[] | null {
  // A modem that lists fewer arguments takes fewer.
  const setting = groups.length >= 2 ? rung.slice(0, groups.length) : [...rung];
  const buffer = groups[4];
  if (setting.length === 5 && buffer !== undefined && buffer.length > 0 && !buffer.includes('0')) {
    setting[4] = Number(buffer[0]);
  }
  const fits = setting.every((value, at) => {
    const group = groups[at];
    return group === undefined || group.length === 0 || group.includes(String(value));
  });
  return fits ? setting : null;
}

/** Some modems answer OK and keep their own mind; how a message and a report are announced is what counts. */
function took(readBack: string, setting: readonly number[]): boolean {
  const read = readBack.split(',').map(Number);
  return read[1] === setting[1] && (setting[3] === undefined || read[3] === setting[3]);
}
