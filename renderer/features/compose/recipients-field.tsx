import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import classes from './compose.module.css';
import { decodeTable, parseCsv } from './csv.ts';
import { parseNumbers, tableOf } from './recipients.ts';
import type { NumberTable } from './recipients.ts';

interface RecipientsFieldProps {
  readonly numbers: string;
  readonly table: NumberTable | null;
  readonly onNumbers: (text: string) => void;
  readonly onTable: (table: NumberTable | null) => void;
}

/** The largest file that is read: more numbers than one message may have. */
const mostBytes = 20_000_000;

/** Who gets the message: numbers that are typed or pasted, or a table with a column of them. */
export function RecipientsField({ numbers, table, onNumbers, onTable }: RecipientsFieldProps) {
  const { language, t } = useLanguage();
  const picker = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);

  async function read(file: File): Promise<void> {
    if (file.size > mostBytes) return setFault(t('compose.table.large'));
    const bytes = new Uint8Array(await file.arrayBuffer());
    const found = tableOf(file.name, parseCsv(decodeTable(bytes, language)));
    setFault(found === null ? t('compose.table.none') : null);
    if (found !== null) onTable(found);
  }

  return (
    <div className={classes.group}>
      {table === null ? (
        <Textarea
          label={t('compose.to')}
          description={t('compose.toHint')}
          placeholder={'0812345678\n0898765432'}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          inputMode="tel"
          value={numbers}
          onChange={(event) => onNumbers(event.currentTarget.value)}
        />
      ) : (
        <TableCard table={table} onTable={onTable} />
      )}
      {fault !== null && (
        <p role="alert" className={classes.fault}>
          {fault}
        </p>
      )}
      <div className={classes.under}>
        <span>{table === null && t('compose.count', { count: parseNumbers(numbers).length })}</span>
        <input
          ref={picker}
          type="file"
          hidden
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          aria-label={t('compose.table.load')}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file !== undefined) void read(file);
            event.currentTarget.value = '';
          }}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="file" size={14} />}
          onClick={() => picker.current?.click()}
        >
          {table === null ? t('compose.table.load') : t('compose.table.other')}
        </Button>
      </div>
    </div>
  );
}

function TableCard({
  table,
  onTable,
}: {
  readonly table: NumberTable;
  readonly onTable: (table: NumberTable | null) => void;
}) {
  const { t } = useLanguage();
  return (
    <div className={classes.table} role="group" aria-label={t('compose.to')}>
      <p>
        <Icon name="file" />
        <b>{table.file}</b>
        <span>{t('compose.table.rows', { count: table.rows.length })}</span>
      </p>
      <NativeSelect
        label={t('compose.table.numbers')}
        size="sm"
        data={table.names.map((name, column) => ({ value: String(column), label: name }))}
        value={String(table.numberAt)}
        onChange={(event) => onTable({ ...table, numberAt: Number(event.currentTarget.value) })}
      />
      <Button variant="default" size="xs" onClick={() => onTable(null)}>
        {t('compose.table.remove')}
      </Button>
    </div>
  );
}
