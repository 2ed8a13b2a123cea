import { useSyncExternalStore } from 'react';

const tick = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, tick);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    now = 0;
  };
}

function read(): number {
  if (now === 0) now = Date.now();
  return now;
}

/** The time now in milliseconds, the same for all components, moving on every ten seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}
