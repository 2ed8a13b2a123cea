import { z } from 'zod';
import { dataFolder } from '../config/data-folder.ts';
import type { Settings } from '../config/settings.ts';
import { backupCauses, type BackupManifest } from '../domain/backup.ts';
import type { Clock, Logger } from '../domain/ports.ts';
import { BackupFiles } from '../platform/backup-files.ts';
import type { KeyRing } from '../platform/crypto.ts';
import { BackupDesk } from '../services/backups/backup-desk.ts';
import { Restoration } from '../services/backups/restoration.ts';
import type { AuditTrail } from '../services/audit-trail.ts';
import type { Stores } from '../store/stores.ts';

const manifest = z.object({
  name: z.string(),
  madeAt: z.number(),
  version: z.string(),
  cause: z.enum(backupCauses),
  keyMark: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  schema: z.number().int(),
  counts: z.object({
    messages: z.number().int(),
    recipients: z.number().int(),
    contacts: z.number().int(),
    accounts: z.number().int(),
  }),
});

function readManifest(text: string): BackupManifest | null {
  try {
    const parsed = manifest.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Something else lies there under that name; it is no backup.
    return null;
  }
}

interface BackupParts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  readonly ring: () => KeyRing;
  readonly places: { readonly dataDir: string };
}

/** Backups, and what is done first by a box that is started on one. */
export function buildBackups(
  { stores, clock, log, version, ring, places }: BackupParts,
  settings: Settings,
  audit: AuditTrail,
): { readonly backups: BackupDesk; readonly restoration: Restoration } {
  return {
    backups: new BackupDesk({
      copier: stores.copier,
      store: stores.backups,
      restored: stores.restored,
      folder: new BackupFiles(dataFolder(places.dataDir).backups, readManifest),
      clock,
      log,
      version,
      keyMark: () => ring().boxId,
      rules: () => ({
        daily: settings.get('backups.daily'),
        at: settings.get('backups.at'),
        keep: settings.get('backups.keep'),
        timeZone: settings.get('box.timeZone'),
      }),
    }),
    restoration: new Restoration({
      store: stores.restored,
      writer: stores.writer,
      sweeps: stores.sweeps,
      schedules: stores.schedules,
      audit,
      clock,
      log,
    }),
  };
}
