import { describe, expect, it } from 'vitest';
import { CommandQueue, priorities } from '../../../../server/carriers/modem/at/command-queue.ts';
import type { Priority } from '../../../../server/carriers/modem/at/command-queue.ts';
import { settle } from '../../../fakes/manual-clock.ts';

function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, passed: promise };
}

describe('the command queue', () => {
  it('lets one run at a time, by priority, then by arrival', async () => {
    const queue = new CommandQueue();
    const order: string[] = [];
    const first = gate();
    let running = 0;
    const job = (name: string, wait: Promise<void>) => async (): Promise<string> => {
      running += 1;
      expect(running).toBe(1);
      order.push(name);
      await wait;
      running -= 1;
      return name;
    };
    const wanted: (readonly [string, Priority])[] = [
      ['poll', priorities.poll],
      ['send 1', priorities.send],
      ['read', priorities.read],
      ['send 2', priorities.send],
      ['acknowledge', priorities.acknowledge],
    ];
    const all = [queue.enqueue(priorities.poll, job('running', first.passed), 'dropped')];
    for (const [name, priority] of wanted) all.push(queue.enqueue(priority, job(name, Promise.resolve()), 'dropped'));
    first.open();
    await Promise.all(all);
    expect(order).toEqual(['running', 'acknowledge', 'read', 'send 1', 'send 2', 'poll']);
    expect(queue.busy).toBe(false);
  });

  it('settles everything that waits when it ends, and takes nothing more', async () => {
    const queue = new CommandQueue();
    const running = gate();
    const first = queue.enqueue(priorities.send, () => running.passed.then(() => 'done'), 'dropped');
    const second = queue.enqueue(priorities.send, () => Promise.resolve('done'), 'dropped');
    queue.end();
    await expect(second).resolves.toBe('dropped');
    await expect(queue.enqueue(priorities.send, () => Promise.resolve('done'), 'dropped')).resolves.toBe('dropped');
    running.open();
    await expect(first).resolves.toBe('done');
  });

  it('goes on behind a job that fails', async () => {
    const queue = new CommandQueue();
    const failing = queue.enqueue(priorities.send, () => Promise.reject(new Error('no')), undefined);
    await expect(failing).rejects.toThrow('no');
    await expect(queue.enqueue(priorities.send, () => Promise.resolve(1), 0)).resolves.toBe(1);
  });

  it('is bounded', async () => {
    const queue = new CommandQueue();
    const running = gate();
    const results: string[] = [];
    const add = async (): Promise<void> => {
      results.push(await queue.enqueue(priorities.poll, () => running.passed.then(() => 'done'), 'dropped'));
    };
    const all = Array.from({ length: 300 }, add);
    await settle();
    expect(results.length).toBeGreaterThan(50);
    expect(new Set(results)).toEqual(new Set(['dropped']));
    running.open();
    await Promise.all(all);
    expect(results.filter((result) => result === 'done').length).toBeGreaterThan(100);
  });
});
