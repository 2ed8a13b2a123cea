import { onTestFinished } from 'vitest';
import { Settings } from '../../../server/config/settings.ts';
import type { InboundPart } from '../../../server/domain/carrier.ts';
import { createUuids, systemRandom } from '../../../server/platform/crypto.ts';
import { AccountDesk } from '../../../server/services/account-desk.ts';
import { Intake } from '../../../server/services/intake.ts';
import type { KeywordRequest } from '../../../server/services/two-way/keyword-desk.ts';
import { EndpointBook } from '../../../server/services/webhooks/endpoint-book.ts';
import { intakeRules } from '../../../server/setting-rules.ts';
import { buildGuards } from '../../../server/wiring/guard-wiring.ts';
import { buildTwoWay } from '../../../server/wiring/two-way-wiring.ts';
import { phone, quiet } from '../../fakes/box.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { openBox, type OpenBoxOptions, type StoreBox } from '../../fakes/store-box.ts';

export interface SentRow {
  readonly to: string;
  readonly text: string;
  readonly origin: string;
  readonly lane: number;
  readonly account: number;
  readonly kind: string;
  /** The one carrier that may take it; 0 for any. */
  readonly carrier: number;
}

export interface AnswerRow {
  readonly kind: string;
  readonly state: string;
  readonly reason: string | null;
  readonly text: string;
  readonly tries: number;
}

/** Numbers of carriers in the rig; only the first is at work. */
export const office = 1;
const atWork = new Set([office]);

/** Everything that deals with received texts, put together as the box does it, over the stores of a box. */
export class TwoWayRig {
  readonly box: StoreBox;
  readonly settings: Settings;
  readonly parts: ReturnType<typeof buildTwoWay>;
  readonly faults: string[] = [];
  /** What carriers tell about their SIMs. */
  facts: Record<string, string | number | null>[] = [];
  #answering = false;
  #times = 0;

  constructor(box: StoreBox) {
    this.box = box;
    const { clock, stores } = box;
    this.settings = new Settings(stores.settings);
    const newUuid = createUuids(clock, systemRandom);
    const accounts = new AccountDesk({ store: stores.accounts, clock, accessChanged: () => {} });
    const guards = buildGuards({ stores, clock }, this.settings);
    const intake = new Intake({
      accounts: stores.accounts,
      writer: stores.writer,
      guards,
      clock,
      newUuid,
      rules: () => intakeRules(this.settings),
    });
    this.parts = buildTwoWay({
      stores,
      settings: this.settings,
      accounts,
      words: guards.words,
      book: new EndpointBook(box.keys, quiet),
      carriers: () => ({
        lives: () => this.facts.map((facts) => ({ status: { facts } })),
        live: (id) => (atWork.has(id) ? {} : undefined),
      }),
      intake: () => intake,
      changed: () => {},
      newUuid,
      clock,
      random: systemRandom,
      log: { ...quiet, error: (event) => this.faults.push(event), warn: (event) => this.faults.push(event) },
    });
  }

  /** A rig on a new box with a sender name, or one on a box that was before. */
  static async open(
    options: OpenBoxOptions & { readonly box?: StoreBox; readonly answering?: boolean } = {},
  ): Promise<TwoWayRig> {
    const box = options.box ?? (await openBox({ credits: 100, ...options }));
    const rig = new TwoWayRig(box);
    if (options.box === undefined) await box.stores.accounts.senders.approve({ accountId: 1, name: 'SEPSMS' }, null, 0);
    if (options.answering !== false) await rig.answering();
    return rig;
  }

  async answering(): Promise<void> {
    this.#answering = true;
    await this.parts.answers.start();
    onTestFinished(() => this.parts.answers.stop());
    await this.quiet();
  }

  rule(rule: Partial<KeywordRequest>): Promise<{ readonly id: number }> {
    return this.parts.doors.keywords.add({ ...everything, name: `Rule ${(this.#times += 1)}`, ...rule });
  }

  /** A text comes in; what it brings about is done. */
  async receive(text: string, part: Partial<InboundPart> & { readonly carrierId?: number } = {}): Promise<void> {
    const { carrierId = office, ...fields } = part;
    this.#times += 1;
    const sentAt = this.box.clock.now() + this.#times;
    const whole = { from: phone(1), to: null, text, sentAt, concat: null, raw: null, ...fields };
    await this.parts.inbound.receive(carrierId, whole);
    await this.quiet();
  }

  /** Lets everything happen that needs no time to pass. */
  async quiet(): Promise<void> {
    const { stores, clock } = this.box;
    for (let turn = 0; turn < 12; turn += 1) await settle();
    for (let turn = 0; this.#answering && turn < 500 && stores.answers.due(clock.now(), 1).length > 0; turn += 1)
      await settle();
    await settle();
  }

  sent(): SentRow[] {
    return this.box.peek.all<SentRow>(
      `SELECT r.msisdn AS "to", m.text, m.origin, m.lane, m.account_id AS account, m.kind, t.only_carrier_id AS carrier
       FROM message m JOIN recipient r ON r.message_id = m.id JOIN traffic t ON t.id = m.traffic_id ORDER BY m.id`,
    );
  }

  answers(): AnswerRow[] {
    return this.box.peek.all<AnswerRow>('SELECT kind, state, reason, text, tries FROM inbound_answer ORDER BY id');
  }

  /** Kinds of the answers, with why they were not sent. */
  outcomes(): string[] {
    return this.answers().map(({ kind, state, reason }) => `${kind} ${reason ?? state}`);
  }
}

const everything: KeywordRequest = {
  name: '',
  enabled: true,
  match: 'any',
  keywords: [],
  carriers: [],
  answers: null,
  hours: '',
  account: null,
  reply: null,
  origin: null,
  forwardTo: null,
  webhook: null,
};
