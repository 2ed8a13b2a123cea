import type { Restored, RestoreOptions, RunningServer, ServerOptions } from '../index.ts';
import type { Clock } from '../domain/ports.ts';
import type { MachineProbes } from './doctor/machine-probes.ts';

/** Everything a command takes from its process, as arguments, so that a test can be the process. */
export interface CliWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Version of the box. */
  readonly version: string;
  /** Folder for what need not stay. */
  readonly tempDir: string;
  readonly clock: Clock;
  readonly probes: MachineProbes;
  /** Writes to standard output; the text brings its own line ends. */
  out(text: string): void;
  /** Writes to standard error; the text brings its own line ends. */
  err(text: string): void;
  /** Asks a person for one line without showing it, or takes the first line of a piped standard input. */
  readSecret(prompt: string): Promise<string>;
  /** Calls `listener` at every request to stop (SIGINT, SIGTERM) until the returned function is called. */
  onStopSignal(listener: () => void): () => void;
  /** Starts the server; loads it first, because only `serve` and `demo` need the store. */
  startServer(options: ServerOptions): Promise<RunningServer>;
  /** Puts a backup into a data folder; loads the store first, as a start does. */
  restoreBackup(options: RestoreOptions): Promise<Restored>;
}
