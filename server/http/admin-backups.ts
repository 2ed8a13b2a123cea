import type { BackupManifest } from '../domain/backup.ts';
import type { BackupState, RunningBackup } from '../services/backups/backup-desk.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { TextAnswer } from './text-answer.ts';

/** Copies of the database. */
export function backupHandlers(
  services: AdminServices,
): AdminHandlers<'backups' | 'backupMake' | 'backupDownload' | 'backupRemove'> {
  const { backups, places } = services;
  return {
    backups: async () => {
      const state = await backups.state();
      return { ...view(state), dataDir: places.dataDir, keyFile: places.keyFile };
    },
    backupMake: async ({ body }) => runningView(await backups.begin(body.cause)),
    backupDownload: async ({ params }) => {
      const backup = await backups.one(params.name);
      return new TextAnswer({
        contentType: 'application/vnd.sqlite3',
        fileName: backup.name,
        chunks: backups.read(backup),
        bytes: backup.bytes,
      });
    },
    backupRemove: async ({ params }) => {
      await backups.remove(params.name);
      return { ok: true };
    },
  };
}

function view({ items, running, failure, next, restored, folder, needs, free, keyMark }: BackupState) {
  return {
    items: items.map((item) => itemView(item, keyMark)),
    running: running === null ? null : runningView(running),
    failure: failure === null ? null : { at: iso(failure.at), code: failure.code, message: failure.problem },
    next: next === null ? null : iso(next),
    restored:
      restored === null
        ? null
        : {
            name: restored.name,
            madeAt: restored.made_at === null ? null : iso(restored.made_at),
            at: iso(restored.at),
            recipients: restored.recipients,
            campaigns: restored.campaigns,
            slots: restored.slots,
            answers: restored.answers,
          },
    folder,
    needs,
    free,
  };
}

function itemView({ keyMark, madeAt, ...rest }: BackupManifest, ownMark: string) {
  return { ...rest, madeAt: iso(madeAt), sameKey: keyMark === ownMark };
}

function runningView({ startedAt, ...rest }: RunningBackup) {
  return { ...rest, startedAt: iso(startedAt) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
