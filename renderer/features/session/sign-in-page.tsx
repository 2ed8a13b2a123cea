import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { isApiError } from '../../api/api-error.ts';
import { useSignIn } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { SessionFrame } from './session-frame.tsx';
import classes from './session.module.css';
import { textOf, useRequired } from './form.ts';

const codeErrors: ReadonlySet<string> = new Set(['auth.code_required', 'auth.wrong_code']);

/** Asks for name and password, and for the code of who has turned that on. */
export function SignInPage() {
  const t = useText();
  const signIn = useSignIn();
  const { faultOf, check } = useRequired({ user: 1, password: 1 });

  /** Once the box has asked for a code, the field stays until the right one is in it. */
  const asksForCode = signIn.isError && isApiError(signIn.error) && codeErrors.has(signIn.error.code);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (!check(form)) return;
    const code = textOf(form, 'code').trim();
    const who = { user: textOf(form, 'user').trim(), password: textOf(form, 'password') };
    signIn.mutate(code === '' ? who : { ...who, code });
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
        {asksForCode && (
          <TextInput name="code" label={t('signIn.code')} autoComplete="one-time-code" inputMode="numeric" autoFocus />
        )}
        {signIn.isError && <FaultLine error={signIn.error} />}
        <Button type="submit" fullWidth loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </form>
    </SessionFrame>
  );
}
