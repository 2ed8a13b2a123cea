import { Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/language-context.tsx';
import { Fields } from '../../ui/page.tsx';
import classes from './carriers.module.css';
import type { FieldSpec } from './field-specs.ts';
import type { FieldFaults, FieldValues } from './field-values.ts';

interface SpecFieldsProps {
  readonly specs: readonly FieldSpec[];
  readonly values: FieldValues;
  readonly faults: Readonly<FieldFaults>;
  readonly onChange: (name: string, value: string | boolean) => void;
  /** Secrets that the box has already. */
  readonly kept?: readonly string[];
}

/** The fields of a configuration; those that few need are behind a fold. */
export function SpecFields(props: SpecFieldsProps) {
  const t = useText();
  const { specs, faults } = props;
  const shown = specs.filter(({ part }) => part === 'main');
  const folded = specs.filter(({ part }) => part === 'more');
  const [isOpen, setOpen] = useState(false);
  const isWrong = folded.some(({ name }) => faults[name] !== undefined);
  return (
    <>
      {shown.map((spec) => (
        <SpecField key={spec.name} spec={spec} {...props} />
      ))}
      {folded.length > 0 && (
        <details
          className={classes.more}
          open={isOpen || isWrong}
          onToggle={(event) => setOpen(event.currentTarget.open)}
        >
          <summary>{t('carriers.more')}</summary>
          <Fields>
            {folded.map((spec) => (
              <SpecField key={spec.name} spec={spec} {...props} />
            ))}
          </Fields>
        </details>
      )}
    </>
  );
}

const plain = { spellCheck: false, autoCapitalize: 'none', autoComplete: 'off' } as const;

function SpecField({ spec, values, faults, onChange, kept = [] }: SpecFieldsProps & { readonly spec: FieldSpec }) {
  const t = useText();
  const { name, form, usual, placeholder = '' } = spec;
  const value = values[name] ?? usual;
  const label = t(`carriers.field.${name}`);
  const isKept = form === 'secret' && kept.includes(name);
  const hint = isKept ? t('carriers.kept') : t.known(`carriers.hint.${name}`);
  const texts = { label, name, ...(hint === null ? {} : { description: hint }), error: faults[name] ?? null };
  if (form === 'flag') {
    return (
      <Checkbox {...texts} checked={value === true} onChange={(event) => onChange(name, event.currentTarget.checked)} />
    );
  }
  const typed = {
    ...texts,
    value: String(value),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange(name, event.currentTarget.value),
  };
  switch (form) {
    case 'choice':
      return (
        <NativeSelect
          {...typed}
          data={(spec.options ?? []).map((option) => ({
            value: option,
            label: t.known(`carriers.option.${name}.${option}`) ?? option,
          }))}
        />
      );
    case 'secret':
      return (
        <>
          <PasswordInput
            {...typed}
            value={value === false ? '' : typed.value}
            disabled={value === false}
            autoComplete="off"
            placeholder={isKept && value !== false ? '••••••••' : ''}
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          />
          {isKept && spec.clears === true && (
            <Checkbox
              label={t('carriers.takeAway', { name: label })}
              checked={value === false}
              onChange={(event) => onChange(name, event.currentTarget.checked ? false : '')}
            />
          )}
        </>
      );
    case 'long':
    case 'json':
      return (
        <Textarea
          {...typed}
          {...plain}
          autosize
          minRows={4}
          maxRows={16}
          placeholder={placeholder}
          className={classes.code ?? ''}
        />
      );
    case 'number':
      return <TextInput {...typed} {...plain} inputMode="numeric" maxLength={8} placeholder={placeholder} />;
    case 'text':
      return <TextInput {...typed} {...plain} maxLength={512} placeholder={placeholder} />;
    default:
      return form satisfies never;
  }
}
