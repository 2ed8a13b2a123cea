import { tmpdir } from 'node:os';
import packageFile from '../../package.json' with { type: 'json' };
import type * as StoreCheck from '../store/check.ts';
import { errorText } from '../domain/errors.ts';
import { systemClock } from '../platform/system-clock.ts';
import { realProbes } from './doctor/real-probes.ts';
import { readSecret } from './read-secret.ts';
import type { CliWorld } from './world.ts';

function onStopSignal(listener: () => void): () => void {
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
  };
}

/** A reader that went away (`sepsms-box key list | head`) is no fault of ours. */
function endOnClosedPipe(error: Error): void {
  if ('code' in error && error.code === 'EPIPE') process.exit(0);
  throw error;
}

function err(text: string): void {
  process.stderr.write(text);
}

/** The store is loaded only when it is asked: its binary ends a Node.js that is too old without a word. */
async function lookingAtStore<T>(look: (store: typeof StoreCheck) => Promise<T>) {
  try {
    return await look(await import('../store/check.ts'));
  } catch (error) {
    return { state: 'unchecked' as const, reason: errorText(error) };
  }
}

/** This process as the world of the command line. */
export function processWorld(): CliWorld {
  process.stdout.on('error', endOnClosedPipe);
  return {
    env: process.env,
    platform: process.platform,
    version: packageFile.version,
    tempDir: tmpdir(),
    clock: systemClock,
    probes: realProbes(() => systemClock.now(), process.platform, {
      database: (path) => lookingAtStore(async ({ checkDatabase }) => await checkDatabase(path)),
      audit: (path) => lookingAtStore(async ({ checkAudit }) => await checkAudit(path)),
      // The driver of serial ports is a native part, and loaded only by who looks.
      modems: async () => await (await import('../carriers/modem/serial/look-around.ts')).lookAround(),
    }),
    out: (text) => {
      process.stdout.write(text);
    },
    err,
    readSecret: (prompt) => readSecret(prompt, { input: process.stdin, prompt: err }),
    onStopSignal,
    // Only a command that runs the box loads the store.
    startServer: async (options) => {
      const server = await import('../index.ts');
      return server.startServer(options);
    },
    restoreBackup: async (options) => {
      const server = await import('../index.ts');
      return await server.restoreBackup(options);
    },
  };
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}

/** Settles when all that was printed has left the process, also into a pipe. */
export async function flushOutput(): Promise<void> {
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
}
