import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useAct, useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useAccountChoice } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { stateOfMessage } from '../../ui/states.ts';
import classes from './carriers.module.css';

const lookAgain = 2_000;

/** Sends the box's own test text by one carrier to a phone at hand, and follows it. */
export function TestMessage({ id }: { readonly id: number }) {
  const t = useText();
  const account = useAccountChoice();
  const [to, setTo] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const test = useAct('carrierTest', ['messages', 'accounts', 'carriers']);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (to.replaceAll(/\D/gu, '').length < 9) {
      setFault(t('carriers.testFault'));
      return;
    }
    test.mutate({ params: { id }, body: { to, ...(account === null ? {} : { account }) } });
  }
  return (
    <form onSubmit={submit} noValidate>
      <Fields>
        <div className={classes.ask}>
          <TextInput
            label={t('carriers.testTo')}
            placeholder="0812345678"
            inputMode="tel"
            autoComplete="tel"
            maxLength={24}
            value={to}
            error={fault}
            onChange={(event) => {
              setTo(event.currentTarget.value);
              setFault(null);
            }}
          />
          <Button type="submit" loading={test.isPending}>
            {t('carriers.testSend')}
          </Button>
        </div>
        {test.isError && <FaultLine error={test.error} />}
        {test.data !== undefined && test.data.blockedCount > 0 && (
          <Hint tone="orange">{t('carriers.testBlocked')}</Hint>
        )}
        {test.data?.uuid !== undefined && test.data.blockedCount === 0 && <Sent uuid={test.data.uuid} />}
      </Fields>
    </form>
  );
}

/** How far the message has come. */
function Sent({ uuid }: { readonly uuid: string }) {
  const t = useText();
  const message = useAsk('message', { params: { uuid } }, { every: lookAgain });
  return (
    <div className={classes.sent} role="status">
      {message.data !== undefined && <StateBadge state={stateOfMessage(message.data)} />}
      <Link to={pathTo('messages', uuid)}>{t('carriers.testSeen')}</Link>
    </div>
  );
}
