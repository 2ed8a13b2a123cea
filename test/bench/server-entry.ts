/** Runs one server of the benchmark in a process of its own: the product, or a yardstick. Speaks to its parent by IPC. */
import express from 'express';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startServer } from '../../server/index.ts';

const kind = process.argv[2];
const send = (message: unknown) => process.send?.(message);

if (kind === 'express') {
  const app = express();
  app.post('/api/v2/message/send', express.json({ limit: '20mb' }), (_request, response) => {
    response.json({ result: { uuid: '00000000-0000-7000-8000-000000000000', status: 'pending', totalMsisdn: 1 } });
  });
  process.on('message', () => send({ cpu: process.cpuUsage() }));
  const server = app.listen(0, '127.0.0.1', () => {
    const address = server.address();
    send({ port: typeof address === 'object' && address !== null ? address.port : 0, key: '' });
  });
} else {
  const dataDir = mkdtempSync(join(tmpdir(), 'sepsms-bench-'));
  const server = await startServer({ dataDir, host: '127.0.0.1', port: 0, logLevel: 'error', demo: true });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  process.on('message', (message) => {
    if (message === 'stats') {
      send({ stats: server.status(), cpu: process.cpuUsage(), stallMs: delay.max / 1e6, rssMb: process.memoryUsage().rss / 1e6 });
      delay.reset();
    }
    if (message === 'stop') {
      void server.stop().then(() => {
        rmSync(dataDir, { recursive: true, force: true });
        process.exit(0);
      });
    }
  });
  await addCredits(dataDir, server.address.url);
  send({ port: server.address.port, key: server.demo?.apiKey ?? '', dataDir });
}

/** The demo's credits would be gone within a second. */
async function addCredits(dataDir: string, url: string): Promise<void> {
  const token = readFileSync(join(dataDir, 'admin.token'), 'utf8').trim();
  const answer = await fetch(`${url}/api/admin/credits`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ amount: 900_000_000 }),
  });
  if (!answer.ok) throw new Error(`no credits: ${answer.status}`);
}
