import { describe, expect, it } from 'vitest';
import { ExportRun } from '../../renderer/features/messages/export/export-run.ts';
import type { ExportWorld } from '../../renderer/features/messages/export/export-run.ts';

/** A box with so many slices of one line each, whose answers are given by hand. */
function rig(count: number) {
  const asked: (string | undefined)[] = [];
  const saved: { readonly name: string; readonly file: Blob }[] = [];
  let fails = false;
  let between = () => {};
  const world: ExportWorld = {
    begin: () => Promise.resolve({ head: 'head\n', fileName: 'messages.csv' }),
    slice: ({ cursor }) => {
      asked.push(cursor);
      between();
      if (fails) return Promise.reject(new Error('away'));
      const next = Number(cursor ?? 0) + 1;
      const nextCursor = next < count ? String(next) : null;
      return Promise.resolve({ csv: `line ${next}\n`, lines: 1, done: next / count, nextCursor });
    },
    save: (name, file) => saved.push({ name, file }),
    now: () => asked.length,
  };
  return {
    run: new ExportRun(world),
    asked,
    saved,
    set fails(value: boolean) {
      fails = value;
    },
    /** What happens while a slice is on its way. */
    set between(value: () => void) {
      between = value;
    },
  };
}

describe('an export', () => {
  it('puts all slices one behind the other, and tells how far it is', async () => {
    const { run, asked, saved } = rig(3);
    const seen: string[] = [];
    run.watch(() => seen.push(`${run.state.phase} ${run.state.lines}`));
    await run.start({ each: 'message' });
    expect(asked).toEqual([undefined, '1', '2']);
    expect(seen).toEqual(['running 0', 'running 1', 'running 2', 'done 3']);
    expect(saved.map(({ name }) => name)).toEqual(['messages.csv']);
    expect(await saved[0]?.file.text()).toBe('head\nline 1\nline 2\nline 3\n');
  });

  it('goes on where it was paused; the slice that was on its way is fetched again', async () => {
    const box = rig(3);
    box.between = () => {
      if (box.asked.length === 2) box.run.pause();
    };
    await box.run.start({});
    expect(box.run.state).toMatchObject({ phase: 'paused', lines: 1 });
    expect(box.saved).toEqual([]);
    await box.run.resume();
    expect(box.asked).toEqual([undefined, '1', '1', '2']);
    expect(await box.saved[0]?.file.text()).toBe('head\nline 1\nline 2\nline 3\n');
  });

  it('halts when a slice does not come, and goes on from there', async () => {
    const box = rig(2);
    box.between = () => {
      box.fails = box.asked.length === 2;
    };
    await box.run.start({});
    expect(box.run.state).toMatchObject({ phase: 'halted', lines: 1, error: new Error('away') });
    await box.run.resume();
    expect(await box.saved[0]?.file.text()).toBe('head\nline 1\nline 2\n');
  });

  it('that is stopped gives no file, whatever is still on its way, and another may begin', async () => {
    const box = rig(2);
    box.between = () => {
      if (box.asked.length === 1) box.run.stop();
    };
    await box.run.start({});
    expect(box.run.state.phase).toBe('idle');
    expect(box.saved).toEqual([]);
    await box.run.resume();
    expect(box.run.state.phase).toBe('idle');
    await box.run.start({});
    expect(await box.saved[0]?.file.text()).toBe('head\nline 1\nline 2\n');
  });
});
