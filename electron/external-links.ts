import type { Electron, Log } from './world.ts';

/** Schemes that a browser or a mail program takes; anything else could start a program. */
const schemes: ReadonlySet<string> = new Set(['https:', 'mailto:']);

/** Hands an address to the system's own program for it, if it is one of those that may leave the app. */
export function openOutside(electron: Pick<Electron, 'shell'>, address: string, log: Log): void {
  if (!URL.canParse(address) || !schemes.has(new URL(address).protocol)) return log('link.refused');
  electron.shell.openExternal(address).catch(() => log('link.not_opened'));
}
