import { TextInput } from '@mantine/core';
import { useText } from '../../i18n/language-context.tsx';

interface CarrierNameProps {
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (name: string) => void;
}

/** What a new carrier is called; the box finds a name where none is given. */
export function CarrierName({ value, fault, onChange }: CarrierNameProps) {
  const t = useText();
  return (
    <TextInput
      label={t('carriers.name')}
      description={t('carriers.nameHint')}
      maxLength={64}
      autoComplete="off"
      value={value}
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
