import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ClipboardEvent } from 'react';
import type { ImportItem } from '../../server/contract/admin-imports.ts';
import { upload } from '../api/call.ts';
import { useText } from '../i18n/language-context.tsx';
import { Icon } from '../ui/icon.tsx';
import { FaultLine } from '../ui/notice.tsx';
import { mostTyped } from './draft.ts';
import type { Draft } from './draft.ts';
import { FileCard } from './file-card.tsx';
import { GroupField } from './group-field.tsx';
import { parseNumbers } from './numbers.ts';
import classes from './writing.module.css';

interface AudienceFieldProps {
  readonly draft: Draft;
  readonly onChange: (changes: Partial<Draft>) => void;
  /** A schedule goes to groups and numbers; a file is of one moment. */
  readonly files?: boolean;
}

/** Who gets it: numbers that are typed or pasted, groups of contacts, or the rows of a file. */
export function AudienceField({ draft, onChange, files = true }: AudienceFieldProps) {
  const read = useFile(draft.account, (file) => onChange({ file, numbers: '', groups: [] }));
  const { file, groups } = draft;
  const count = parseNumbers(draft.numbers).length;

  function write(numbers: string): void {
    onChange({ numbers });
    const list = parseNumbers(numbers);
    // More than a form should hold: the box reads them as it reads a file.
    if (files && list.length > mostTyped && groups.length === 0 && !read.isPending) {
      read.mutate(new File([`${list.join('\n')}\n`], 'numbers.csv'));
    }
  }

  if (file !== null) {
    return (
      <FileCard
        file={file}
        picker={<FilePicker busy={read.isPending} again onFile={(chosen) => read.mutate(chosen)} />}
        onChange={(changed) => onChange({ file: changed })}
      />
    );
  }
  return (
    <div className={classes.fields}>
      <NumbersField value={draft.numbers} count={count} onChange={write}>
        {files && <FilePicker busy={read.isPending} onFile={(chosen) => read.mutate(chosen)} />}
      </NumbersField>
      {read.isError && <FaultLine error={read.error} />}
      {count > mostTyped && <TooMany />}
      <GroupField account={draft.account} chosen={groups} onChange={(chosen) => onChange({ groups: chosen })} />
    </div>
  );
}

function TooMany() {
  const t = useText();
  return (
    <p role="alert" className={classes.fault}>
      {t('writing.tooMany', { count: mostTyped })}
    </p>
  );
}

interface NumbersFieldProps {
  readonly value: string;
  readonly count: number;
  readonly onChange: (numbers: string) => void;
  readonly children: React.ReactNode;
}

function NumbersField({ value, count, onChange, children }: NumbersFieldProps) {
  const t = useText();
  return (
    <div className={classes.group}>
      <Textarea
        label={t('compose.to')}
        description={t('compose.toHint')}
        placeholder={'0812345678\n0898765432'}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        inputMode="tel"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onPaste={(event) => pasteLong(event, onChange)}
      />
      <div className={classes.under}>
        <span>{t('compose.count', { count })}</span>
        {children}
      </div>
    </div>
  );
}

/** Characters from which on a pasted list is put in here: browsers take minutes for thousands of lines. */
const longPaste = 5_000;

function pasteLong(event: ClipboardEvent<HTMLTextAreaElement>, onChange: (numbers: string) => void): void {
  const text = event.clipboardData.getData('text');
  if (text.length < longPaste) return;
  event.preventDefault();
  const { value, selectionStart, selectionEnd } = event.currentTarget;
  onChange(`${value.slice(0, selectionStart)}${text}${value.slice(selectionEnd)}`);
}

interface FilePickerProps {
  readonly busy: boolean;
  /** There is one already. */
  readonly again?: boolean;
  readonly onFile: (file: File) => void;
}

function FilePicker({ busy, again = false, onFile }: FilePickerProps) {
  const t = useText();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".csv,.txt,.tsv,.xlsx"
        aria-label={t('writing.file.load')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          event.currentTarget.value = '';
        }}
      />
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Icon name="file" size={14} />}
        loading={busy}
        onClick={() => picker.current?.click()}
      >
        {again ? t('writing.file.other') : t('writing.file.load')}
      </Button>
    </>
  );
}

/** Has the box read a file of numbers. */
function useFile(account: string, onRead: (file: ImportItem) => void) {
  return useMutation({
    mutationFn: (file: File) =>
      upload(
        'importUpload',
        { query: { fileName: file.name, purpose: 'sending', ...(account === '' ? {} : { account }) } },
        file,
      ),
    onSuccess: onRead,
  });
}
