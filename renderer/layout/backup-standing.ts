import type { BackupState } from '../../server/contract/admin-backups.ts';

/** How the box stands with its backups. */
export type Standing = 'good' | 'old' | 'failed' | 'none';

/** A backup that is older does not help a shop much. */
const oldMs = 3 * 86_400_000;

export function standingOf({ items, failure }: Pick<BackupState, 'items' | 'failure'>, now: number): Standing {
  if (failure !== null) return 'failed';
  const [newest] = items;
  if (newest === undefined) return 'none';
  return now - Date.parse(newest.madeAt) > oldMs ? 'old' : 'good';
}
