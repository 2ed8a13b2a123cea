import type { StoreBox } from '../fakes/store-box.ts';

/** The life of backups and of a box that is started on one. */
export async function backupsLive(box: StoreBox): Promise<void> {
  const { backups, restored, sweeps } = box.stores;
  const now = box.clock.now();
  await backups.failed({ at: now, code: 'backup.failed', problem: 'p' });
  await backups.succeeded();
  backups.failure();
  restored.note();
  await box.accept();
  await box.accept();
  await box.claim(1);
  const id = await restored.begin({ name: 'b', made_at: null }, now);
  await restored.holdCampaigns(id, now);
  await sweeps.releaseDue(now, 0);
  await restored.holdRecipients(id, now);
  await restored.countSlot(id);
  await restored.finish(id, now);
}
