import { constants } from 'node:fs';
import { access, readdir, readFile, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { dataFolder, findBox, type BoxRecord } from '../../config/data-folder.ts';
import { isAppError } from '../../domain/errors.ts';
import { AdminClient } from '../admin-client.ts';
import { lookAtGroups, lookAtPortUsers, lookAtUdevRules } from './modem-probes.ts';
import type { FolderLook, MachineProbes, PortLook, SerialPortLook } from './machine-probes.ts';

const answerWithinMs = 5000;

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

async function may(path: string, rights: number): Promise<boolean> {
  try {
    await access(path, rights);
    return true;
  } catch {
    return false;
  }
}

async function statOrNull(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

/** The folder itself or the nearest one above it that exists. */
async function nearest(dir: string): Promise<string> {
  if ((await statOrNull(dir)) !== null || dirname(dir) === dir) return dir;
  return nearest(dirname(dir));
}

async function lookAtFolder(dir: string): Promise<FolderLook> {
  const found = await statOrNull(dir);
  if (found !== null && !found.isDirectory()) return { kind: 'other', writable: false };
  const home = await nearest(dir);
  const parent = await stat(home);
  const writable = parent.isDirectory() && (await may(home, constants.W_OK | constants.X_OK));
  return { kind: found === null ? 'missing' : 'folder', writable };
}

async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(await nearest(dir));
  return bavail * bsize;
}

async function runningBox(dir: string): Promise<BoxRecord | null> {
  const folder = dataFolder(dir);
  try {
    await new AdminClient(folder, answerWithinMs).call('status', {});
    return (await findBox(folder)).record;
  } catch (error) {
    if (isAppError(error, 'box.not_running')) return null;
    throw error;
  }
}

function tryPort(host: string, port: number): Promise<PortLook> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (hasCode(error, 'EADDRINUSE')) resolve('in_use');
      else if (hasCode(error, 'EACCES')) resolve('not_allowed');
      else if (hasCode(error, 'EADDRNOTAVAIL', 'ENOTFOUND')) resolve('no_such_address');
      else reject(error);
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve('free');
      });
    });
  });
}

async function groupNames(): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const line of (await readFile('/etc/group', 'utf8')).split('\n')) {
    const [name, , id] = line.split(':');
    if (name !== undefined && id !== undefined) names.set(Number(id), name);
  }
  return names;
}

const serialNames: Partial<Record<NodeJS.Platform, RegExp>> = {
  linux: /^tty(?:USB|ACM)\d+$/u,
  darwin: /^cu\.usb/u,
};

async function serialPorts(platform: NodeJS.Platform): Promise<readonly SerialPortLook[] | null> {
  const pattern = serialNames[platform];
  if (pattern === undefined) return null;
  const names = (await readdir('/dev')).filter((name) => pattern.test(name)).toSorted();
  if (names.length === 0) return [];
  const groups = await groupNames();
  const looks = names.map(async (name): Promise<SerialPortLook | null> => {
    const path = join('/dev', name);
    const found = await statOrNull(path);
    if (found === null) return null;
    const usable = await may(path, constants.R_OK | constants.W_OK);
    return { path, usable, group: groups.get(found.gid) ?? null };
  });
  return (await Promise.all(looks)).filter((look) => look !== null);
}

async function programs(platform: NodeJS.Platform): Promise<ReadonlySet<string> | null> {
  if (platform !== 'linux') return null;
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const names = await Promise.all(
    numbers.map(async (number) => {
      try {
        return (await readFile(`/proc/${number}/comm`, 'utf8')).trim();
      } catch (error) {
        // It ended while we looked, or is hidden from this user.
        if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return '';
        throw error;
      }
    }),
  );
  return new Set(names);
}

const machineRoot = { root: '/' };

/**
 * Probes of the machine that this process runs on. The database and the modems are left to `others`: only the store opens
 * the one, and only the driver of modems knows the other.
 */
export function realProbes(
  now: () => number,
  platform: NodeJS.Platform,
  others: Pick<MachineProbes, 'database' | 'audit' | 'modems'>,
): MachineProbes {
  return {
    node: () => ({ version: process.versions.node, executable: process.execPath }),
    time: () => ({ now: now(), timeZone: new Intl.DateTimeFormat('en').resolvedOptions().timeZone }),
    folder: lookAtFolder,
    freeBytes,
    fileMode: async (path) => (await statOrNull(path))?.mode ?? null,
    ...others,
    runningBox,
    port: tryPort,
    serialPorts: () => serialPorts(platform),
    groups: () => lookAtGroups(machineRoot),
    udevRules: async () => (platform === 'linux' ? await lookAtUdevRules(machineRoot) : null),
    portUsers: async () => (platform === 'linux' ? await lookAtPortUsers(machineRoot) : null),
    programs: () => programs(platform),
  };
}
