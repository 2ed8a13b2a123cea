import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../../server/domain/errors.ts';
import { resolveDataDir, resolveListenOptions } from '../../server/config/command-line-options.ts';

describe('where the box listens', () => {
  test('defaults when nothing is said', () => {
    expect(resolveListenOptions({}, {})).toStrictEqual({
      dataDir: resolve('data'),
      host: '127.0.0.1',
      port: 8580,
      portNamed: false,
      logLevel: 'info',
      masterKeyFile: undefined,
    });
  });

  const env = {
    SEPSMS_BOX_DATA: '/srv/env',
    SEPSMS_BOX_PORT: '9001',
    SEPSMS_BOX_HOST: '0.0.0.0',
    SEPSMS_BOX_LOG_LEVEL: 'debug',
    SEPSMS_BOX_MASTER_KEY_FILE: '/etc/env.key',
  };

  test('the environment replaces the defaults', () => {
    expect(resolveListenOptions({}, env)).toStrictEqual({
      dataDir: resolve('/srv/env'),
      host: '0.0.0.0',
      port: 9001,
      portNamed: true,
      logLevel: 'debug',
      masterKeyFile: resolve('/etc/env.key'),
    });
  });

  test('flags replace the environment', () => {
    const flags = { data: '/srv/flag', port: '0', host: '::1', logLevel: 'warn', masterKeyFile: '/etc/flag.key' };
    expect(resolveListenOptions(flags, env)).toStrictEqual({
      dataDir: resolve('/srv/flag'),
      host: '::1',
      port: 0,
      portNamed: true,
      logLevel: 'warn',
      masterKeyFile: resolve('/etc/flag.key'),
    });
  });

  test('an empty environment variable counts as unset', () => {
    expect(resolveListenOptions({}, { SEPSMS_BOX_PORT: '', SEPSMS_BOX_DATA: '' })).toMatchObject({
      port: 8580,
      portNamed: false,
      dataDir: resolve('data'),
    });
  });
});

/** The port that `--port` gives, or the code of the refusal. */
function portOf(port: string): number | string {
  try {
    return resolveListenOptions({ port }, {}).port;
  } catch (error) {
    return isAppError(error) ? error.code : 'another error';
  }
}

describe('wrong values', () => {
  test.each([
    [{ port: '65536' }, {}, '--port is "65536". Give a whole number from 0 to 65535 (0 takes any free port).'],
    [{ port: '' }, {}, '--port is "".'],
    [{}, { SEPSMS_BOX_PORT: 'http' }, 'SEPSMS_BOX_PORT is "http".'],
    [{ host: 'http://here' }, {}, '--host is "http://here". Give an address of this machine'],
    [
      {},
      { SEPSMS_BOX_LOG_LEVEL: 'loud' },
      'SEPSMS_BOX_LOG_LEVEL is "loud". Give one of debug, info, warn, error, silent.',
    ],
    [{ data: '  ' }, {}, '--data is "  ". Give the path of a folder.'],
  ])('%j with %j are refused by name', (flags, env, message) => {
    expect(() => resolveListenOptions(flags, env)).toThrow(
      expect.objectContaining({ code: 'config.invalid', message: expect.stringContaining(message) }),
    );
  });

  test('a port is taken exactly when it is a whole number from 0 to 65535', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -10, max: 70_000 }).map(String), fc.string()), (port) => {
        const valid = /^\d{1,5}$/u.test(port) && Number(port) <= 65_535;
        expect(portOf(port)).toBe(valid ? Number(port) : 'config.invalid');
      }),
      { seed: 20260115 },
    );
  });
});

test('every command finds the data folder the same way', () => {
  expect(resolveDataDir('/a', { SEPSMS_BOX_DATA: '/b' })).toBe(resolve('/a'));
  expect(resolveDataDir(undefined, { SEPSMS_BOX_DATA: '/b' })).toBe(resolve('/b'));
  expect(resolveDataDir(undefined, {})).toBe(resolve('data'));
});
