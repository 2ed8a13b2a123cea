import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { useForm } from '../../ui/use-form.ts';
import classes from './welcome.module.css';

const nameForm = /^[A-Za-z0-9._-](?:[A-Za-z0-9 ._-]{0,9}[A-Za-z0-9._-])?$/u;

interface SenderStepProps {
  readonly account: string;
  /** A name that is approved; null while there is none. */
  readonly sender: string | null;
}

/** The name that messages are sent under. */
export function SenderStep({ account, sender }: SenderStepProps) {
  const t = useText();
  const form = useForm({ name: '' });
  const approve = useAct('senderApprove', ['senders']);
  if (sender !== null) {
    return (
      <p className={classes.row}>
        <b>{sender}</b>
      </p>
    );
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    const name = form.values.name.trim();
    if (!form.check({ name: nameForm.test(name) ? null : t('senders.nameFault') })) return;
    approve.mutate({ body: { name, account } });
  }
  return (
    <form onSubmit={submit} noValidate>
      <Fields>
        <TextInput
          label={t('senders.name')}
          description={t('senders.nameFault')}
          maxLength={11}
          spellCheck={false}
          {...form.field('name')}
        />
        {approve.isError && <FaultLine error={approve.error} />}
        <div>
          <Button type="submit" loading={approve.isPending}>
            {t('welcome.useName')}
          </Button>
        </div>
      </Fields>
    </form>
  );
}
