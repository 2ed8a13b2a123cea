import { createContext, use, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { LiveStream } from './live-stream.ts';
import type { LiveListener, LiveState } from './live-stream.ts';

const LiveContext = createContext<LiveStream | null>(null);

/** Keeps one stream of news open for the pages inside it. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [stream] = useState(() => new LiveStream({ open: (url) => new EventSource(url) }));
  useEffect(() => {
    stream.start();
    return () => stream.stop();
  }, [stream]);
  return <LiveContext value={stream}>{children}</LiveContext>;
}

export function useLiveStream(): LiveStream {
  const stream = use(LiveContext);
  if (stream === null) throw new Error('useLiveStream is called outside LiveProvider');
  return stream;
}

/** Calls `listener` with every group of news while the component is on the page. */
export function useLive(listener: LiveListener): void {
  const stream = useLiveStream();
  const current = useEffectEvent(listener);
  useEffect(() => stream.subscribe((events) => current(events)), [stream]);
}

export function useLiveState(): LiveState {
  const stream = useLiveStream();
  return useSyncExternalStore(
    (changed) => stream.watch(changed),
    () => stream.state,
  );
}
