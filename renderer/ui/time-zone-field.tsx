import { Autocomplete } from '@mantine/core';
import type { ReactNode } from 'react';

interface TimeZoneFieldProps {
  readonly id?: string;
  readonly label?: string;
  readonly error?: ReactNode;
  readonly text: string;
  readonly disabled?: boolean;
  readonly onChange: (text: string) => void;
}

/** As many names as can be looked over. */
const mostShown = 60;

/** A time zone by its name; what is typed narrows the names that are offered. */
export function TimeZoneField({ text, disabled = false, onChange, ...rest }: TimeZoneFieldProps) {
  return (
    <Autocomplete
      {...rest}
      disabled={disabled}
      value={text}
      data={Intl.supportedValuesOf('timeZone')}
      limit={mostShown}
      maxDropdownHeight={240}
      spellCheck={false}
      onChange={onChange}
    />
  );
}
