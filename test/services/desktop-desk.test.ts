import { expect, test } from 'vitest';
import type { BoxGlance, DesktopDesk } from '../../server/services/desktop-desk.ts';
import { runBox } from '../fakes/box.ts';

/** A glance that meets a wish; the box says each change once. */
function seen(desktop: Pick<DesktopDesk, 'watch'>, wish: (glance: BoxGlance) => boolean): Promise<BoxGlance> {
  return new Promise((resolve) => {
    const end = desktop.watch((glance) => {
      if (!wish(glance)) return;
      resolve(glance);
      queueMicrotask(() => end());
    });
  });
}

test('a glance tells of the carriers, pauses all of them and lets them go on', async () => {
  const box = await runBox();
  try {
    const { desktop } = box.server;
    await box.admin('POST', '/carriers', { kind: 'simulator' });
    expect(await seen(desktop, () => true)).toMatchObject({ carriers: 1, paused: false, queued: 0, troubles: [] });
    await desktop.setPaused(true);
    expect(await seen(desktop, () => true)).toMatchObject({ carriers: 1, paused: true });
    await desktop.setPaused(false);
    await desktop.wakeUp();
    expect(await seen(desktop, () => true)).toMatchObject({ carriers: 1, paused: false });
  } finally {
    await box.close();
  }
});
