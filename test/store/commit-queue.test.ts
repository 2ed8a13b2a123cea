import type Database from 'better-sqlite3';
import { array, assert, asyncProperty, boolean, record } from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../server/domain/errors.ts';
import { CommitQueue } from '../../server/store/commit-queue.ts';
import { openDatabase } from '../../server/store/database.ts';
import { Peek, testFolder } from '../fakes/box.ts';
import { settle } from '../fakes/manual-clock.ts';

function queueOn(monotonic: () => number = () => 0) {
  const dir = testFolder();
  const { db, close } = openDatabase(dir);
  db.exec('CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const queue = new CommitQueue(db, monotonic);
  const peek = new Peek(dir);
  onTestFinished(() => {
    peek.db.close();
    close();
  });
  const notes = () => peek.all<{ text: string }>('SELECT text FROM note ORDER BY id').map((row) => row.text);
  return { db, queue, notes };
}

const write = (text: string) => (db: Database.Database) => {
  db.prepare('INSERT INTO note (text) VALUES (?)').run(text);
  return text;
};

describe('group commit', () => {
  test('what arrives together is one transaction, in the order in which it came', async () => {
    const { queue, notes } = queueOn();
    const texts = Array.from({ length: 50 }, (_, n) => `note ${n}`);
    expect(await Promise.all(texts.map((text) => queue.run(write(text))))).toEqual(texts);
    expect(queue.stats).toEqual({ commits: 1, works: 50 });
    expect(notes()).toEqual(texts);
  });

  test('what would hold the event loop too long is cut into several transactions', async () => {
    let time = 0;
    const { queue, notes } = queueOn(() => time);
    const slow = (text: string) => (db: Database.Database) => {
      time += 5;
      return write(text)(db);
    };
    const seenAtTurn: number[] = [];
    setImmediate(() => setImmediate(() => seenAtTurn.push(notes().length)));
    await Promise.all(Array.from({ length: 9 }, (_, n) => queue.run(slow(`${n}`))));
    expect(queue.stats).toEqual({ commits: 3, works: 9 });
    expect(seenAtTurn[0]).toBeLessThan(9);
    expect(notes()).toHaveLength(9);
  });

  test('a promise settles only when others can see what was written', async () => {
    const { queue, notes } = queueOn();
    const seen: string[][] = [];
    const done = queue.run((db) => {
      write('a')(db);
      seen.push(notes());
    });
    const after = done.then(() => seen.push(notes()));
    await after;
    expect(seen).toEqual([[], ['a']]);
  });

  test('listeners hear of each commit once, after it', async () => {
    const { queue, notes } = queueOn();
    const heard: number[] = [];
    queue.onCommit(() => heard.push(notes().length));
    await Promise.all([queue.run(write('a')), queue.run(write('b'))]);
    await queue.run(write('c'));
    expect(heard).toEqual([2, 3]);
  });
});

describe('work that may be done again', () => {
  const fault = new AppError('credit.insufficient', 'no');

  test('shares its transaction and keeps the order, and one that fails takes nobody with it', async () => {
    const { queue, notes } = queueOn();
    let tries = 0;
    const failing = (db: Database.Database) => {
      tries += 1;
      write('lost')(db);
      throw fault;
    };
    const results = await Promise.allSettled([
      queue.run(write('a'), { repeatable: true }),
      queue.run(write('b'), { repeatable: true }),
      queue.run(failing, { repeatable: true }),
      queue.run(write('c'), { repeatable: true }),
      queue.run(write('d')),
    ]);
    expect(results.map((one) => (one.status === 'fulfilled' ? one.value : one.reason))).toEqual([
      'a',
      'b',
      fault,
      'c',
      'd',
    ]);
    expect(notes()).toEqual(['a', 'b', 'c', 'd']);
    expect(tries).toBe(2);
    expect(queue.stats.commits).toBe(1);
  });

  test('of any mixture ends as if each were alone', async () => {
    const { queue, notes } = queueOn();
    const job = record({ repeatable: boolean(), fails: boolean() });
    let count = 0;
    const expected: string[] = [];
    const property = asyncProperty(array(job, { maxLength: 12 }), async (jobs) => {
      const texts = jobs.map((_, n) => `note ${count + n}`);
      count += jobs.length;
      const running = jobs.map(({ repeatable, fails }, n) =>
        queue.run(
          (db) => {
            write(texts[n] ?? '')(db);
            if (fails) throw fault;
            return texts[n];
          },
          { repeatable },
        ),
      );
      const results = await Promise.allSettled(running);
      expect(results.map((one) => (one.status === 'fulfilled' ? one.value : one.reason))).toEqual(
        jobs.map(({ fails }, n) => (fails ? fault : texts[n])),
      );
      expected.push(...texts.filter((_, n) => jobs[n]?.fails === false));
      expect(notes()).toEqual(expected);
    });
    await assert(property, { seed: 20260115, numRuns: 60 });
  });
});

describe('work that fails', () => {
  test('undoes its own writes alone', async () => {
    const { queue, notes } = queueOn();
    const results = await Promise.allSettled([
      queue.run(write('before')),
      queue.run((db) => {
        write('lost')(db);
        throw new AppError('credit.insufficient', 'not enough');
      }),
      queue.run((db) => {
        write('lost too')(db);
        db.prepare('INSERT INTO note (id, text) VALUES (1, ?)').run('taken');
      }),
      queue.run(write('after')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { code: 'credit.insufficient' } });
    expect(results[2]).toMatchObject({ reason: { code: 'store.unavailable' } });
    expect(notes()).toEqual(['before', 'after']);
    expect(queue.stats.commits).toBe(1);
  });

  test('a COMMIT that fails rejects everything in it, and the queue goes on', async () => {
    const { db, queue, notes } = queueOn();
    db.exec(`CREATE TABLE child (note_id INTEGER NOT NULL REFERENCES note(id) DEFERRABLE INITIALLY DEFERRED) STRICT`);
    const results = await Promise.allSettled([
      queue.run(write('a')),
      // Found out at COMMIT only.
      queue.run((handle) => handle.prepare('INSERT INTO child (note_id) VALUES (77)').run()),
      queue.run(write('b')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(results[0]).toMatchObject({ reason: { code: 'store.unavailable' } });
    expect(notes()).toEqual([]);
    expect(queue.stats.commits).toBe(0);
    expect(await queue.run(write('c'))).toBe('c');
    expect(notes()).toEqual(['c']);
  });

  test('a full disk is told as such; what was answered is stored and nothing else is', async () => {
    const { db, queue, notes } = queueOn();
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 2}`);
    const texts = Array.from({ length: 6 }, (_, n) => `${n}`.repeat(3_000));
    const results = await Promise.allSettled(texts.map((text) => queue.run(write(text))));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'store.disk_full' });
    expect(notes()).toEqual(texts.filter((_, n) => results[n]?.status === 'fulfilled'));
    db.pragma('max_page_count = 1000000');
    expect(await queue.run(write('room again'))).toBe('room again');
  });
});

describe('bounds and the end', () => {
  test('refuses more than 20,000 pieces of work at once', async () => {
    const { queue } = queueOn();
    const works = Array.from({ length: 20_000 }, () => queue.run(() => 0));
    await expect(queue.run(() => 0)).rejects.toMatchObject({ code: 'store.unavailable' });
    await Promise.all(works);
    expect(await queue.run(() => 1)).toBe(1);
  });

  test('closing commits what waits and refuses what comes later', async () => {
    const { queue, notes } = queueOn();
    const waiting = queue.run(write('in time'));
    queue.close();
    expect(notes()).toEqual(['in time']);
    expect(await waiting).toBe('in time');
    await expect(queue.run(write('late'))).rejects.toMatchObject({ code: 'box.stopping' });
    queue.close();
    await settle();
    expect(notes()).toEqual(['in time']);
  });
});
