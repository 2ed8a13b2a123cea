import { readdir, readFile, readlink } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { GroupsLook, PortUser, UdevRulesLook } from './machine-probes.ts';

const rulesName = '99-sepsms-box.rules';
const ruleFolders = ['/etc/udev/rules.d', '/run/udev/rules.d', '/usr/lib/udev/rules.d', '/lib/udev/rules.d'];
const lockFolder = '/var/lock';
const modemTty = /^\/dev\/tty(?:USB|ACM)\d+$/u;

/** Where these probes look; a test gives a folder of its own. */
export interface FileRoot {
  readonly root: string;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch(() => []);
}

async function textOf(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '');
}

/** Groups of this user: those that this process has, and those that the system would give it now. */
export async function lookAtGroups({ root }: FileRoot): Promise<GroupsLook | null> {
  const own = process.getgroups?.();
  if (own === undefined) return null;
  const user = userInfo().username;
  const inForce = new Set<string>();
  const given = new Set<string>();
  for (const line of (await textOf(join(root, 'etc/group'))).split('\n')) {
    const [name, , id, members] = line.split(':');
    if (name === undefined || id === undefined) continue;
    if (own.includes(Number(id)) || process.getgid?.() === Number(id)) inForce.add(name);
    if (members?.split(',').includes(user) === true) given.add(name);
  }
  return { inForce, given };
}

/** Which devices the rules of udev keep ModemManager off, by `12d1` or `12d1:1506`. */
export async function lookAtUdevRules({ root }: FileRoot): Promise<UdevRulesLook | null> {
  const files: string[] = [];
  for (const folder of ruleFolders) {
    for (const name of await namesIn(join(root, folder))) {
      if (name.endsWith('.rules')) files.push(join(root, folder, name));
    }
  }
  if (files.length === 0) return null;
  const ignored = new Set<string>();
  for (const file of files) {
    const text = (await textOf(file)).replaceAll('\\\n', ' ');
    for (const line of text.split('\n')) for (const id of idIn(line)) ignored.add(id);
  }
  return { installed: files.some((file) => basename(file) === rulesName), ignored };
}

function idIn(line: string): string[] {
  if (line.trimStart().startsWith('#') || !/ENV\{ID_MM_DEVICE_IGNORE\}\s*=\s*"1"/u.test(line)) return [];
  const vendor = /ATTRS?\{idVendor\}=="([0-9a-f]{4})"/iu.exec(line)?.[1]?.toLowerCase();
  const product = /ATTRS?\{idProduct\}=="([0-9a-f]{4})"/iu.exec(line)?.[1]?.toLowerCase();
  if (vendor === undefined) return [];
  return [product === undefined ? vendor : `${vendor}:${product}`];
}

/** Programs that have serial ports of modems open, or have left their lock file; only those that this user may see. */
export async function lookAtPortUsers({ root }: FileRoot): Promise<readonly PortUser[]> {
  const found = new Map<string, PortUser>();
  const add = async (path: string, pid: number): Promise<void> => {
    const program = (await textOf(join(root, 'proc', String(pid), 'comm'))).trim();
    if (program !== '') found.set(`${path} ${pid}`, { path, pid, program });
  };
  const numbers = (await namesIn(join(root, 'proc'))).filter((name) => /^\d+$/u.test(name));
  for (const number of numbers) {
    const folder = join(root, 'proc', number, 'fd');
    for (const fd of await namesIn(folder)) {
      const path = await readlink(join(folder, fd)).catch(() => '');
      if (modemTty.test(path)) await add(path, Number(number));
    }
  }
  for (const name of await namesIn(join(root, lockFolder))) {
    const path = `/dev/${/^LCK\.\.(\w+)$/u.exec(name)?.[1] ?? ''}`;
    const pid = Number((await textOf(join(root, lockFolder, name))).trim().split(/\s+/u)[0]);
    if (modemTty.test(path) && Number.isInteger(pid) && pid > 0) await add(path, pid);
  }
  return [...found.values()].toSorted((a, b) => a.path.localeCompare(b.path) || a.pid - b.pid);
}
