import type { Timer } from '../domain/ports.ts';
import type { CliWorld } from './world.ts';

/** A stop that takes longer is given up (box.md §1). */
export const stopDeadlineMs = 10_000;
/** npm passes on a Ctrl+C that the terminal has already sent to everyone, so one press arrives twice. */
const samePressMs = 500;

interface StopRequests {
  readonly first: Promise<void>;
  /** A person who asks again wants it at once. */
  readonly second: Promise<void>;
  release(): void;
}

function stopRequests(world: CliWorld): StopRequests {
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  let firstAt: number | null = null;
  const release = world.onStopSignal(() => {
    const now = world.clock.monotonic();
    if (firstAt === null) {
      firstAt = now;
      first.resolve();
    } else if (now - firstAt >= samePressMs) {
      second.resolve();
    }
  });
  return { first: first.promise, second: second.promise, release };
}

/** What runs until it is stopped. */
interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Starts a server and keeps it until the process is asked to stop. Returns the exit code: 0 after a clean stop,
 * 1 when the stop took longer than 10 s or a second request cut it short. Rejects with what the start or the stop threw.
 */
export async function runServer<T extends Stoppable>(
  world: CliWorld,
  start: () => Promise<T>,
  announce: (server: T) => void,
): Promise<number> {
  const requests = stopRequests(world);
  const late = Promise.withResolvers<void>();
  let stopping = false;
  const deadlines: Timer[] = [];
  const wait = async (): Promise<void> => {
    await requests.first;
    stopping = true;
    world.err('Stopping. Press Ctrl+C once more to stop at once.\n');
    deadlines.push(world.clock.after(stopDeadlineMs, late.resolve));
  };
  const asked = wait();
  const whole = async (): Promise<number> => {
    const server = await start();
    if (!stopping) announce(server);
    await asked;
    await server.stop();
    return 0;
  };
  const cutShort = async (): Promise<number> => {
    const why = await Promise.race([
      requests.second.then(() => 'Stopped at once, as asked.'),
      late.promise.then(() => `The box did not stop within ${stopDeadlineMs / 1000} s and was ended.`),
    ]);
    world.err(`${why} The next start puts in order what was left.\n`);
    return 1;
  };
  try {
    return await Promise.race([whole(), cutShort()]);
  } finally {
    for (const deadline of deadlines) deadline.cancel();
    requests.release();
  }
}
