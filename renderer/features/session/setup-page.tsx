import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useSetup } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { FaultLine } from '../../ui/notice.tsx';
import { SessionFrame } from './session-frame.tsx';
import classes from './session.module.css';
import { textOf, useRequired } from './form.ts';

/** Length that the box asks of a password. */
const passwordLength = 10;

/** Creates the first administrator of a new box, who proves with the code that the console is theirs. */
export function SetupPage() {
  const t = useText();
  const setup = useSetup();
  // The desktop app knows the code and puts it behind the address.
  const [codeInAddress] = useState(() => /^#setup=([A-Z2-9-]{1,32})$/u.exec(window.location.hash)?.[1] ?? '');
  const { faultOf, check } = useRequired({ code: 1, user: 1, password: passwordLength });

  async function create(form: FormData): Promise<void> {
    try {
      await setup.mutateAsync({
        code: textOf(form, 'code').trim(),
        user: textOf(form, 'user').trim(),
        password: textOf(form, 'password'),
      });
    } catch {
      // The form itself shows what went wrong.
      return;
    }
    navigate(pathTo('welcome'), { replace: true });
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (check(form)) void create(form);
  }

  return (
    <SessionFrame title={t('setup.title')} text={t('setup.text')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          name="code"
          label={t('setup.code')}
          description={t('setup.codeHint')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={codeInAddress}
          autoFocus={codeInAddress === ''}
          error={faultOf('code')}
        />
        <TextInput
          name="user"
          label={t('setup.user')}
          autoFocus={codeInAddress !== ''}
          autoComplete="username"
          spellCheck={false}
          maxLength={64}
          error={faultOf('user')}
        />
        <PasswordInput
          name="password"
          label={t('setup.password')}
          description={t('setup.passwordHint')}
          autoComplete="new-password"
          maxLength={256}
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          error={faultOf('password')}
        />
        {setup.isError && <FaultLine error={setup.error} />}
        <Button type="submit" fullWidth loading={setup.isPending}>
          {t('setup.submit')}
        </Button>
      </form>
    </SessionFrame>
  );
}
