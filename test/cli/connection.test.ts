import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AdminClient } from '../../server/cli/admin-client.ts';
import { announceBox, dataFolder, findBox, withdrawBox } from '../../server/config/data-folder.ts';
import { FakeBox } from './fake-box.ts';
import { FakeWorld } from './fake-world.ts';

let box: FakeBox;
beforeEach(async () => {
  box = await FakeBox.start();
});
afterEach(async () => {
  await box.stop();
});

async function listKeys(...more: string[]): Promise<{ exitCode: number; world: FakeWorld }> {
  const world = new FakeWorld();
  const exitCode = await world.run('key', 'list', '--data', box.folder.dir, ...more);
  return { exitCode, world };
}

function line(dir: string): string {
  return `sepsms-box: The box is not running on ${dir}. Start it with \`npm start -- --data ${dir}\`\n`;
}

describe('no box to speak to', () => {
  test('none was ever started there', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'no-box-'));
    const world = new FakeWorld();
    expect(await world.run('key', 'list', '--data', dir, '--json')).toBe(1);
    expect(world.stderr).toBe(line(dir));
    expect(world.stdout).toBe('');
    await rm(dir, { recursive: true });
  });

  test('it stopped and took its address back, twice if asked', async () => {
    await withdrawBox(box.folder);
    await withdrawBox(box.folder);
    expect((await listKeys()).world.stderr).toBe(line(box.folder.dir));
  });

  test('it was killed and left its address', async () => {
    await box.kill();
    const { exitCode, world } = await listKeys();
    expect(exitCode).toBe(1);
    expect(world.stderr).toBe(line(box.folder.dir));
  });

  test.each(['', '{', '{"port":"8580"}'])('its address is damaged: %j', async (text) => {
    await writeFile(box.folder.box, text);
    const { exitCode, world } = await listKeys();
    expect(exitCode).toBe(1);
    expect(world.stderr).toBe(line(box.folder.dir));
  });
});

describe('what the box leaves in its data folder', () => {
  test('is for its own user only, also where an older file was open to all', async () => {
    await chmod(box.folder.adminToken, 0o644);
    await writeFile(`${box.folder.adminToken}.new`, 'half', { mode: 0o644 });
    await announceBox(box.folder, { port: 9000, host: '::', pid: 5 }, 'fresh');
    expect((await stat(box.folder.adminToken)).mode & 0o777).toBe(0o600);
    expect((await stat(box.folder.box)).mode & 0o777).toBe(0o600);
    expect(await findBox(box.folder)).toEqual({ record: { port: 9000, host: '::', pid: 5 }, token: 'fresh' });
  });

  test('cannot be left in a folder that refuses', async () => {
    const missing = dataFolder(join(box.folder.dir, 'missing'));
    await expect(announceBox(missing, { port: 1, host: 'a', pid: 1 }, 't')).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining(`cannot write to ${missing.dir}`),
    });
  });
});

describe('a box that refuses', () => {
  test('is quoted with its code, and ends with 1', async () => {
    const { exitCode, world } = await listKeys();
    expect(exitCode).toBe(1);
    expect(world.stderr).toBe('sepsms-box: There is no such thing here. (key.not_found)\n');
    expect(world.stdout).toBe('');
  });

  test('is printed as its answer with --json', async () => {
    const { exitCode, world } = await listKeys('--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(world.stdout)).toMatchObject({ success: false, error: { code: 'key.not_found' } });
    expect(world.stderr).toContain('(key.not_found)');
  });

  test('names each field that is wrong', async () => {
    const world = new FakeWorld();
    const args = ['user', 'create', 'nid', '--password', 'short', '--data', box.folder.dir];
    expect(await world.run(...args)).toBe(1);
    expect(world.stderr).toMatch(/^sepsms-box: Some fields are wrong\. \(validation\.failed\)\n {2}password: .+\n$/u);
  });

  test('does so when the token is not its own', async () => {
    await writeFile(box.folder.adminToken, 'an old token');
    expect((await listKeys()).world.stderr).toContain('(auth.session_required)');
  });
});

describe('what is no box', () => {
  test.each([
    ['HTTP 200, not JSON', (): [number, object, string] => [200, {}, '<html>']],
    ['HTTP 502', (): [number, object, string] => [502, {}, '{}']],
    ['unexpected redirect', (): [number, object, string] => [302, { location: 'http://example.invalid/' }, '']],
  ])('%s', async (reason, answer) => {
    box.misbehave((response) => {
      const [status, headers, text] = answer();
      response.writeHead(status, { ...headers }).end(text);
    });
    const { exitCode, world } = await listKeys();
    expect(exitCode).toBe(1);
    expect(world.stderr).toContain(`does not speak as the box does (${reason})`);
  });

  test('an answer of another form', async () => {
    box.misbehave((response) => {
      response.end('{"items":[{"id":"x"}]}');
    });
    const { exitCode, world } = await listKeys();
    expect(exitCode).toBe(1);
    expect(world.stderr).toContain('in a form that this command line does not know');
  });

  test('an answer without end is given up', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, ' ');
    box.misbehave((response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(megabyte));
      };
      response.on('drain', pour);
      pour();
    });
    const { exitCode, world } = await listKeys();
    expect(exitCode).toBe(1);
    expect(world.stderr).toContain('the answer is too large');
  });

  test('no answer within the time-out', async () => {
    box.misbehave(() => undefined);
    await expect(new AdminClient(box.folder, 50).call('keys', {})).rejects.toMatchObject({
      code: 'request.timeout',
      message: expect.stringContaining('did not answer within 0.05 s'),
    });
  });
});

test.each(['0.0.0.0', '127.0.0.1'])('a box that listens on %s is spoken to on this machine', async (host) => {
  box.answer('keys', { items: [] });
  await announceBox(box.folder, { port: box.port, host, pid: 1 }, (await findBox(box.folder)).token);
  expect((await listKeys()).exitCode).toBe(0);
});

test('what a path parameter holds stays inside the path', async () => {
  const world = new FakeWorld();
  await world.run('status', '../keys?x=1', '--data', box.folder.dir);
  expect(box.calls[0]).toMatchObject({ operation: 'message', path: '/api/admin/messages/..%2Fkeys%3Fx%3D1' });
});
