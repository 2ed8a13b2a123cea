import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { carrier } from './answers.ts';
import { FakeBox } from './fake-box.ts';
import { FakeWorld } from './fake-world.ts';

const account = ['--host', 'smsc.example', '--port', '2775', '--system-id', 'box'];
let box: FakeBox;
beforeEach(async () => {
  box = await FakeBox.start();
  box.answer('carrierAdd', { ...carrier, kind: 'smpp' });
  box.answer('carrierChange', { ...carrier, kind: 'smpp' });
});
afterEach(async () => {
  await box.stop();
});

test('the password of an account need not stand in the command', async () => {
  const world = new FakeWorld({ secret: 'hush' });
  expect(await world.run('carrier', 'add', 'smpp', ...account, '--data', box.folder.dir)).toBe(0);
  expect(await world.run('carrier', 'set-smpp', '3', '--password', '--data', box.folder.dir)).toBe(0);
  expect(box.calls.map((call) => call.body)).toMatchObject([{ password: 'hush' }, { password: 'hush' }]);
});

test('certificates are read from a file, and wanting them is wanting TLS', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'smpp-ca-'));
  const file = join(dir, 'ca.pem');
  await writeFile(file, '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n');
  const world = new FakeWorld();
  const add = ['carrier', 'add', 'smpp', ...account, '--password', 'x', '--data', box.folder.dir];
  expect(await world.run(...add, '--tls-ca', file)).toBe(0);
  expect(box.calls[0]?.body).toMatchObject({
    tls: true,
    tlsCa: expect.stringContaining('BEGIN CERTIFICATE') as string,
  });
  await rm(dir, { recursive: true });
  expect(await world.run(...add, '--tls-ca', file)).toBe(2);
  expect(world.stderr).toContain('cannot be read');
});
