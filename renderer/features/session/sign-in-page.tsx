import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useSignIn } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { SessionFrame } from './session-frame.tsx';
import classes from './session.module.css';
import { textOf, useRequired } from './form.ts';

/** Asks for name and password. */
export function SignInPage() {
  const t = useText();
  const signIn = useSignIn();
  const { faultOf, check } = useRequired({ user: 1, password: 1 });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (!check(form)) return;
    signIn.mutate({ user: textOf(form, 'user').trim(), password: textOf(form, 'password') });
  }

  return (
    <SessionFrame title={t('signIn.title')} text={t('signIn.frame')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          name="user"
          label={t('signIn.user')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          error={faultOf('user')}
        />
        <PasswordInput
          name="password"
          label={t('signIn.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          error={faultOf('password')}
        />
        {signIn.isError && <FaultLine error={signIn.error} />}
        <Button type="submit" fullWidth loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </form>
    </SessionFrame>
  );
}
