import { AppError } from '../../domain/errors.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { AddressBook } from '../../store/address-book.ts';
import type { CampaignDraft, MissingValues, ScheduleRecord, ScheduleRunRecord } from '../../store/campaign-rows.ts';
import type { ScheduleDraft, ScheduleStore } from '../../store/schedule-store.ts';
import { readCron, type CronPlan } from '../cron.ts';
import { planOf, type AudiencePlan } from './audience.ts';
import type { CampaignDesk, CampaignInput } from './campaign-desk.ts';

/** What a person asks for: a campaign, again and again. */
export interface ScheduleInput extends Omit<CampaignInput, 'at' | 'importId'> {
  readonly name: string;
  readonly cron: string;
  /** The box's own when left out. */
  readonly timeZone?: string | undefined;
}

export type ScheduleChange = { readonly [K in Exclude<keyof ScheduleInput, 'account'>]?: ScheduleInput[K] | undefined };

export interface ScheduleView extends Omit<ScheduleRecord, 'audience'> {
  readonly account: string;
  readonly audience: AudiencePlan;
  /** The next slots; none while it does not run. */
  readonly nextRuns: Millis[];
  readonly lastRun: ScheduleRunRecord | null;
}

const shownRuns = 5;

/** Recurring schedules: each slot begins a campaign of the texts and groups as they are then. */
export class ScheduleDesk {
  readonly #store: ScheduleStore;
  readonly #campaigns: CampaignDesk;
  readonly #book: AddressBook;
  readonly #accounts: AccountStore;
  readonly #clock: Clock;
  readonly #timeZone: () => string;
  readonly #wake: () => void;

  /** @param options.wake a campaign may now run. */
  constructor(options: {
    store: ScheduleStore;
    campaigns: CampaignDesk;
    book: AddressBook;
    accounts: AccountStore;
    clock: Clock;
    timeZone: () => string;
    wake: () => void;
  }) {
    this.#store = options.store;
    this.#campaigns = options.campaigns;
    this.#book = options.book;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
    this.#wake = options.wake;
  }

  /** @throws AppError `schedule.invalid`, and what `CampaignDesk.create` throws. */
  async create(input: ScheduleInput, by: string): Promise<ScheduleView> {
    const { draft, plan } = this.#draft({ ...input, by });
    const now = this.#clock.now();
    return this.#view(await this.#store.create(draft, plan.next(now), now));
  }

  /** @throws AppError `schedule.not_found`, `schedule.wrong_state`, and what `create` throws. */
  async change(id: number, change: ScheduleChange): Promise<ScheduleView> {
    const before = this.#store.get(id);
    const { draft, plan } = this.#draft(changed(this.#input(before), change));
    return this.#view(await this.#store.change(id, draft, plan.next(this.#clock.now())));
  }

  /** @throws AppError `schedule.not_found`. */
  get(id: number): ScheduleView {
    return this.#view(this.#store.get(id));
  }

  /** Schedules of an account, or of all of them, newest first. @throws AppError `account.not_found`. */
  list(account: string | undefined): ScheduleView[] {
    const accountId = account === undefined ? null : this.#accounts.named(account).id;
    return this.#store.list(accountId).map((row) => this.#view(row));
  }

