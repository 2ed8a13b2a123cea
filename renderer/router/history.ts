import { useMemo, useSyncExternalStore } from 'react';

/** Asks whether the reader may leave, and calls `go` when so. */
export type Guard = (go: () => void) => void;

const changed = new EventTarget();
let shown = '';
let index = 0;
let guard: Guard | null = null;
/** Steps through the browser's history that the guard need not look at: its own way back, and what it let pass. */
let free = 0;
let listeners = 0;

function subscribe(listener: () => void): () => void {
  changed.addEventListener('change', listener);
  if (listeners === 0) window.addEventListener('popstate', onPop);
  listeners += 1;
  return () => {
    changed.removeEventListener('change', listener);
    listeners -= 1;
    if (listeners === 0) window.removeEventListener('popstate', onPop);
  };
}

function addressBar(): string {
  return window.location.pathname + window.location.search;
}

/** The address that the pages show. It lags behind the browser's own while a guard asks. */
function current(): string {
  if (shown === '') {
    shown = addressBar();
    index = indexOf(window.history.state);
  }
  return shown;
}

function indexOf(state: unknown): number {
  return typeof state === 'object' && state !== null && 'index' in state && typeof state.index === 'number'
    ? state.index
    : 0;
}

function show(): void {
  shown = addressBar();
  index = indexOf(window.history.state);
  changed.dispatchEvent(new Event('change'));
}

function onPop(): void {
  const steps = indexOf(window.history.state) - index;
  if (free > 0) {
    free -= 1;
    if (addressBar() !== shown) show();
    return;
  }
  if (guard === null || steps === 0 || pathOf(addressBar()) === pathOf(shown)) return show();
  free += 1;
  window.history.go(-steps);
  guard(() => {
    free += 1;
    window.history.go(steps);
  });
}

function pathOf(address: string): string {
  return address.split('?')[0] ?? '';
}

/** Adds the account that is looked at now to an address that does not name one; an empty `account` leaves it. */
function keepAccount(to: string, from: string): string {
  const [path = '', query = ''] = to.split('?');
  const wanted = new URLSearchParams(query);
  const account = new URLSearchParams(from.split('?')[1] ?? '').get('account');
  if (!wanted.has('account') && account !== null) wanted.set('account', account);
  if (wanted.get('account') === '') wanted.delete('account');
  const text = wanted.toString();
  return text === '' ? path : `${path}?${text}`;
}

interface NavigateOptions {
  readonly replace?: boolean;
  /** What was changed is saved: leave without asking. */
  readonly force?: boolean;
}

/** Goes to an address of this application, path and query, without loading the page anew. */
export function navigate(to: string, options: NavigateOptions = {}): void {
  const from = current();
  const address = keepAccount(to, from);
  if (address === from) return;
  const go = () => {
    if (options.replace === true) window.history.replaceState({ index }, '', address);
    else window.history.pushState({ index: index + 1 }, '', address);
    show();
  };
  if (guard === null || options.force === true || pathOf(address) === pathOf(from)) go();
  else guard(go);
}

/** Puts a guard before leaving the page that is shown; the returned function takes it away. */
export function guardLeaving(ask: Guard): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = null;
  };
}

function useAddress(): string {
  return useSyncExternalStore(subscribe, current);
}

/** The path now shown; the component renders again when it changes. */
export function usePath(): string {
  return pathOf(useAddress());
}

/** The query now shown. */
export function useSearch(): URLSearchParams {
  const query = useAddress().split('?')[1] ?? '';
  return useMemo(() => new URLSearchParams(query), [query]);
}

/** An address as a link writes it: with the account that is looked at now. */
export function useHref(to: string): string {
  return keepAccount(to, useAddress());
}

/** The account that the reader looks at; null for all of them. */
export function useAccountChoice(): string | null {
  return useSearch().get('account');
}
