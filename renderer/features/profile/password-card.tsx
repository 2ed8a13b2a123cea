import { Button, PasswordInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Card, Fields } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';

/** Changes the own password; all other sessions end. */
export function PasswordCard({ user }: { readonly user: string }) {
  const t = useText();
  const say = useToast();
  const form = useForm({ current: '', wanted: '' });
  const change = useAct('profilePassword', ['profileSessions']);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const { current, wanted } = form.values;
    const good = form.check({
      current: current === '' ? t('field.required') : null,
      wanted: wanted.length < 10 ? t('field.passwordShort') : null,
    });
    if (!good) return;
    change.mutate(
      { body: { current, password: wanted } },
      {
        onSuccess: () => {
          form.reset();
          say(t('profile.passwordChanged'));
        },
      },
    );
  }
  return (
    <Card title={t('profile.password')} text={t('profile.passwordText')}>
      <LeaveGuard when={form.dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          {/* For the browser's own keeper of passwords. */}
          <input type="text" name="username" autoComplete="username" value={user} readOnly hidden />
          <PasswordInput
            label={t('profile.current')}
            maxLength={256}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
            {...form.field('current')}
          />
          <PasswordInput
            label={t('profile.new')}
            description={t('setup.passwordHint')}
            maxLength={256}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
            {...form.field('wanted')}
          />
          {change.isError && <FaultLine error={change.error} />}
          <Actions>
            <Button type="submit" loading={change.isPending} disabled={!form.dirty}>
              {t('profile.change')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </Card>
  );
}
