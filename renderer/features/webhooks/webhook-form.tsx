import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { webhookEvents } from '../../../server/contract/webhook-shapes.ts';
import type { EndpointItem } from '../../../server/contract/webhook-shapes.ts';
import { isApiError } from '../../api/api-error.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountField, useAccounts } from '../../layout/account-field.tsx';
import { navigate } from '../../router/history.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useForm } from '../../ui/use-form.ts';
import { NewSecret } from './new-secret.tsx';

const blank = {
  url: '',
  account: '',
  all: true,
  events: [] as readonly EndpointItem['events'][number][],
  allowHost: false,
};

/** Registers an address, then shows the secret that signs what is posted to it. */
export function WebhookForm({ closed }: { readonly closed: string }) {
  const t = useText();
  const { first } = useAccounts();
  const form = useForm(blank);
  const add = useAct('webhookAdd', ['webhooks']);
  const [secret, setSecret] = useState<string | null>(null);
  const { values } = form;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const good = form.check({
      url: /^https?:\/\/\S+$/u.test(values.url.trim()) ? null : t('webhooks.urlFault'),
      events: values.all || values.events.length > 0 ? null : t('webhooks.eventsFault'),
    });
    if (!good) return;
    add.mutate(
      {
        body: {
          url: values.url.trim(),
          events: values.all ? 'all' : [...values.events],
          allowHost: values.allowHost,
          account: values.account || first,
        },
      },
      {
        onSuccess: (answer) => setSecret(answer.secret),
        onError: (error) => isApiError(error) && form.blame(error),
      },
    );
  }

  if (secret !== null) {
    return (
      <SidePanel label={t('webhooks.made')} head={<h2>{t('webhooks.made')}</h2>} closed={closed}>
        <NewSecret secret={secret} onKept={() => navigate(closed)} />
      </SidePanel>
    );
  }
  return (
    <SidePanel label={t('webhooks.add')} head={<h2>{t('webhooks.add')}</h2>} closed={closed}>
      <LeaveGuard when={form.dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          <TextInput
            label={t('webhooks.url')}
            description={t('webhooks.urlHint')}
            placeholder="https://shop.example.com/sms-events"
            type="url"
            maxLength={2000}
            autoFocus
            spellCheck={false}
            autoCapitalize="none"
            {...form.field('url')}
          />
          <AccountField value={values.account || first} onChange={(account) => form.set('account', account)} />
          <Events form={form} />
          <Checkbox
            label={t('webhooks.allowHost')}
            description={t('webhooks.allowHostHint')}
            checked={values.allowHost}
            onChange={(event) => form.set('allowHost', event.currentTarget.checked)}
          />
          {add.isError && <FaultLine error={add.error} />}
          <Actions>
            <Button variant="default" onClick={() => navigate(closed)}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('webhooks.create')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </SidePanel>
  );
}

function Events({ form }: { readonly form: ReturnType<typeof useForm<typeof blank>> }) {
  const t = useText();
  const { values } = form;
  return (
    <Radio.Group
      label={t('webhooks.events')}
      value={values.all ? 'all' : 'some'}
      onChange={(value) => form.set('all', value === 'all')}
      error={form.faults['events']}
    >
      <Fields>
        <Radio value="all" label={t('webhooks.eventsAll')} />
        <Radio value="some" label={t('webhooks.eventsSome')} />
        {!values.all &&
          webhookEvents.map((name) => (
            <Checkbox
              key={name}
              label={t(`webhooks.event.${name}`)}
              description={name}
              ml={28}
              checked={values.events.includes(name)}
              onChange={(event) =>
                form.set(
                  'events',
                  event.currentTarget.checked
                    ? [...values.events, name]
                    : values.events.filter((other) => other !== name),
                )
              }
            />
          ))}
      </Fields>
    </Radio.Group>
  );
}
