import { Button, TextInput } from '@mantine/core';
import { useText } from '../../i18n/language-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import classes from './contacts.module.css';

export interface ValueRow {
  readonly name: string;
  readonly value: string;
}

const nameForm = /^[\p{L}_][\p{L}\p{M}\p{Nd}_]{0,63}$/u;
const most = 50;

export function rowsOf(fields: Readonly<Record<string, string>>): readonly ValueRow[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value }));
}

/** The values by name; a row without a name and a value is none. */
export function fieldsOf(rows: readonly ValueRow[]): Record<string, string> {
  return Object.fromEntries(written(rows).map(({ name, value }) => [plain(name), value.trim()]));
}

/** What is wrong with the names, in words; null when nothing is. */
export function fieldsFault(rows: readonly ValueRow[], t: ReturnType<typeof useText>): string | null {
  const names = written(rows).map(({ name }) => plain(name));
  if (!names.every((name) => nameForm.test(name))) return t('contacts.fieldFault');
  return new Set(names).size < names.length ? t('contacts.fieldTwice') : null;
}

function written(rows: readonly ValueRow[]): readonly ValueRow[] {
  return rows.filter(({ name, value }) => name.trim() !== '' || value.trim() !== '');
}

/** Names are written as in a text by those who think of the text. */
function plain(name: string): string {
  return name.trim().replace(/^\{(.*)\}$/u, '$1');
}

interface ValueFieldsProps {
  readonly rows: readonly ValueRow[];
  readonly fault: string | undefined;
  readonly onChange: (rows: readonly ValueRow[]) => void;
}

/** Values that templates can use, each under a name. */
export function ValueFields({ rows, fault, onChange }: ValueFieldsProps) {
  const t = useText();
  const set = (at: number, change: Partial<ValueRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  return (
    <fieldset className={classes.values}>
      <legend>{t('contacts.fields')}</legend>
      <p className={classes.quiet}>{t('contacts.fieldsHint')}</p>
      {rows.map((row, at) => (
        <div key={at} className={classes.value}>
          <TextInput
            size="sm"
            aria-label={t('contacts.fieldName')}
            placeholder={t('contacts.fieldName')}
            maxLength={66}
            value={row.name}
            onChange={(event) => set(at, { name: event.currentTarget.value })}
          />
          <TextInput
            size="sm"
            aria-label={t('contacts.fieldValue')}
            placeholder={t('contacts.fieldValue')}
            maxLength={500}
            value={row.value}
            onChange={(event) => set(at, { value: event.currentTarget.value })}
          />
          <IconButton
            icon="trash"
            label={`${t('contacts.fieldRemove')}: ${row.name}`}
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {fault !== undefined && (
        <p role="alert" className={classes.fault}>
          {fault}
        </p>
      )}
      {rows.length < most && (
        <div>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => onChange([...rows, { name: '', value: '' }])}
          >
            {t('contacts.fieldAdd')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
