import { NativeSelect } from '@mantine/core';
import { useAsk } from '../api/ask.ts';
import { useText } from '../i18n/language-context.tsx';

interface TemplateFieldProps {
  readonly account: string;
  /** The template that is chosen, where the choice stays. */
  readonly value?: number | null;
  readonly label: string;
  readonly description?: string;
  /** What stands there while none is chosen. */
  readonly none: string;
  readonly onTemplate: (template: { readonly id: number; readonly text: string } | null) => void;
}

/** A text that was kept under a name. */
export function TemplateField({ account, value = null, onTemplate, label, description, none }: TemplateFieldProps) {
  const t = useText();
  const templates = useAsk('templates', { query: { account, purpose: 'marketing' } }, { enabled: account !== '' });
  const items = templates.data?.items ?? [];
  if (items.length === 0 && value === null) return null;
  const isGone = value !== null && templates.data !== undefined && !items.some(({ id }) => id === value);
  return (
    <NativeSelect
      label={label}
      description={description}
      value={value === null ? '' : String(value)}
      error={isGone ? t('writing.templateGone') : undefined}
      data={[
        { value: '', label: none },
        ...(isGone ? [{ value: String(value), label: '–' }] : []),
        ...items.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      onChange={(event) => {
        const id = Number(event.currentTarget.value);
        onTemplate(items.find((item) => item.id === id) ?? null);
      }}
    />
  );
}
