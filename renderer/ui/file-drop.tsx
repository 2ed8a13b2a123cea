import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useText } from '../i18n/language-context.tsx';
import classes from './file-drop.module.css';
import { Icon } from './icon.tsx';

interface FileDropProps {
  /** What kinds of file the browser offers, such as `.csv,.xlsx`. */
  readonly accept: string;
  /** What the button says. */
  readonly label: string;
  /** What kinds of file, and how large, in words. */
  readonly hint: string;
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}

/** Takes a file: dropped, or chosen with a button. */
export function FileDrop({ accept, label, hint, busy, onFile }: FileDropProps) {
  const t = useText();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div
      className={classes.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined && !busy) onFile(file);
      }}
    >
      <Icon name="file" size={24} />
      <p>{t('file.drop')}</p>
      <input
        ref={picker}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          event.currentTarget.value = '';
        }}
      />
      <Button loading={busy} onClick={() => picker.current?.click()}>
        {label}
      </Button>
      <p className={classes.hint}>{hint}</p>
    </div>
  );
}
