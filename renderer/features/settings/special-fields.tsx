import { Checkbox, TextInput } from '@mantine/core';
import { useText } from '../../i18n/language-context.tsx';
import classes from './settings.module.css';

interface SpecialFieldProps {
  readonly id: string;
  readonly text: string;
  readonly disabled: boolean;
  readonly onChange: (text: string) => void;
}

/** Hours that a shop would choose first. */
const firstHours = ['21:00', '08:00'] as const;

/** Hours of the day as `21:00-08:00`, or none. */
export function HoursField({ id, text, disabled, onChange }: SpecialFieldProps) {
  const t = useText();
  const [from = '', to = ''] = text.split('-');
  const on = text !== '';
  return (
    <div className={classes.hours}>
      <Checkbox
        id={id}
        disabled={disabled}
        checked={on}
        label={t(on ? 'settings.on' : 'settings.off')}
        onChange={(event) => onChange(event.currentTarget.checked ? firstHours.join('-') : '')}
      />
      {on && (
        <>
          <TextInput
            type="time"
            aria-label={t('settings.hoursFrom')}
            disabled={disabled}
            value={from}
            onChange={(event) => onChange(`${event.currentTarget.value}-${to}`)}
          />
          <span>–</span>
          <TextInput
            type="time"
            aria-label={t('settings.hoursTo')}
            disabled={disabled}
            value={to}
            onChange={(event) => onChange(`${from}-${event.currentTarget.value}`)}
          />
        </>
      )}
    </div>
  );
}
