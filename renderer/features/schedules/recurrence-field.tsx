import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useLanguage } from '../../i18n/language-context.tsx';
import { recurrenceKinds } from './recurrence.ts';
import type { Recurrence } from './recurrence.ts';
import { weekdayName, weekOrder } from './recurrence-words.ts';
import classes from './schedules.module.css';

interface RecurrenceFieldProps {
  readonly value: Recurrence;
  readonly onChange: (changes: Partial<Recurrence>) => void;
}

/** How often, in plain words; who knows cron may write an expression. */
export function RecurrenceField({ value, onChange }: RecurrenceFieldProps) {
  const { language, t } = useLanguage();
  const { kind } = value;
  return (
    <div className={classes.recurrence}>
      <NativeSelect
        label={t('schedules.repeat')}
        value={kind}
        data={recurrenceKinds.map((name) => ({ value: name, label: t(`schedules.kind.${name}`) }))}
        onChange={(event) => {
          const chosen = recurrenceKinds.find((name) => name === event.currentTarget.value);
          if (chosen !== undefined) onChange({ kind: chosen });
        }}
      />
      {kind === 'monthly' && (
        <NativeSelect
          label={t('schedules.day')}
          value={value.day}
          data={[
            ...Array.from({ length: 31 }, (_, n) => ({ value: String(n + 1), label: String(n + 1) })),
            { value: 'L', label: t('schedules.dayLast') },
          ]}
          onChange={(event) => onChange({ day: event.currentTarget.value })}
        />
      )}
      {kind === 'hourly' && (
        <NativeSelect
          label={t('schedules.minute')}
          value={value.time.slice(3)}
          data={minutesWith(value.time.slice(3))}
          onChange={(event) => onChange({ time: `${value.time.slice(0, 2)}:${event.currentTarget.value}` })}
        />
      )}
      {(kind === 'daily' || kind === 'weekly' || kind === 'monthly') && (
        <TextInput
          type="time"
          label={t('schedules.time')}
          required
          withAsterisk={false}
          value={value.time}
          onChange={(event) => onChange({ time: event.currentTarget.value })}
        />
      )}
      {kind === 'cron' && (
        <TextInput
          label={t('schedules.cron')}
          description={t('schedules.cronHint')}
          maxLength={100}
          spellCheck={false}
          autoCapitalize="none"
          value={value.cron}
          onChange={(event) => onChange({ cron: event.currentTarget.value })}
        />
      )}
      {kind === 'weekly' && (
        <fieldset className={classes.days}>
          <legend>{t('schedules.days')}</legend>
          {weekOrder(language).map((day) => (
            <Checkbox
              key={day}
              label={weekdayName(day, language, 'short')}
              aria-label={weekdayName(day, language, 'long')}
              checked={value.days.includes(day)}
              onChange={(event) =>
                onChange({
                  days: event.currentTarget.checked
                    ? [...value.days, day]
                    : value.days.filter((other) => other !== day),
                })
              }
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** Quarters of an hour and what is chosen besides. */
function minutesWith(chosen: string): string[] {
  return [...new Set(['00', '15', '30', '45', chosen])].toSorted();
}
