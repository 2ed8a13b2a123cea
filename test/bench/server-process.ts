import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const hello = z.object({ port: z.number(), key: z.string(), adminToken: z.string().default('') });
const reading = z.object({
  cpu: z.object({ user: z.number(), system: z.number() }),
  /** Longest stall of the event loop since the last reading, in milliseconds. */
  stallMs: z.number().default(0),
  rssMb: z.number().default(0),
  stats: z.object({ commits: z.number(), works: z.number() }).default({ commits: 0, works: 0 }),
});
export type Reading = z.infer<typeof reading>;

/** A server of the benchmark in a process of its own. */
export interface BenchServer {
  readonly sendUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  read(): Promise<Reading>;
  /** Calls the admin API as the command line does. */
  admin(method: string, path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the product (`box`) or the yardstick (`express`). */
export async function startBenchServer(kind: 'box' | 'express'): Promise<BenchServer> {
  const child = fork(join(import.meta.dirname, 'server-entry.ts'), [kind], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { port, key, adminToken } = hello.parse(await nextMessage(child));
  return {
    sendUrl: `http://127.0.0.1:${port}/api/v2/message/send`,
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    admin: async (method, path, body) => {
      const url = `http://127.0.0.1:${port}/api/admin/${path}`;
      const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(url, { method, headers, ...text });
      if (!answer.ok) throw new Error(`${path} was refused: ${answer.status} ${await answer.text()}`);
      return await answer.json();
    },
    read: async () => {
      child.send('stats');
      return reading.parse(await nextMessage(child));
    },
    stop: async () => {
      const ended = new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
      });
      child.send('stop');
      await ended;
    },
  };
}

/** The next thing that a child tells. Rejects when it ends. */
export function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the server of the benchmark ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message);
    });
  });
}
