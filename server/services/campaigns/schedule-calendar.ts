import { AppError } from '../../domain/errors.ts';
import type { Clock, Millis } from '../../domain/ports.ts';
import { localParts } from '../../domain/schedule.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { RunOutcome, ScheduleRecord, ScheduleRunRecord } from '../../store/campaign-rows.ts';
import type { ScheduleStore } from '../../store/schedule-store.ts';
import { readCron } from '../cron.ts';

/** Times of a schedule on one day: one, or many together. */
export interface CalendarEntry {
  readonly scheduleId: number;
  readonly name: string;
  readonly account: string;
  readonly at: Millis;
  /** The last of `count`. */
  readonly last: Millis;
  readonly count: number;
  readonly outcome: RunOutcome | 'coming';
  /** The campaign of one time. */
  readonly campaignId: number | null;
}

const mostDays = 70;
const dayMs = 86_400_000;
/** Entries in one answer, and slots of one schedule that are read for it. */
const mostEntries = 2_000;
const mostRuns = 2_000;
/** From so many of a day on they are told together. */
const togetherFrom = 4;

/** What passed and what is to come of all schedules, day by day. */
export class ScheduleCalendar {
  readonly #store: ScheduleStore;
  readonly #accounts: AccountStore;
  readonly #clock: Clock;

  constructor(options: { store: ScheduleStore; accounts: AccountStore; clock: Clock }) {
    this.#store = options.store;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
  }

  /**
   * Entries from one time to before another, the earliest first.
   * @throws AppError `account.not_found`, `validation.failed` for more than 70 days.
   */
  async entries(request: {
    readonly account?: string | undefined;
    readonly from: Millis;
    readonly to: Millis;
  }): Promise<{ items: CalendarEntry[]; more: boolean }> {
    const { account, from, to } = request;
    if (to <= from || to - from > mostDays * dayMs) {
      const message = `The days must be at most ${mostDays}, the first before the last.`;
      throw new AppError('validation.failed', message, { details: [{ path: 'to', message }] });
    }
    const accountId = account === undefined ? null : this.#accounts.named(account).id;
    const names = new Map(this.#accounts.list().map((each) => [each.id, each.name]));
    const items: CalendarEntry[] = [];
    for (const schedule of this.#store.list(accountId)) {
      if (items.length > mostEntries) break;
      const about = {
        scheduleId: schedule.id,
        name: schedule.name,
        account: names.get(schedule.account_id) ?? '',
      };
      items.push(...this.#past(schedule, from, to).map((times) => ({ ...about, ...times })));
      items.push(...this.#coming(schedule, from, to).map((times) => ({ ...about, ...times })));
      await nextTurn();
    }
    const sorted = items.toSorted((a, b) => a.at - b.at);
    return { items: sorted.slice(0, mostEntries), more: sorted.length > mostEntries };
  }

  #past(schedule: ScheduleRecord, from: Millis, to: Millis) {
    const byDay = Map.groupBy(this.#store.runsBetween(schedule.id, from, to, mostRuns), ({ slot, outcome }) => {
      const { month, day } = localParts(slot, schedule.time_zone);
      return `${month}-${day} ${outcome}`;
    });
    return [...byDay.values()].flatMap((runs) => (runs.length < togetherFrom ? runs.map(one) : together(runs)));
  }

  #coming({ state, cron, time_zone: timeZone, next_at: nextAt }: ScheduleRecord, from: Millis, to: Millis) {
    if (state !== 'active' || nextAt === null) return [];
    const start = Math.max(from, nextAt, this.#clock.now());
    if (start >= to) return [];
    return readCron(cron, timeZone)
      .between(start, to)
      .map((times) => ({ ...times, outcome: 'coming' as const, campaignId: null }));
  }
}

function one({ slot, outcome, campaign_id: campaignId }: ScheduleRunRecord) {
  return { at: slot, last: slot, count: 1, outcome, campaignId };
}

function together(runs: readonly ScheduleRunRecord[]) {
  const [first] = runs;
  const last = runs.at(-1);
  if (first === undefined || last === undefined) return [];
  return [{ at: first.slot, last: last.slot, count: runs.length, outcome: first.outcome, campaignId: null }];
}
