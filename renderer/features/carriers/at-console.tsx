import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Section } from '../../ui/side-panel.tsx';
import classes from './carriers.module.css';

interface Entry {
  readonly key: number;
  readonly line: string;
  readonly said: readonly string[];
}

const mostEntries = 50;

/** Lines for a modem as they are, and what it said; arrow keys bring earlier lines back. */
export function AtConsole({ id }: { readonly id: number }) {
  const t = useText();
  const tell = useAct('carrierOperate', ['carriers', 'carrier']);
  const [line, setLine] = useState('');
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  /** How far back in the history the line comes from; 0 is a new one. */
  const [back, setBack] = useState(0);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const told = line.trim();
    if (told === '') return;
    tell.mutate(
      { params: { id }, body: { kind: 'at', line: told } },
      {
        onSuccess: ({ lines, text }) => {
          const said = lines.length === 0 ? [text] : lines;
          setEntries((now) => [...now, { key: (now.at(-1)?.key ?? 0) + 1, line: told, said }].slice(-mostEntries));
          setLine('');
          setBack(0);
        },
      },
    );
  }
  function recall(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = Math.min(entries.length, Math.max(0, back + step));
    setBack(next);
    setLine(next === 0 ? '' : (entries.at(-next)?.line ?? ''));
  }
  return (
    <Section title={t('carriers.console')}>
      <Hint tone="orange">{t('carriers.consoleText')}</Hint>
      {entries.length > 0 && (
        <pre className={classes.console} tabIndex={0} aria-live="polite" aria-label={t('carriers.consoleLog')}>
          {entries.map((entry) => `> ${entry.line}\n${entry.said.join('\n')}`).join('\n\n')}
        </pre>
      )}
      <form className={classes.ask} onSubmit={submit}>
        <TextInput
          label={t('carriers.consoleLine')}
          placeholder="AT+CSQ"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={256}
          value={line}
          onChange={(event) => setLine(event.currentTarget.value)}
          onKeyDown={recall}
        />
        <Button type="submit" variant="default" loading={tell.isPending}>
          {t('carriers.consoleSend')}
        </Button>
      </form>
      {tell.isError && <FaultLine error={tell.error} />}
    </Section>
  );
}
