import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../server/domain/errors.ts';
import type { ServerOptions } from '../../server/index.ts';
import { settle } from '../fakes/manual-clock.ts';
import { FakeServer, FakeWorld } from './fake-world.ts';

/** A `serve` that is up, and the hands on it. */
async function serving(stop?: () => Promise<void>) {
  const given: ServerOptions[] = [];
  const servers: FakeServer[] = [];
  const world = new FakeWorld({
    env: { SEPSMS_BOX_HOST: '0.0.0.0' },
    startServer: (options) => {
      given.push(options);
      const server = new FakeServer(options, stop === undefined ? {} : { stop });
      servers.push(server);
      return Promise.resolve(server);
    },
  });
  const exitCode = world.run('serve', '--data', '/srv/box', '--port', '9000');
  await settle();
  return { world, exitCode, given, servers };
}

function never(): Promise<void> {
  return new Promise(() => undefined);
}

describe('serve', () => {
  test('starts the server with flags, environment and defaults, and says where it is', async () => {
    const { world, exitCode, given } = await serving();
    expect(given).toEqual([{ dataDir: resolve('/srv/box'), host: '0.0.0.0', port: 9000, logLevel: 'info' }]);
    expect(world.stdout).toBe(`SEPSMS box:  http://0.0.0.0:9000\nData folder: ${resolve('/srv/box')}\n`);
    world.signal();
    expect(await exitCode).toBe(0);
  });

  test('prints the set-up code of a new box', async () => {
    const world = new FakeWorld({
      startServer: (options) => Promise.resolve(new FakeServer(options, { setupCode: 'ABCD-1234' })),
    });
    const exitCode = world.run('serve', '--master-key-file', '/etc/box.key');
    await settle();
    expect(world.stdout).toContain('Set-up code: ABCD-1234\n');
    expect(world.stdout).toContain('Open http://127.0.0.1:8580 in a browser');
    world.signal();
    expect(await exitCode).toBe(0);
  });

  test('hands on the master key file and the log level', async () => {
    const given: ServerOptions[] = [];
    const world = new FakeWorld({
      env: { SEPSMS_BOX_MASTER_KEY_FILE: '/etc/box.key', SEPSMS_BOX_LOG_LEVEL: 'silent' },
      startServer: (options) => {
        given.push(options);
        return Promise.reject(new AppError('internal.fault', 'enough'));
      },
    });
    expect(await world.run('serve')).toBe(1);
    expect(given).toMatchObject([{ masterKeyFile: resolve('/etc/box.key'), logLevel: 'silent' }]);
  });
});

describe('stopping', () => {
  test('one request stops it cleanly and lets go of the signals', async () => {
    const { world, exitCode, servers } = await serving();
    world.signal();
    expect(await exitCode).toBe(0);
    expect(servers[0]?.stopped).toBe(1);
    expect(world.stopListeners).toBe(0);
    expect(world.clock.timers).toBe(0);
  });

  test('the same key press that arrives twice is one request', async () => {
    const slow = Promise.withResolvers<void>();
    const { world, exitCode } = await serving(() => slow.promise);
    world.signal();
    await world.clock.advance(100);
    world.signal();
    await settle();
    slow.resolve();
    expect(await exitCode).toBe(0);
  });

  test('a second request ends it at once', async () => {
    const { world, exitCode } = await serving(never);
    world.signal();
    await world.clock.advance(1000);
    world.signal();
    expect(await exitCode).toBe(1);
    expect(world.stderr).toContain('Stopped at once');
    expect(world.clock.timers).toBe(0);
  });

  test('a stop that takes longer than 10 s is given up', async () => {
    const { world, exitCode } = await serving(never);
    let ended = false;
    const watched = exitCode.finally(() => {
      ended = true;
    });
    world.signal();
    await world.clock.advance(9999);
    expect(ended).toBe(false);
    await world.clock.advance(1);
    expect(await watched).toBe(1);
    expect(world.stderr).toContain('did not stop within 10 s');
  });

  test('a stop that fails ends with 1 and says why', async () => {
    const { world, exitCode } = await serving(() => Promise.reject(new Error('the disk is gone')));
    world.signal();
    expect(await exitCode).toBe(1);
    expect(world.stderr).toContain('unexpected fault: the disk is gone');
  });

  test('a request during the start stops the server once it is up, without announcing it', async () => {
    const up = Promise.withResolvers<FakeServer>();
    const world = new FakeWorld({ startServer: () => up.promise });
    const exitCode = world.run('serve');
    await settle();
    world.signal();
    await settle();
    const server = new FakeServer({ dataDir: '/d', host: '127.0.0.1', port: 8580, logLevel: 'info' });
    up.resolve(server);
    expect(await exitCode).toBe(0);
    expect(server.stopped).toBe(1);
    expect(world.stdout).toBe('');
  });

  test('a start that hangs is given up 10 s after the request', async () => {
    const world = new FakeWorld({ startServer: () => new Promise(() => undefined) });
    const exitCode = world.run('serve');
    await settle();
    world.signal();
    await world.clock.advance(10_000);
    expect(await exitCode).toBe(1);
  });
});

function faulty(): Promise<FakeServer> {
  return Promise.reject(new TypeError('x is not a function'));
}

describe('a start that fails', () => {
  test.each([
    ['config.invalid', 2],
    ['port.in_use', 2],
    ['port.not_allowed', 2],
    ['store.in_use', 2],
    ['store.from_the_future', 2],
    ['store.corrupt', 2],
    ['internal.fault', 1],
  ] as const)('with %s ends with %d and the message', async (code, exitCode) => {
    const world = new FakeWorld({ startServer: () => Promise.reject(new AppError(code, 'Do this instead.')) });
    expect(await world.run('serve')).toBe(exitCode);
    expect(world.stderr).toBe('sepsms-box: Do this instead.\n');
    expect(world.stdout).toBe('');
    expect(world.stopListeners).toBe(0);
  });

  test('with a fault says how to see more, and shows it when asked', async () => {
    const world = new FakeWorld({ startServer: faulty });
    expect(await world.run('serve')).toBe(1);
    expect(world.stderr).toBe(
      'sepsms-box: unexpected fault: x is not a function. Set SEPSMS_BOX_LOG_LEVEL=debug and try again to see where.\n',
    );
    const curious = new FakeWorld({ startServer: faulty, env: { SEPSMS_BOX_LOG_LEVEL: 'debug' } });
    await curious.run('serve');
    expect(curious.stderr).toContain('TypeError: x is not a function\n    at ');
  });
});
