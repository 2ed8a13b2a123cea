import * as electron from 'electron';
import { join } from 'node:path';
import { DesktopApp } from './desktop-app.ts';
import { systemTimers } from './system-timers.ts';
import type { Log } from './world.ts';

const built = import.meta.dirname;

/** One JSON line an event, beside those of the server. */
const log: Log = (event, fields = {}) => {
  process.stderr.write(`${JSON.stringify({ part: 'desktop', event, ...fields })}\n`);
};

const app = new DesktopApp({
  electron,
  timers: systemTimers,
  log,
  files: {
    serverProcess: join(built, 'server-process.js'),
    preload: join(built, 'preload.cjs'),
    pages: join(built, '..', 'dist', 'renderer'),
    faultPage: join(built, 'fault', 'fault.html'),
    icons: join(built, '..', 'icons'),
  },
  platform: process.platform,
  env: process.env,
  argv: process.argv,
});
// Not awaited here: Electron is ready only after this file has been read to its end.
app.run().catch((error: unknown) => {
  log('app.failed');
  electron.dialog.showErrorBox('SEPSMS Box', error instanceof Error ? error.message : String(error));
  electron.app.exit(1);
});
