import {
  backupName,
  type BackupCause,
  type BackupFolder,
  type BackupManifest,
  type CopyProgress,
} from '../../domain/backup.ts';
import { AppError, errorText, isAppError } from '../../domain/errors.ts';
import type { Clock, Logger, Millis, Service, Timer } from '../../domain/ports.ts';
import type { BackupCopier } from '../../store/backup/backup-copier.ts';
import type { BackupFailure, BackupStore } from '../../store/backup-store.ts';
import type { RestorationRecord, RestoreStore } from '../../store/restore-store.ts';
import { readCron } from '../cron.ts';

export interface BackupRules {
  /** Whether one is made every day. */
  readonly daily: boolean;
  /** When, as `02:30`, in the box's time zone. */
  readonly at: string;
  /** How many of those made by the schedule are kept. */
  readonly keep: number;
  readonly timeZone: string;
}

export interface RunningBackup extends CopyProgress {
  readonly name: string;
  readonly startedAt: Millis;
}

export interface BackupState {
  readonly items: readonly BackupManifest[];
  readonly running: RunningBackup | null;
  readonly failure: BackupFailure | null;
  /** When the next one is due; null while the schedule is paused. */
  readonly next: Millis | null;
  readonly restored: RestorationRecord | null;
  readonly folder: string;
  /** Bytes that the next one takes, about, and bytes that are free. */
  readonly needs: number;
  readonly free: number;
  readonly keyMark: string;
}

const tickMs = 30_000;
/** A try that failed is made again after this. */
const againMs = 60 * 60_000;
/** What a box without any backup waits for, so that the first one has something in it. */
const firstMs = 60 * 60_000;
const spareBytes = 32 * 1024 * 1024;

