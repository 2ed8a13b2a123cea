import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Section } from '../../ui/side-panel.tsx';
import classes from './carriers.module.css';

interface Turn {
  readonly key: number;
  readonly code: string;
  readonly answer: string;
  readonly ok: boolean;
}

const mostTurns = 20;

/** A talk with the network by USSD: a code, its answer, and while a menu is open the reply to it. */
export function UssdDialogue({ id }: { readonly id: number }) {
  const t = useText();
  const dial = useAct('carrierOperate', ['carriers', 'carrier']);
  const [code, setCode] = useState('');
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const isOpen = dial.data?.more === true;
  function submit(event: FormEvent): void {
    event.preventDefault();
    const asked = code.trim();
    if (asked === '') return;
    dial.mutate(
      { params: { id }, body: { kind: 'ussd', code: asked } },
      {
        onSuccess: ({ text, ok }) => {
          setTurns((now) => [...now, { key: now.length, code: asked, answer: text, ok }].slice(-mostTurns));
          setCode('');
        },
      },
    );
  }
  return (
    <Section title={t('carriers.ussd')}>
      <p className={classes.quiet}>{t('carriers.ussdText')}</p>
      {turns.length > 0 && (
        <ul className={classes.talk} aria-live="polite">
          {turns.map((turn) => (
            <li key={turn.key}>
              <code>{turn.code}</code>
              <p data-tone={turn.ok ? 'grey' : 'red'}>{turn.answer}</p>
            </li>
          ))}
        </ul>
      )}
      <form className={classes.ask} onSubmit={submit}>
        <TextInput
          label={isOpen ? t('carriers.ussdReply') : t('carriers.ussdCode')}
          placeholder={isOpen ? '1' : '*121#'}
          autoComplete="off"
          spellCheck={false}
          maxLength={182}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={dial.isPending}>
          {isOpen ? t('carriers.ussdAnswer') : t('carriers.ussdDial')}
        </Button>
      </form>
      {dial.isError && <FaultLine error={dial.error} />}
    </Section>
  );
}
