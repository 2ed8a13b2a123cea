import { cpSync, rmSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { DeliveryReport, SubmitOutcome } from '../../server/domain/carrier.ts';
import type { EventName } from '../../server/domain/events.ts';
import { createTxIdCodec } from '../../server/domain/tx-id.ts';
import type { ClaimedRecipient } from '../../server/store/claimed-recipient.ts';
import type { CarrierPolicy } from '../../server/store/carrier-policy.ts';
import type { EventWriter } from '../../server/store/event-writer.ts';
import type { MessageDraft, RecipientDraft, WrittenMessage } from '../../server/store/message-draft.ts';
import type { MessageRecord, RecipientRecord, SubmissionRecord } from '../../server/store/rows.ts';
import { KeyRing } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { openStores, type Stores } from '../../server/store/stores.ts';
import { Peek, phone, tempFolder } from './box.ts';
import { ManualClock } from './manual-clock.ts';

export type WrittenEvent = Parameters<EventWriter['write']>[1];

const codecKey = new Uint8Array(32).fill(5);
const day = 86_400_000;

export interface OpenBoxOptions {
  readonly clock?: ManualClock;
  /** A folder of an earlier box; a new one when not given. */
  readonly dir?: string;
  /** Credits of the account `Main`; 1,000,000 when not said. */
  readonly credits?: number;
}

/** The stores of a box on a folder of their own, with the hands of a test on them. */
export class StoreBox {
  readonly dir: string;
  readonly clock: ManualClock;
  readonly stores: Stores;
  readonly peek: Peek;
  /** Every event written, whether or not its transaction was committed. */
  readonly events: WrittenEvent[] = [];
  /** An event that cannot be written. */
  unwritable: EventName | null = null;
  readonly txIds = createTxIdCodec(codecKey);
  /** Opens what its stores seal. */
  readonly keys = new KeyRing(codecKey);
  /** Terms of the only carrier. */
  policy: CarrierPolicy = { carrierId: 1, reports: true, uncertain: 'hold', refundFailed: true };
  #uuids = 0;

  constructor(dir: string, clock: ManualClock) {
    this.dir = dir;
    this.clock = clock;
    const events: EventWriter = {
      wanted: () => true,
      write: (_db, event) => {
        if (event.name === this.unwritable) throw new Error(`no room for ${event.name}`);
        this.events.push(event);
      },
    };
    this.stores = openStores(dir, {
      events,
      txIds: () => this.txIds,
      sealer: this.keys,
      clock: systemClock,
    });
    this.peek = new Peek(dir);
  }

  draft(options: DraftOptions = {}): MessageDraft {
    const { to = [phone(1)], text = 'Hello', segments = 1, ...rest } = options;
    const recipients = to.map((entry) => (typeof entry === 'string' ? recipientDraft(entry, segments) : entry));
    this.#uuids += 1;
    return {
      uuid: `00000000-0000-7000-8000-${String(this.#uuids).padStart(12, '0')}`,
      accountId: 1,
      keyId: null,
      kind: 'sms',
      lane: 'normal',
      origin: 'SEPSMS',
      text,
      clientRef: null,
      segments,
      credit: recipients.reduce((sum, one) => sum + one.credit, 0),
      blockedCount: recipients.filter((one) => one.state === 'blocked').length,
      failedCount: recipients.filter((one) => one.state === 'failed').length,
      scheduledAt: null,
      expiresAt: this.clock.now() + 2 * day,
      createdAt: this.clock.now(),
      recipients,
      hasLink: false,
      carrierId: null,
      ...rest,
    };
  }

  accept(options: DraftOptions = {}): Promise<WrittenMessage> {
    return this.stores.writer.accept(this.draft(options));
  }

  claim(room = 100, carrierId = this.policy.carrierId): Promise<ClaimedRecipient[]> {
    return this.stores.claims.claim({ carrierId, room, splitting: 'parts', now: this.clock.now() });
  }

  /** Settles hand-overs all alike; returns the next parts. */
  settle(claims: readonly ClaimedRecipient[], outcome: SubmitOutcome, goOn = true): Promise<ClaimedRecipient[]> {
    const at = this.clock.now();
    return this.stores.settles.settle(
      claims.map((claim) => ({ claim, outcome, at, jitter: 0.5 })),
      this.policy,
      goOn,
    );
  }

  report(reference: string, msisdn: string | null, options: Partial<DeliveryReport> = {}): Promise<boolean> {
    const report: DeliveryReport = {
      reference,
      msisdn,
      verdict: 'delivered',
      code: 'TP-Status 0x00',
      message: 'delivered',
      at: this.clock.now(),
      ...options,
    };
    return this.stores.reports.record(report, this.policy, this.clock.now());
  }

  message(id: number): MessageRecord {
    return this.peek.one<MessageRecord>('SELECT * FROM message WHERE id = ?', id);
  }

  /** The recipients of a message, or of all. */
  recipients(messageId?: number): RecipientRecord[] {
    const all = this.peek.all<RecipientRecord>('SELECT * FROM recipient ORDER BY id');
    return messageId === undefined ? all : all.filter((row) => row.message_id === messageId);
  }

  /** The only recipient of a message. */
  recipient(messageId: number): RecipientRecord {
    return this.peek.one<RecipientRecord>('SELECT * FROM recipient WHERE message_id = ?', messageId);
  }

  journal(): SubmissionRecord[] {
    return this.peek.all<SubmissionRecord>('SELECT * FROM submission ORDER BY id');
  }

  /** What a power cut at this moment would leave, opened again by a new box; this one runs on. */
  afterCrash(): StoreBox {
    const dir = tempFolder();
    cpSync(this.dir, dir, { recursive: true, filter: (path) => !path.endsWith('-shm') && !path.endsWith('box.lock') });
    return keep(new StoreBox(dir, this.clock));
  }

  /** Stops and starts again on the same data. */
  reopen(): StoreBox {
    this.stop();
    return keep(new StoreBox(this.dir, this.clock));
  }

  stop(): void {
    if (this.peek.db.open) this.peek.db.close();
    this.stores.close();
  }

  /** Stops and removes the data. Idempotent. */
  close(): void {
    this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export type DraftOptions = Partial<Omit<MessageDraft, 'recipients'>> & {
  readonly to?: readonly (string | RecipientDraft)[];
};

export function recipientDraft(msisdn: string, segments = 1, text: string | null = null): RecipientDraft {
  return { msisdn, state: 'queued', segments, credit: segments, text, errorCode: null, errorMessage: null };
}

export const accepted = (reference: string): SubmitOutcome => ({ kind: 'accepted', reference });
export const rejected: SubmitOutcome = { kind: 'rejected', code: 'invalid', message: 'The network refused it.' };
export const uncertain: SubmitOutcome = { kind: 'uncertain', code: 'no_answer', message: 'No answer came.' };
export const retry = (options: { carrierFault?: boolean; afterMs?: number } = {}): SubmitOutcome => ({
  kind: 'retry',
  code: 'busy',
  message: 'The network is busy.',
  carrierFault: false,
  ...options,
});

function keep(box: StoreBox): StoreBox {
  onTestFinished(() => box.close());
  return box;
}

/** The stores of a new box (or of one that was before), with credits; removed at the end of the test. */
export async function openBox(options: OpenBoxOptions = {}): Promise<StoreBox> {
  const { credits = 1_000_000, dir = tempFolder(), clock = new ManualClock() } = options;
  const box = keep(new StoreBox(dir, clock));
  if (credits > 0) await box.stores.accounts.addCredits(1, credits, null, clock.now());
  return box;
}
