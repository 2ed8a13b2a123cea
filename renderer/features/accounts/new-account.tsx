import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';

/** A new account: a name is all it needs. */
export function NewAccount({ closed }: { readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const form = useForm({ name: '' });
  const create = useAct('accountCreate', ['accounts']);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const name = form.values.name.trim();
    if (!form.check({ name: name === '' ? t('field.required') : null })) return;
    create.mutate(
      { body: { name } },
      {
        onSuccess: (account) => {
          say(t('accounts.created', { name: account.name }));
          navigate(pathTo('accounts', account.name), { force: true });
        },
      },
    );
  }
  return (
    <SidePanel label={t('accounts.add')} head={<h2>{t('accounts.add')}</h2>} closed={closed}>
      <LeaveGuard when={form.dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          <TextInput
            label={t('accounts.name')}
            description={t('accounts.nameHint')}
            maxLength={64}
            autoFocus
            {...form.field('name')}
          />
          {create.isError && <FaultLine error={create.error} />}
          <Actions>
            <Button variant="default" onClick={() => navigate(closed)}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('accounts.create')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </SidePanel>
  );
}
