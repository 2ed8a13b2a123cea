import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../server/domain/errors.ts';
import type { ServerOptions } from '../../server/index.ts';
import { FakeServer, FakeWorld } from './fake-world.ts';

const demo = { apiKey: 'sk_sep_demo', user: 'admin', password: 'pass word' };
const taken = new AppError('port.in_use', 'Port 8580 is taken. Name another with --port.');

let tempDir: string;
beforeEach(async () => {
  tempDir = await mkdtemp(join(tmpdir(), 'demo-test-'));
});
afterEach(async () => {
  await rm(tempDir, { recursive: true, force: true });
});

interface Given {
  readonly args?: readonly string[];
  readonly takenPorts?: readonly number[];
  readonly platform?: NodeJS.Platform;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a demo until it is up, or has failed. */
async function running(given: Given = {}) {
  const tries: ServerOptions[] = [];
  const up = Promise.withResolvers<void>();
  const world = new FakeWorld({
    tempDir,
    platform: given.platform ?? 'linux',
    env: given.env ?? {},
    startServer: async (options) => {
      tries.push(options);
      await writeFile(join(options.dataDir, 'box.db'), 'rows');
      if (given.takenPorts?.includes(options.port) === true) throw taken;
      up.resolve();
      return new FakeServer(options, { demo });
    },
  });
  const exitCode = world.run('demo', ...(given.args ?? []));
  await Promise.race([up.promise, exitCode]);
  // The welcome follows the start within the same turn of the event loop.
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  return { world, exitCode, tries };
}

describe('demo', () => {
  test('prints where to sign in and lines to paste', async () => {
    const { world, exitCode } = await running();
    expect(world.stdout).toContain('nothing leaves this machine');
    expect(world.stdout).toContain('Admin page:  http://127.0.0.1:8580\n');
    expect(world.stdout).toContain('User:        admin\n');
    expect(world.stdout).toContain('Password:    pass word\n');
    expect(world.stdout).toContain(
      "\ncurl -s http://127.0.0.1:8580/api/v2/message/send -H 'X-API-Key: sk_sep_demo' " +
        "-H 'Content-Type: application/json' " +
        `-d '{"origin":"SEPSMS","message":"Hello from the box","recipients":["66812345678"]}'\n`,
    );
    expect(world.stdout).toContain("\ncurl -s http://127.0.0.1:8580/api/v2/message/UUID -H 'X-API-Key: sk_sep_demo'\n");
    world.signal();
    expect(await exitCode).toBe(0);
  });

  test('quotes for the shell of Windows', async () => {
    const { world, exitCode } = await running({ platform: 'win32' });
    expect(world.stdout).toContain('-H "X-API-Key: sk_sep_demo"');
    expect(world.stdout).toContain('-d "{\\"origin\\":\\"SEPSMS\\"');
    world.signal();
    await exitCode;
  });

  test('works in a throw-away folder, whatever the environment names, and removes it at the end', async () => {
    const env = { SEPSMS_BOX_DATA: '/srv/real', SEPSMS_BOX_MASTER_KEY_FILE: '/etc/real.key' };
    const { world, exitCode, tries } = await running({ env });
    const [options] = tries;
    expect(options).toMatchObject({ demo: true, logLevel: 'error' });
    expect(options).not.toHaveProperty('masterKeyFile');
    expect(options?.dataDir.startsWith(join(tempDir, 'sepsms-box-demo-'))).toBe(true);
    expect(existsSync(options?.dataDir ?? '')).toBe(true);
    world.signal();
    expect(await exitCode).toBe(0);
    expect(await readdir(tempDir)).toEqual([]);
  });

  test('logs as much as a person asks for', async () => {
    const { world, exitCode, tries } = await running({ env: { SEPSMS_BOX_LOG_LEVEL: 'debug' } });
    expect(tries[0]?.logLevel).toBe('debug');
    world.signal();
    await exitCode;
  });
});

describe('a taken port', () => {
  test('makes it take the next free one, and say so', async () => {
    const { world, exitCode, tries } = await running({ takenPorts: [8580, 8581] });
    expect(tries.map((each) => each.port)).toEqual([8580, 8581, 8582]);
    expect(new Set(tries.map((each) => each.dataDir)).size).toBe(3);
    expect(world.stdout).toContain('Port 8580 is taken, so it is on 8582.\n');
    expect(world.stdout).toContain('curl -s http://127.0.0.1:8582/');
    world.signal();
    expect(await exitCode).toBe(0);
    expect(await readdir(tempDir)).toEqual([]);
  });

  test('that a person named is a fault to put right', async () => {
    const { world, exitCode, tries } = await running({ args: ['--port', '8580'], takenPorts: [8580] });
    expect(await exitCode).toBe(2);
    expect(tries).toHaveLength(1);
    expect(world.stderr).toBe(`sepsms-box: ${taken.message}\n`);
    expect(await readdir(tempDir)).toEqual([]);
  });

  test('and twenty more make it take any', async () => {
    const all = Array.from({ length: 21 }, (_, index) => 8580 + index);
    const { world, exitCode, tries } = await running({ takenPorts: all });
    expect(tries.at(-1)?.port).toBe(0);
    world.signal();
    expect(await exitCode).toBe(0);
  });
});
