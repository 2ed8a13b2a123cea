import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { UserItem } from '../../../server/contract/admin-people.ts';
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
import { RoleField } from './role-field.tsx';

interface NewUserValues {
  readonly name: string;
  readonly password: string;
  readonly role: UserItem['role'];
}
const blank: NewUserValues = { name: '', password: '', role: 'operator' };

/** A new person, with a first password and a role. */
export function NewUser({ closed }: { readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const form = useForm(blank);
  const create = useAct('userCreate', ['users']);
  const { values } = form;
  function submit(event: FormEvent): void {
    event.preventDefault();
    const name = values.name.trim();
    const good = form.check({
      name: name === '' ? t('field.required') : null,
      password: values.password.length < 10 ? t('field.passwordShort') : null,
    });
    if (!good) return;
    create.mutate(
      { body: { name, password: values.password, role: values.role } },
      {
        onSuccess: (user) => {
          say(t('users.created', { name: user.name }));
          navigate(pathTo('users', user.name), { force: true });
        },
      },
    );
  }
  return (
    <SidePanel label={t('users.add')} head={<h2>{t('users.add')}</h2>} closed={closed}>
      <LeaveGuard when={form.dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          <TextInput
            label={t('users.name')}
            maxLength={64}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            {...form.field('name')}
          />
          <PasswordInput
            label={t('users.firstPassword')}
            description={t('setup.passwordHint')}
            maxLength={256}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
            {...form.field('password')}
          />
          <RoleField value={values.role} onChange={(role) => form.set('role', role)} />
          {create.isError && <FaultLine error={create.error} />}
          <Actions>
            <Button variant="default" onClick={() => navigate(closed)}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('users.create')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </SidePanel>
  );
}
