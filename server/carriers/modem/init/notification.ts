import { parseGroups } from '../at/answers.ts';
import type { InitContext } from './context.ts';

/**
 * Settings of AT+CNMI (3GPP TS 27.005 §3.4.1) in the order of trust: stored messages are announced (mt 1), so nothing is
 * lost while nobody reads the port; reports come at once (ds 1), else stored (ds 2), else not at all.
 */
const ladder: readonly (readonly number[])[] = [
  [2, 1, 0, 1, 0],
  [1, 1, 0, 1, 0],
  [2, 1, 0, 2, 0],
  [1, 1, 0, 2, 0],
  [3, 1, 0, 1, 0],
  [2, 1, 0, 0, 0],
  [1, 1],
  [3, 1],
];

/** Sets the best notification the modem takes and gives it back as text; `polling` when it takes none. */
export async function setNotification({ port, log }: InitContext): Promise<string> {
  const offered = await port.command('AT+CNMI=?');
  const groups = offered.kind === 'ok' ? parseGroups(offered.lines) : [];
  for (const rung of ladder) {
    const setting = fit(rung, groups);
    if (setting === null) continue;
    const text = setting.join(',');
    const answer = await port.command(`AT+CNMI=${text}`);
    if (answer.kind === 'closed') return 'polling';
    if (answer.kind !== 'ok') continue;
    const readBack = await port.command('AT+CNMI?');
    if (readBack.kind !== 'ok' || took(readBack.lines, setting)) return text;
  }
  log.warn('modem.notification_refused');
  return 'polling';
}

/** The rung with a buffer setting that the modem lists; null when it lists something else than the rung needs. */
function fit(rung: readonly number[], groups: readonly (readonly string[])[]): number[] | null {
  const setting = [...rung];
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
function took(lines: readonly string[], setting: readonly number[]): boolean {
  const values = lines.map((line) => /^\+CNMI:\s*([\d,\s]+)$/.exec(line)?.[1]).find((text) => text !== undefined);
  if (values === undefined) return true;
  const read = values.split(',').map((text) => Number(text.trim()));
  return read[1] === setting[1] && (setting[3] === undefined || read[3] === setting[3]);
}
