import { errorText, isAppError, type AppError } from '../../domain/errors.ts';
import type { Clock, Logger, Service, Timer } from '../../domain/ports.ts';
import type { CampaignRecord } from '../../store/campaign-rows.ts';
import type { CampaignStore } from '../../store/campaign-store.ts';
import type { CancelStore } from '../../store/cancel-store.ts';
import type { Intake } from '../intake.ts';
import { planOf, type AudiencePiece, type AudienceReader } from './audience.ts';
import { isAhead } from './campaign-desk.ts';

export interface CampaignRunnerOptions {
  readonly store: CampaignStore;
  readonly audiences: AudienceReader;
  readonly intake: Intake;
  readonly cancels: CancelStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly rules: () => { readonly maxSegments: number; readonly maxRecipients: number };
}

/** Recipients in one message: a pause or a full disk costs no more than this much work. */
const chunk = 2_000;
/** How often campaigns are looked at that nobody has woken: whether they are done, or to be tried again after a fault. */
const tickMs = 2_000;
const messagesAtOnce = 200;

/** Makes campaigns into messages, a chunk of each in turns; ends those that are cancelled or done. Goes on after a restart. */
export class CampaignRunner implements Service {
  readonly name = 'campaigns';
  readonly #options: CampaignRunnerOptions;
  #running = false;
  #woken = false;
  #work: Promise<void> | undefined;
  #timer: Timer | undefined;

  constructor(options: CampaignRunnerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.wake();
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#timer?.cancel();
    await this.#work;
  }

  /** A campaign may have work to do. */
  wake(): void {
    this.#woken = true;
    if (!this.#running || this.#work !== undefined) return;
    this.#work = this.#run().finally(() => {
      this.#work = undefined;
      if (this.#woken) this.wake();
    });
  }

  #schedule(): void {
    if (!this.#running) return;
    this.#timer = this.#options.clock.after(tickMs, () => {
      this.wake();
      this.#schedule();
    });
  }

  async #run(): Promise<void> {
    const { store, clock, log } = this.#options;
    try {
      for (;;) {
        this.#woken = false;
        for (const { id } of store.cancelling()) await this.#cancel(id);
        const jobs = store.preparing();
        for (const job of jobs) {
          if (!this.#running) return;
          await this.#step(job);
        }
        if (jobs.length === 0) break;
      }
      for (const { id } of store.sending()) if (store.counts(id).open === 0) await store.finish(id, clock.now());
    } catch (error) {
      // The next tick tries again; until then nothing is lost.
      this.#woken = false;
      log.error('campaign.failed', { error: errorText(error) });
    }
  }

  /** Makes the next chunk into a message. */
  async #step(job: CampaignRecord): Promise<void> {
    const { store, audiences, rules } = this.#options;
    const { maxSegments, maxRecipients } = rules();
    const terms = {
      accountId: job.account_id,
      plan: planOf(job.audience),
      text: job.text,
      missing: job.missing === 'blank' ? 'blank' : 'skip',
      maxSegments,
    } as const;
    try {
      const piece = audiences.next(terms, job, Math.min(chunk, maxRecipients));
      if (piece.entries.length === 0)
        await store.step(job, { to: piece.to, messageId: null, recipients: 0, skipped: piece.skipped });
      else await this.#send(job, piece);
    } catch (error) {
      if (!isAppError(error) || error.code.startsWith('store.') || error.code === 'box.stopping') throw error;
      await this.#stuck(job, error);
    }
  }

  async #send(job: CampaignRecord, { entries, skipped, to }: AudiencePiece): Promise<void> {
    const { store, intake, clock } = this.#options;
    const personal = entries.some(({ values }) => Object.keys(values).length > 0);
    await intake.accept(
      { accountId: job.account_id, keyId: null },
      {
        origin: job.origin,
        message: job.text,
        recipients: entries.map(({ msisdn }) => msisdn),
        variables: personal ? Object.fromEntries(entries.map(({ msisdn, values }) => [msisdn, values])) : null,
        scheduledTime: isAhead(job, clock.now()) ? new Date(job.scheduled_at ?? 0).toISOString() : null,
        priority: job.priority === 'high' ? 'high' : 'normal',
        bulk: true,
      },
      (_answer, { id: messageId }) => store.noteStep(job, { to, messageId, recipients: entries.length, skipped }),
    );
  }

  /** What stands in the way is told; the campaign waits for somebody to put it right. */
  async #stuck(job: CampaignRecord, error: AppError): Promise<void> {
    const { store, clock, log } = this.#options;
    if (error.code === 'campaign.wrong_state') return;
    log.warn('campaign.stuck', { campaign: job.id, code: error.code });
    try {
      await store.pause(job.id, clock.now(), { code: error.code, text: error.message });
    } catch (reason) {
      // Somebody paused or cancelled it at the same moment.
      if (!isAppError(reason, 'campaign.wrong_state')) throw reason;
    }
  }

  async #cancel(id: number): Promise<void> {
    const { store, cancels, clock } = this.#options;
    let after = 0;
    for (;;) {
      const messages = store.messages(id, after, messagesAtOnce);
      for (const message of messages) {
        after = message.id;
        if (!['scheduled', 'pending', 'sending'].includes(message.state)) continue;
        try {
          await cancels.cancel(message.id, clock.now());
        } catch (error) {
          // All of it is with carriers already, or has ended.
          if (!isAppError(error, 'message.not_cancellable')) throw error;
        }
      }
      if (messages.length < messagesAtOnce) break;
    }
    await store.cancelled(id, clock.now());
  }
}
