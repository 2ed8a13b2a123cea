import type { Electron, Log } from './world.ts';

/** Schemes that a browser or a mail program takes; anything else could start a program. */
const schemes: ReadonlySet<string> = new Set(['https:', 'mailto:']);

/**
 * Hands an address to the system's own program for it, if it is one of those that may leave the app.
 * @param own the box's own address, whose pages may be opened in a browser as well, such as the API document.
 */
export function openOutside(electron: Pick<Electron, 'shell'>, address: string, own: string | null, log: Log): void {
  if (!URL.canParse(address)) return log('link.refused');
  const { protocol, origin } = new URL(address);
  const isOwn = own !== null && origin === new URL(own).origin;
  if (!isOwn && !schemes.has(protocol)) return log('link.refused');
  electron.shell.openExternal(address).catch(() => log('link.not_opened'));
}
