import { Button, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ImportItem } from '../../server/contract/admin-imports.ts';
import { call } from '../api/call.ts';
import { useText } from '../i18n/language-context.tsx';
import { Icon } from '../ui/icon.tsx';
import { FaultLine, Hint } from '../ui/notice.tsx';
import classes from './writing.module.css';

interface FileCardProps {
  readonly file: ImportItem;
  /** Chooses another one. */
  readonly picker: ReactNode;
  readonly onChange: (file: ImportItem | null) => void;
}

/** A file that the box has read: its rows, which column has the numbers, and what the others are called in the text. */
export function FileCard({ file, picker, onChange }: FileCardProps) {
  const t = useText();
  const numberAt = file.columns.findIndex(({ use }) => use === 'msisdn');
  const change = useMutation({
    mutationFn: (column: number) =>
      call('importSet', { params: { id: file.id }, body: { columns: columnsWith(file, column) } }),
    onSuccess: onChange,
  });
  return (
    <div className={classes.table} role="group" aria-label={t('compose.to')}>
      <p>
        <Icon name="file" />
        <b>{file.fileName}</b>
        <span>{t('compose.table.rows', { count: file.rows })}</span>
      </p>
      <NativeSelect
        label={t('compose.table.numbers')}
        size="sm"
        disabled={change.isPending}
        data={[
          ...(numberAt === -1 ? [{ value: '-1', label: t('writing.file.choose') }] : []),
          ...file.columns.map(({ header }, column) => ({ value: String(column), label: header })),
        ]}
        value={String(numberAt)}
        onChange={(event) => change.mutate(Number(event.currentTarget.value))}
      />
      {numberAt === -1 && <Hint tone="orange">{t('writing.file.noNumbers')}</Hint>}
      {change.isError && <FaultLine error={change.error} />}
      <div className={classes.under}>
        {picker}
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(null)}>
          {t('compose.table.remove')}
        </Button>
      </div>
    </div>
  );
}

/** The columns with the numbers in another of them; the one that had them keeps a name if it has one. */
function columnsWith(file: ImportItem, numberAt: number) {
  return file.columns.map(({ use, field }, column) => {
    if (column === numberAt) return { use: 'msisdn' as const, field: null };
    return use === 'msisdn' ? { use: 'ignore' as const, field: null } : { use, field };
  });
}
