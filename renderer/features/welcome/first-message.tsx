import { Button, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { askAgain, useAct, useAsk } from '../../api/ask.ts';
import { useLive } from '../../api/live-context.tsx';
import { phoneNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { useNow } from '../../ui/clock.ts';
import { waitingWords } from '../../ui/reason-words.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { stateOfMessage } from '../../ui/states.ts';
import { useForm } from '../../ui/use-form.ts';
import classes from './welcome.module.css';

interface FirstMessageProps {
  readonly sender: string;
  /** Whether the steps before are done. */
  readonly ready: boolean;
}

/** Sends a message to the reader's own phone, and shows how far it has come. */
export function FirstMessage({ sender, ready }: FirstMessageProps) {
  const { language, t } = useLanguage();
  const now = useNow();
  const client = useQueryClient();
  const messages = useAsk('messages', { query: { limit: 1 } });
  const send = useAct('send', ['messages', 'accounts']);
  const form = useForm({ number: '', text: t('welcome.sample') });
  useLive((events) => {
    if (events.some(({ type }) => type !== 'carrier')) void askAgain(client, ['messages']);
  });
  const latest = messages.data?.items[0];

  function submit(event: FormEvent): void {
    event.preventDefault();
    const { number, text } = form.values;
    const good = form.check({
      number: number.replaceAll(/\D/gu, '').length >= 9 ? null : t('welcome.numberFault'),
      text: text.trim() === '' ? t('field.required') : null,
    });
    if (good) send.mutate({ body: { to: [number], text, origin: sender } });
  }

  return (
    <>
      {latest !== undefined && (
        <div className={classes.row} role="status">
          <StateBadge state={stateOfMessage(latest)} />
          <Link to={pathTo('messages', latest.uuid)}>
            {latest.msisdn === null ? latest.refNo : phoneNumber(latest.msisdn)}
          </Link>
          {latest.waiting !== null && <span className={classes.reason}>{waitingWords(latest, now, language, t)}</span>}
        </div>
      )}
      <form onSubmit={submit} noValidate>
        <Fields>
          <TextInput
            label={t('welcome.number')}
            placeholder="0812345678"
            inputMode="tel"
            autoComplete="tel"
            maxLength={24}
            {...form.field('number')}
          />
          <Textarea label={t('compose.text')} autosize minRows={2} maxLength={1000} {...form.field('text')} />
          {send.isError && <FaultLine error={send.error} />}
          <div>
            <Button type="submit" loading={send.isPending} disabled={!ready}>
              {t('welcome.send')}
            </Button>
          </div>
        </Fields>
      </form>
      {latest !== undefined && (
        <div className={classes.row}>
          <Button component={Link} to={pathTo('keys', 'new')} variant="default">
            {t('keys.add')}
          </Button>
          <Button component={Link} to={pathTo('dashboard')} variant="default">
            {t('welcome.finish')}
          </Button>
        </div>
      )}
    </>
  );
}
