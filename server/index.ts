import { join } from 'node:path';
import { buildBox } from './app.ts';
import type { RunningServer, ServerOptions } from './running-server.ts';
import type { Restored, RestoreOptions } from './wiring/restore-wiring.ts';

export { isAppError } from './domain/errors.ts';
export type { Restored, RestoreOptions, RunningServer, ServerOptions };
export { restoreBackup } from './wiring/restore-wiring.ts';

/**
 * Starts the box; resolves when it listens.
 * @throws AppError `config.invalid`, `port.*` or `store.*` when it cannot, each saying what to do.
 */
export function startServer(options: ServerOptions): Promise<RunningServer> {
  return buildBox({ ...options, uiDir: options.uiDir ?? join(import.meta.dirname, '..', 'dist', 'renderer') });
}
