import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildBox } from '../../server/app.ts';
import { systemRandom } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { quiet, runBox, testFolder } from '../fakes/box.ts';

const world = { clock: systemClock, random: systemRandom, log: quiet };

describe('the door', () => {
  test('tells that it lives and is ready', async () => {
    const box = await runBox();
    for (const [path, body] of [
      ['/healthz', { status: 'ok' }],
      ['/readyz', { status: 'ready' }],
    ] as const) {
      const response = await fetch(`${box.url}${path}`);
      expect([response.status, await response.json()]).toEqual([200, body]);
    }
    await box.close();
  });

  test('a port in use is said in words, and the data folder is free again', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => {
      squatter.listen(0, '127.0.0.1', resolve);
    });
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const dataDir = testFolder();
    const options = { dataDir, host: '127.0.0.1', logLevel: 'silent' } as const;
    await expect(buildBox({ ...options, port }, world)).rejects.toMatchObject({ code: 'port.in_use' });
    await new Promise<void>((resolve) => {
      squatter.close(() => resolve());
    });
    const box = await buildBox({ ...options, port }, world);
    expect(box.address.port).toBe(port);
    await box.stop();
  });

  test('a second box on the same data is refused and leaves the first one’s address alone', async () => {
    const box = await runBox();
    const second = buildBox({ dataDir: box.dir, host: '127.0.0.1', port: 0, logLevel: 'silent' }, world);
    await expect(second).rejects.toMatchObject({ code: 'store.in_use' });
    expect(existsSync(join(box.dir, 'box.json'))).toBe(true);
    expect((await box.admin('GET', '/status')).status).toBe(200);
    await box.close();
  });

  test('stopping ends what is being answered, takes the address back and may be asked for twice', async () => {
    const box = await runBox();
    const answers = Promise.all(Array.from({ length: 20 }, () => box.send()));
    await answers;
    await Promise.all([box.server.stop(), box.server.stop()]);
    expect(existsSync(join(box.dir, 'box.json'))).toBe(false);
    expect(existsSync(join(box.dir, 'admin.token'))).toBe(false);
    await expect(fetch(`${box.url}/healthz`)).rejects.toThrow('fetch failed');
    await box.close();
  });

  test('what was answered is there after a new start, and goes on where it was', async () => {
    const first = await runBox();
    const { result } = await first.send({ message: 'before the stop' });
    await first.stop();
    const again = await runBox({ dir: first.dir });
    const status = await again.api('GET', `/message/${String(result['uuid'])}`);
    expect(status.result).toMatchObject({ message: 'before the stop', status: 'pending', refNo: result['refNo'] });
    const next = await again.send();
    expect(String(next.result['refNo']) > String(result['refNo'])).toBe(true);
    await again.close();
  });
});
