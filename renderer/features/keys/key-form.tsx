import { Button, Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { KeyItem } from '../../../server/contract/admin-shapes.ts';
import { keyScopes } from '../../../server/contract/admin-shapes.ts';
import { useAct } from '../../api/ask.ts';
import { isApiError } from '../../api/api-error.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountField, useAccounts } from '../../layout/account-field.tsx';
import { navigate } from '../../router/history.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useForm } from '../../ui/use-form.ts';
import { NewKey } from './new-key.tsx';

const blank = {
  name: '',
  account: '',
  all: true,
  scopes: [] as readonly KeyItem['scopes'][number][],
  ips: '',
  rpm: '',
  expires: '',
};

/** Makes a key, then shows it, this once. */
export function KeyForm({ closed }: { readonly closed: string }) {
  const t = useText();
  const { first } = useAccounts();
  const form = useForm(blank);
  const create = useAct('keyCreate', ['keys']);
  const [made, setMade] = useState<{ key: string; account: string } | null>(null);
  const { values } = form;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const ips = values.ips.split(/[\s,;]+/u).filter((ip) => ip !== '');
    const rpm = values.rpm.trim() === '' ? null : Number(values.rpm);
    const good = form.check({
      name: values.name.trim() === '' ? t('field.required') : null,
      scopes: values.all || values.scopes.length > 0 ? null : t('keys.scopesFault'),
      rpm: rpm === null || (Number.isInteger(rpm) && rpm > 0) ? null : t('field.wholeNumber'),
    });
    if (!good) return;
    create.mutate(
      {
        body: {
          name: values.name.trim(),
          scopes: values.all ? 'all' : [...values.scopes],
          ips,
          rpm,
          // Through the end of the day that was chosen, by the clock of this device.
          expiresAt: values.expires === '' ? null : new Date(`${values.expires}T23:59:59.999`).toISOString(),
          account: values.account || first,
        },
      },
      {
        onSuccess: (answer) => setMade({ key: answer.key, account: answer.account }),
        onError: (error) => isApiError(error) && form.blame(error),
      },
    );
  }

  if (made !== null) return <NewKey apiKey={made.key} account={made.account} closed={closed} />;
  return (
    <SidePanel label={t('keys.add')} head={<h2>{t('keys.add')}</h2>} closed={closed}>
      <LeaveGuard when={form.dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          <TextInput
            label={t('keys.name')}
            description={t('keys.nameHint')}
            maxLength={64}
            autoFocus
            {...form.field('name')}
          />
          <AccountField value={values.account || first} onChange={(account) => form.set('account', account)} />
          <Scopes form={form} />
          <Textarea
            label={t('keys.ips')}
            description={t('keys.ipsHint')}
            placeholder={'192.168.1.20\n10.0.0.0/8'}
            autosize
            minRows={2}
            spellCheck={false}
            {...form.field('ips')}
          />
          <TextInput
            label={t('keys.rpm')}
            description={t('keys.rpmHint')}
            inputMode="numeric"
            maxLength={7}
            {...form.field('rpm')}
          />
          <TextInput
            label={t('keys.expires')}
            description={t('keys.expiresHint')}
            type="date"
            {...form.field('expires')}
          />
          {create.isError && <FaultLine error={create.error} />}
          <Actions>
            <Button variant="default" onClick={() => navigate(closed)}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('keys.create')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </SidePanel>
  );
}

function Scopes({ form }: { readonly form: ReturnType<typeof useForm<typeof blank>> }) {
  const t = useText();
  const { values } = form;
  return (
    <Radio.Group
      label={t('keys.scopes')}
      value={values.all ? 'all' : 'some'}
      onChange={(value) => form.set('all', value === 'all')}
      error={form.faults['scopes']}
    >
      <Fields>
        <Radio value="all" label={t('keys.scopesAll')} />
        <Radio value="some" label={t('keys.scopesSome')} />
        {!values.all &&
          keyScopes.map((scope) => (
            <Checkbox
              key={scope}
              label={t(`keys.scope.${scope}`)}
              description={scope}
              ml={28}
              checked={values.scopes.includes(scope)}
              onChange={(event) =>
                form.set(
                  'scopes',
                  event.currentTarget.checked
                    ? [...values.scopes, scope]
                    : values.scopes.filter((other) => other !== scope),
                )
              }
            />
          ))}
      </Fields>
    </Radio.Group>
  );
}
