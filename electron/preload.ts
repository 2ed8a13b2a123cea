import { contextBridge, ipcRenderer } from 'electron';

// Only the page for faults is given anything: the box's own pages need nothing of the app.
if (location.protocol === 'file:') {
  contextBridge.exposeInMainWorld('faults', {
    describe: (): Promise<unknown> => ipcRenderer.invoke('fault:describe'),
    retry: (): Promise<unknown> => ipcRenderer.invoke('fault:retry'),
    onChange: (listener: () => void): void => {
      ipcRenderer.on('fault:changed', () => listener());
    },
  });
}
