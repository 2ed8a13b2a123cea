import { errorText } from '../../domain/errors.ts';
import type { ImportColumn } from '../../domain/import-columns.ts';
import type { Clock, Logger, Service, Timer } from '../../domain/ports.ts';
import type { ImportRowRecord } from '../../store/contact-rows.ts';
import type { ContactDraft } from '../../store/contact-store.ts';
import type { ImportStore } from '../../store/import-store.ts';
import { columnsOf, valuesOf } from './import-rows.ts';

/** Rows taken in by one transaction: some milliseconds of work. */
const slice = 200;
/** After a fault, such as a full disk, it is tried again. */
const retryMs = 5_000;
const keptMs = 7 * 86_400_000;
const sweepMs = 3_600_000;

/** Takes running imports into the address book, slice by slice and in turns; goes on with them after a restart. */
export class ImportRunner implements Service {
  readonly name = 'imports';
  readonly #store: ImportStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  #running = false;
  /** Something may have begun since the last look. */
  #woken = false;
  #work: Promise<void> | undefined;
  #retry: Timer | undefined;
  #sweep: Timer | undefined;

  constructor(options: { store: ImportStore; clock: Clock; log: Logger }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    this.#running = true;
    // Nobody was told of a file that was only half read.
    for (const { id } of this.#store.unfinished()) await this.#store.remove(id);
    this.wake();
    this.#scheduleSweep();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#retry?.cancel();
    this.#sweep?.cancel();
    await this.#work;
  }

  /** An import may be there to run. */
  wake(): void {
    this.#woken = true;
    if (!this.#running || this.#work !== undefined) return;
    this.#work = this.#run().finally(() => {
      this.#work = undefined;
      if (this.#woken) this.wake();
    });
  }

  async #run(): Promise<void> {
    try {
      for (;;) {
        this.#woken = false;
        const jobs = this.#store.running();
        if (jobs.length === 0) return;
        for (const { id } of jobs) {
          if (!this.#running) return;
          await this.#store.takeSlice(id, slice, drafts(), this.#clock.now());
        }
      }
    } catch (error) {
      this.#woken = false;
      this.#log.error('import.failed', { error: errorText(error) });
      this.#retry = this.#clock.after(retryMs, () => this.wake());
    }
  }

  /** Rows are personal: they are kept for looking at them some days, not for ever. */
  #scheduleSweep(): void {
    if (!this.#running) return;
    this.#sweep = this.#clock.after(sweepMs, () => {
      void this.#forgetOld().finally(() => this.#scheduleSweep());
    });
  }

  async #forgetOld(): Promise<void> {
    try {
      for (const { id } of this.#store.old(this.#clock.now() - keptMs)) await this.#store.remove(id);
    } catch (error) {
      this.#log.error('import.sweep_failed', { error: errorText(error) });
    }
  }
}

/** Makes contacts of rows; the columns are read once a slice. */
function drafts(): (row: ImportRowRecord, columns: string) => ContactDraft | null {
  let known: ImportColumn[] | undefined;
  return (row, columns) => {
    known ??= columnsOf({ columns });
    return valuesOf(row, known);
  };
}