/** Makes backups while the box goes on, by a schedule or on a person's word, one at a time, and keeps as many as wanted. */
export class BackupDesk implements Service {
  readonly name = 'backups';
  readonly #copier: BackupCopier;
  readonly #store: BackupStore;
  readonly #restored: RestoreStore;
  readonly #folder: BackupFolder;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #version: string;
  readonly #keyMark: () => string;
  readonly #rules: () => BackupRules;
  #startedAt: Millis = 0;
  #started = false;
  #timer: Timer | undefined;
  #running: RunningBackup | null = null;
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: {
    readonly copier: BackupCopier;
    readonly store: BackupStore;
    readonly restored: RestoreStore;
    readonly folder: BackupFolder;
    readonly clock: Clock;
    readonly log: Logger;
    readonly version: string;
    readonly keyMark: () => string;
    readonly rules: () => BackupRules;
  }) {
    this.#copier = options.copier;
    this.#store = options.store;
    this.#restored = options.restored;
    this.#folder = options.folder;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#version = options.version;
    this.#keyMark = options.keyMark;
    this.#rules = options.rules;
  }

  async start(): Promise<void> {
    try {
      await this.#folder.open();
    } catch (error) {
      // A box that cannot make backups says so, and does its work.
      await this.#fail('', error);
    }
    this.#startedAt = this.#clock.now();
    this.#started = true;
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#started = false;
    this.#timer?.cancel();
    await this.#copier.stop();
    await this.#work;
    // What was about to begin when the first look was taken.
    await this.#work;
  }

  async state(): Promise<BackupState> {
    const items = await this.#folder.list();
    return {
      items,
      running: this.#running,
      failure: this.#store.failure(),
      next: this.#nextDue(items),
      restored: this.#restored.latest() ?? null,
      folder: this.#folder.dir,
      needs: this.#copier.size(),
      free: await this.#folder.free(),
      keyMark: this.#keyMark(),
    };
  }

  /**
   * Begins a backup and goes on by itself; `state` tells how far it is.
   * @throws AppError `backup.in_progress`, `backup.no_space`, `backup.failed`.
   */
  async begin(cause: BackupCause): Promise<RunningBackup> {
    if (!this.#started) throw new AppError('box.stopping', 'The box is stopping; the backup was not made.');
    if (this.#running !== null)
      throw new AppError('backup.in_progress', 'A backup is being made already. Wait until it is done.');
    const startedAt = this.#clock.now();
    const running = { name: '', startedAt, phase: 'copying', done: 0 } as const;
    this.#running = running;
    let name: string;
    try {
      await this.#folder.open();
      name = await this.#freeName(startedAt);
      await this.#assertSpace();
    } catch (error) {
      this.#running = null;
      await this.#fail('', error);
      throw isAppError(error) ? error : new AppError('backup.failed', errorText(error), { cause: error });
    }
    this.#running = { ...running, name };
    this.#work = this.#make(name, startedAt, cause).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** @throws AppError `backup.not_found`. */
  async one(name: string): Promise<BackupManifest> {
    const found = (await this.#folder.list()).find((each) => each.name === name);
    if (found === undefined) throw new AppError('backup.not_found', `There is no backup ${name}.`);
    return found;
  }

  /** The bytes of a backup. */
  read({ name }: BackupManifest): AsyncIterable<Uint8Array> {
    return this.#folder.read(name);
  }

  /** @throws AppError `backup.not_found`. */
  async remove(name: string): Promise<void> {
    if (!(await this.#folder.remove(name))) throw new AppError('backup.not_found', `There is no backup ${name}.`);
    this.#log.info('backup.removed', { name });
  }

  async #make(name: string, madeAt: Millis, cause: BackupCause): Promise<void> {
    try {
      const note = { name, madeAt, keyMark: this.#keyMark() };
      const copy = await this.#copier.copy(this.#folder.draftPath(name), note, (progress) => {
        this.#running = { name, startedAt: madeAt, ...progress };
      });
      await this.#folder.keep({ ...note, ...copy, version: this.#version, cause });
      await this.#store.succeeded();
      this.#log.info('backup.made', { name, bytes: copy.bytes, ms: this.#clock.now() - madeAt });
      if (cause === 'schedule') await this.#prune();
    } catch (error) {
      await this.#fail(name, error);
    }
  }

  async #fail(name: string, error: unknown): Promise<void> {
    const code = isAppError(error) ? error.code : 'backup.failed';
    try {
      if (name !== '') await this.#folder.drop(name);
      // A box that stops in the middle of one is no failure: the next start makes up for it.
      if (code === 'box.stopping') return;
      this.#log.error('backup.failed', { name, code, error: errorText(error) });
      await this.#store.failed({ at: this.#clock.now(), code, problem: errorText(error) });
    } catch (reason) {
      this.#log.error('backup.failed', { name, code, error: errorText(reason) });
    }
  }

  /** Removes the oldest of those that the schedule made. */
  async #prune(): Promise<void> {
    const made = (await this.#folder.list()).filter(({ cause }) => cause === 'schedule');
    for (const { name } of made.slice(this.#rules().keep)) await this.remove(name);
  }

  async #freeName(at: Millis): Promise<string> {
    const names = new Set((await this.#folder.list()).map(({ name }) => name));
    let n = 0;
    while (names.has(backupName(at, n))) n += 1;
    return backupName(at, n);
  }

  async #assertSpace(): Promise<void> {
    const needs = Math.ceil(this.#copier.size() * 1.1) + spareBytes;
    const free = await this.#folder.free();
    if (free >= needs) return;
    throw new AppError(
      'backup.no_space',
      `A backup takes about ${megabytes(needs)} MB, and ${megabytes(free)} MB are free. Remove old backups, or free space on the disk.`,
    );
  }

  #schedule(): void {
    if (!this.#started) return;
    this.#timer = this.#clock.after(tickMs, () => {
      this.#work = this.#tick().finally(() => this.#schedule());
    });
  }

  async #tick(): Promise<void> {
    if (this.#running !== null) return;
    try {
      const next = this.#nextDue(await this.#folder.list());
      if (next === null || next > this.#clock.now()) return;
      await this.begin('schedule');
    } catch (error) {
      // What stood in the way is written down where it was met.
      this.#log.debug('backup.not_begun', { error: errorText(error) });
    }
  }

  /** A time that passed while the box was off is made up for: a shop's machine is off at night. */
  #nextDue(items: readonly BackupManifest[]): Millis | null {
    const { daily, at, timeZone } = this.#rules();
    if (!daily) return null;
    const [hour = '2', minute = '30'] = at.split(':');
    const plan = readCron(`${Number(minute)} ${Number(hour)} * * *`, timeZone);
    const last = items[0]?.madeAt;
    const due = last === undefined ? this.#startedAt + firstMs : plan.next(last);
    const failure = this.#store.failure();
    return failure === null || due === null ? due : Math.max(due, failure.at + againMs);
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
