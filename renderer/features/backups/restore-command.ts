import type { BackupState } from '../../../server/contract/admin-backups.ts';

/** The command that puts a backup back, to be pasted into a terminal of the box's machine. */
export function restoreCommand({ folder, dataDir }: Pick<BackupState, 'folder' | 'dataDir'>, name: string): string {
  const end = folder.includes('\\') ? '\\' : '/';
  return `npx sepsms-box restore ${quoted(`${folder}${end}${name}`)} --data ${quoted(dataDir)}`;
}

/** Paths with a space or another sign that a shell reads are put between quotation marks. */
function quoted(path: string): string {
  return /^[\w./:\\@%+,-]+$/u.test(path) ? path : `"${path.replaceAll(/(["$`])/gu, '\\$1')}"`;
}
