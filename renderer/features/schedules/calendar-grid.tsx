import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { CalendarEntry } from '../../../server/contract/campaign-shapes.ts';
import { dayName, hourOf } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import { daysFrom, startOf } from './calendar-days.ts';
import type { Day } from './calendar-days.ts';
import classes from './calendar.module.css';
import { weekdayName, weekOrder } from './recurrence-words.ts';
import { outcomeLooks } from './schedule-state.tsx';

interface CalendarGridProps {
  readonly sheet: readonly (readonly Day[])[];
  readonly month: string;
  readonly today: Day;
  readonly chosen: Day;
  readonly entries: ReadonlyMap<Day, readonly CalendarEntry[]>;
  readonly onChoose: (day: Day) => void;
}

/** Entries that a day has room for. */
const most = 3;
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month as a sheet of weeks; arrow keys go from day to day, also beyond the month. */
export function CalendarGrid({ sheet, month, today, chosen, entries, onChoose }: CalendarGridProps) {
  const { language, t } = useLanguage();
  const grid = useRef<HTMLTableElement>(null);

  function walk(event: KeyboardEvent): void {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = daysFrom(chosen, step);
    onChoose(next);
    // The day may be on another sheet, which is drawn first.
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus());
  }

  return (
    <table ref={grid} className={classes.grid} aria-label={t('schedules.calendar')} onKeyDown={walk}>
      <thead>
        <tr>
          {weekOrder(language).map((day) => (
            <th key={day} scope="col" abbr={weekdayName(day, language, 'long')}>
              {weekdayName(day, language, 'short')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sheet.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const found = entries.get(day) ?? [];
              const count = found.reduce((sum, entry) => sum + entry.count, 0);
              return (
                <td key={day} data-outside={!day.startsWith(month)} data-today={day === today}>
                  <button
                    type="button"
                    data-day={day}
                    tabIndex={day === chosen ? 0 : -1}
                    aria-pressed={day === chosen}
                    aria-label={`${dayName(startOf(day), language)}, ${t('schedules.slots', { count })}`}
                    onClick={() => onChoose(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                  <div className={classes.slots}>
                    {found.slice(0, most).map((entry) => (
                      <Slot key={`${entry.scheduleId} ${entry.at}`} entry={entry} />
                    ))}
                    {found.length > most && (
                      <span className={classes.rest}>{t('schedules.others', { count: found.length - most })}</span>
                    )}
                  </div>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Slot({ entry }: { readonly entry: CalendarEntry }) {
  const { language } = useLanguage();
  const { tone, icon } = outcomeLooks[entry.outcome];
  return (
    <span className={classes.slot} data-tone={tone}>
      <Icon name={icon} size={12} />
      <span>
        {entry.count > 1 ? `${entry.count}×` : hourOf(entry.at, language)} {entry.name}
      </span>
    </span>
  );
}
