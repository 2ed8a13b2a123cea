/** Runs one server of the benchmark in a process of its own: the product, or a yardstick. Speaks to its parent by IPC. */
import express from 'express';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startServer } from '../../server/index.ts';

interface Served {
  readonly port: number;
  readonly key: string;
  readonly adminToken: string;
  stats(): unknown;
  stop(): Promise<void>;
}

function tell(message: unknown): void {
  process.send?.(message);
}

/** The yardstick: parses JSON and stores nothing. */
async function serveExpress(): Promise<Served> {
  const app = express();
  const answer = {
    result: { uuid: '00000000-0000-7000-8000-000000000000', refNo: 'SP', totalMsisdn: 1, status: 'pending' },
  };
  app.post('/api/v2/message/send', express.json(), (_request, response) => {
    response.json(answer);
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    key: '',
    adminToken: '',
    stats: () => undefined,
    stop: async () => {
      server.closeAllConnections();
    },
  };
}

async function serveBox(): Promise<Served> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sepsms-bench-'));
  const server = await startServer({ dataDir, host: '127.0.0.1', port: 0, logLevel: 'error', demo: true });
  await furnish(dataDir, server.address.url);
  return {
    port: server.address.port,
    key: server.demo?.apiKey ?? '',
    adminToken: adminToken(dataDir),
    stats: () => server.status(),
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function adminToken(dataDir: string): string {
  return readFileSync(join(dataDir, 'admin.token'), 'utf8').trim();
}

/** The demo's credits would be gone within a second, and its rate limits are for callers. */
async function furnish(dataDir: string, url: string): Promise<void> {
  const headers = { authorization: `Bearer ${adminToken(dataDir)}`, 'content-type': 'application/json' };
  const calls = [
    ['POST', 'credits', { amount: 900_000_000 }],
    ['PUT', 'settings/limits.sendPerMinute', { value: 0 }],
    ['PUT', 'settings/limits.allPerMinute', { value: 0 }],
  ] as const;
  for (const [method, path, body] of calls) {
    const answer = await fetch(`${url}/api/admin/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} was refused: ${answer.status}`);
  }
}

const served = process.argv[2] === 'express' ? await serveExpress() : await serveBox();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('message', (message) => {
  if (message === 'stats') {
    const memory = process.memoryUsage();
    tell({ cpu: process.cpuUsage(), stats: served.stats(), stallMs: delay.max / 1e6, rssMb: memory.rss / 1e6 });
    delay.reset();
  }
  if (message === 'stop') void served.stop().then(() => process.exit(0));
});
tell({ port: served.port, key: served.key, adminToken: served.adminToken });
