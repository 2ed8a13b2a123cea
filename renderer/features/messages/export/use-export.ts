import { useEffect, useSyncExternalStore } from 'react';
import { call } from '../../../api/call.ts';
import { ExportRun } from './export-run.ts';

/** The one export of this window. */
export const exportRun = new ExportRun({
  begin: (query) => call('exportStart', { query }),
  slice: (query) => call('exportSlice', { query }),
  save,
  now: () => Date.now(),
});

export function useExport() {
  const state = useSyncExternalStore(
    (changed) => exportRun.watch(changed),
    () => exportRun.state,
  );
  const unfinished = state.phase !== 'idle' && state.phase !== 'done';
  useEffect(() => {
    if (!unfinished) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [unfinished]);
  return { ...state, unfinished };
}

/** Milliseconds after which the browser has taken a file. */
const takenAfter = 60_000;

function save(fileName: string, file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), takenAfter);
}
