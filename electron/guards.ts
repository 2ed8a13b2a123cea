import type { Session, WebContents } from 'electron';
import { openOutside } from './external-links.ts';
import type { World } from './world.ts';

/** What pages may be shown in the window. */
export interface Allowed {
  /** The box's own address while it runs, such as `http://127.0.0.1:8580`. */
  origin(): string | null;
  /** Exact address of the page for faults. */
  readonly faultPage: string;
}

/** Whether an address is a page of the box itself, or the page for faults. Exact: no prefix of an address counts. */
export function mayShow(address: string, allowed: Allowed): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol === 'file:') return url.href === allowed.faultPage;
  const origin = allowed.origin();
  return origin !== null && url.origin === new URL(origin).origin && url.username === '' && url.password === '';
}

/** Keeps a window where it belongs: no page from elsewhere, no second window, no frame, no web view. */
export function guardContents(contents: WebContents, allowed: Allowed, world: Pick<World, 'electron' | 'log'>): void {
  const keep = (event: { preventDefault(): void }, address: string) => {
    if (mayShow(address, allowed)) return;
    event.preventDefault();
    world.log('navigation.refused');
  };
  contents.on('will-navigate', (event) => keep(event, event.url));
  contents.on('will-redirect', (event) => keep(event, event.url));
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame) return;
    event.preventDefault();
    world.log('frame.refused');
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(world.electron, url, allowed.origin(), world.log);
    return { action: 'deny' };
  });
}

/** Writing to the clipboard by a button is all that the pages need. */
const permissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Refuses camera, microphone, notifications, devices and whatever else a page could ask for. */
export function guardSession(session: Session, allowed: Allowed): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(permissions.has(permission) && mayShow(details.requestingUrl, allowed));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permissions.has(permission) && mayShow(origin, allowed),
  );
  session.setDevicePermissionHandler(() => false);
}