  /** The next slots of an expression. @throws AppError `schedule.invalid`. */
  nextTimes(cron: string, timeZone: string = this.#timeZone()): { timeZone: string; nextRuns: Millis[] } {
    const plan = readCron(cron, timeZone);
    return { timeZone, nextRuns: firstTimes(plan, plan.next(this.#clock.now())) };
  }

  /** What became of its slots, newest first. @throws AppError `schedule.not_found`. */
  runs(id: number, request: { readonly before?: Millis | undefined; readonly limit: number }) {
    this.#store.get(id);
    const rows = this.#store.runs(id, request.before ?? Number.MAX_SAFE_INTEGER, request.limit + 1);
    const items = rows.slice(0, request.limit);
    return { items, next: rows.length > items.length ? (items.at(-1)?.slot ?? null) : null };
  }

  /** Its slots pass unserved until it is resumed. @throws AppError `schedule.not_found`, `schedule.wrong_state`. */
  async pause(id: number): Promise<ScheduleView> {
    return this.#view(await this.#store.move(id, ['active'], 'paused', null));
  }

  /** Goes on with the next slot; those that passed are not made up for. @throws AppError `schedule.not_found`, `schedule.wrong_state`. */
  async resume(id: number): Promise<ScheduleView> {
    const { cron, time_zone: timeZone } = this.#store.get(id);
    const nextAt = readCron(cron, timeZone).next(this.#clock.now());
    return this.#view(await this.#store.move(id, ['paused'], 'active', nextAt));
  }

  /** Ends it for good; campaigns that it began go on. @throws AppError `schedule.not_found`, `schedule.wrong_state`. */
  async cancel(id: number): Promise<ScheduleView> {
    return this.#view(await this.#store.move(id, ['active', 'paused'], 'cancelled', null));
  }

  /** Begins its campaign now, besides its slots. @throws AppError `schedule.not_found`, `schedule.wrong_state`, and what `CampaignDesk.create` throws. */
  async runNow(id: number, by: string): Promise<ScheduleRunRecord> {
    const at = this.#clock.now();
    const campaign = { ...this.campaignOf(this.#store.get(id)), by };
    const run = await this.#store.runNow(id, { slot: at, outcome: 'manual', note: `Run by ${by}.`, campaign, at });
    this.#wake();
    return run;
  }

  /** The campaign of a slot, with the template and the groups as they are now. Throws as `CampaignDesk.create` does. */
  campaignOf(schedule: ScheduleRecord): CampaignDraft {
    const input = this.#input(schedule);
    return this.#campaigns.draft({ ...input, name: schedule.name, by: `schedule ${schedule.id}` });
  }

  #draft(input: ScheduleInput & { readonly by: string }): { draft: ScheduleDraft; plan: CronPlan } {
    const { name, by, cron, timeZone = this.#timeZone(), text = null, templateId = null } = input;
    const plan = readCron(cron, timeZone);
    if (plan.next(this.#clock.now()) === null)
      throw new AppError('schedule.invalid', `${cron} never falls due. Write it like 0 9 * * 1-5.`);
    const { accountId, origin, priority, missing, audience } = this.#campaigns.draft(input);
    return {
      plan,
      draft: {
        accountId,
        name,
        cron: cron.trim(),
        timeZone,
        origin,
        text,
        templateId,
        priority,
        missing,
        audience,
        by,
      },
    };
  }

  /** A schedule as its person would write it. */
  #input(row: ScheduleRecord): ScheduleInput & { readonly by: string } {
    const { groups, numbers } = planOf(row.audience);
    const there = new Set(this.#book.groups.list(row.account_id).map((group) => group.id));
    return {
      account: this.#accountName(row.account_id),
      name: row.name,
      cron: row.cron,
      timeZone: row.time_zone,
      origin: row.origin,
      text: row.text ?? undefined,
      templateId: row.template_id ?? undefined,
      // Who is in a group that was removed gets nothing more; the others do.
      groups: groups.filter((id) => there.has(id)),
      numbers,
      priority: row.priority === 'high' ? 'high' : 'normal',
      missing: missingOf(row.missing),
      by: row.created_by,
    };
  }

  #view(row: ScheduleRecord): ScheduleView {
    const { audience, ...rest } = row;
    return {
      ...rest,
      account: this.#accountName(row.account_id),
      audience: planOf(audience),
      nextRuns: row.state === 'active' ? this.#nextRuns(row) : [],
      lastRun: this.#store.runs(row.id, Number.MAX_SAFE_INTEGER, 1)[0] ?? null,
    };
  }

  #nextRuns({ cron, time_zone: timeZone, next_at: first }: ScheduleRecord): Millis[] {
    return firstTimes(readCron(cron, timeZone), first);
  }

  #accountName(id: number): string {
    return this.#accounts.list().find((account) => account.id === id)?.name ?? '';
  }
}

function firstTimes(plan: CronPlan, first: Millis | null): Millis[] {
  const times: Millis[] = [];
  for (let at = first; at !== null && times.length < shownRuns; at = plan.next(at)) times.push(at);
  return times;
}

function changed(
  before: ScheduleInput & { readonly by: string },
  change: ScheduleChange,
): ScheduleInput & { readonly by: string } {
  // A text takes the place of a template, and the other way round.
  const { text, templateId } =
    change.text === undefined && change.templateId === undefined
      ? before
      : { text: change.text, templateId: change.templateId };
  return {
    ...before,
    name: change.name ?? before.name,
    cron: change.cron ?? before.cron,
    timeZone: change.timeZone ?? before.timeZone,
    origin: change.origin ?? before.origin,
    text,
    templateId,
    groups: change.groups ?? before.groups,
    numbers: change.numbers ?? before.numbers,
    priority: change.priority ?? before.priority,
    missing: change.missing ?? before.missing,
    invalid: change.invalid,
  };
}

export function missingOf(text: string): MissingValues {
  return text === 'blank' ? 'blank' : 'skip';
}
