import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import classes from './filter-bar.module.css';
import { Icon } from './icon.tsx';

interface FilterBarProps {
  readonly children: ReactNode;
  readonly active: boolean;
  readonly onClear: () => void;
}

/** The filters of a list, and the way back to all of it. */
export function FilterBar({ children, active, onClear }: FilterBarProps) {
  const t = useText();
  return (
    <div className={classes.bar} role="search" aria-label={t('filter.label')}>
      {children}
      {active && (
        <button type="button" className={classes.clear} onClick={onClear}>
          {t('filter.clear')}
        </button>
      )}
    </div>
  );
}

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

/** Milliseconds of quiet after which what was typed is looked for. */
const pause = 400;

/** A text that is looked for when its writer pauses, or at once with Enter. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onSearch(text.trim()), pause);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <TextInput
      className={classes.search}
      size="sm"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSearch(text.trim());
      }}
    />
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** One of several; the first option is usually all of them. */
export function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      className={classes.choice}
      size="sm"
      aria-label={label}
      title={label}
      value={value}
      data={[...options]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}

/** A day as `2026-01-15`, chosen with the browser's own calendar. */
export function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <label className={classes.day}>
      <span>{label}</span>
      <input type="date" value={value} max="9999-12-31" onChange={(event) => onChange(event.currentTarget.value)} />
    </label>
  );
}
