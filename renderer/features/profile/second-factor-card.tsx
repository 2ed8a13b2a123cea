import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Profile } from '../../../server/contract/admin-profile.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Actions, Confirm, Dialog } from '../../ui/dialog.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Card, Fields } from '../../ui/page.tsx';
import { QrCode } from '../../ui/qr-code.tsx';

type Step = 'enrol' | 'codes' | 'remove';

/** Signing in with the codes of an authenticator app besides the password. */
export function SecondFactorCard({ profile }: { readonly profile: Profile }) {
  const t = useText();
  const [step, setStep] = useState<Step | null>(null);
  const close = () => setStep(null);
  return (
    <Card
      title={t('profile.totp')}
      text={t('profile.totpText')}
      actions={
        profile.totp ? (
          <Badge tone="green" icon="shield">
            {t('users.totpOn')}
          </Badge>
        ) : (
          <Badge tone="grey" icon="slash">
            {t('users.totpOff')}
          </Badge>
        )
      }
    >
      {profile.totp && <p>{t('profile.codesLeft', { count: profile.recoveryCodesLeft })}</p>}
      <Actions start>
        {profile.totp ? (
          <>
            <Button variant="default" onClick={() => setStep('codes')}>
              {t('profile.newCodes')}
            </Button>
            <Button variant="default" onClick={() => setStep('remove')}>
              {t('profile.totpRemove')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setStep('enrol')}>{t('profile.totpAdd')}</Button>
        )}
      </Actions>
      {step === 'enrol' && <Enrol onClose={close} />}
      {step === 'codes' && <NewCodes onClose={close} />}
      {step === 'remove' && <Remove onClose={close} />}
    </Card>
  );
}

/** Password first, then the app's secret, then a code that proves it, then the recovery codes. */
function Enrol({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const begin = useAct('totpEnrol', []);
  const confirm = useAct('totpConfirm', ['profile', 'profileSessions']);
  const [code, setCode] = useState('');
  if (confirm.data !== undefined) return <RecoveryCodes codes={confirm.data.recoveryCodes} onClose={onClose} />;
  if (begin.data === undefined) {
    return (
      <PasswordFirst
        title={t('profile.totp')}
        action={t('profile.goOn')}
        act={begin}
        onPassword={(password) => begin.mutate({ body: { password } })}
        onClose={onClose}
      />
    );
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (code.trim() !== '') confirm.mutate({ body: { code: code.trim() } });
  }
  return (
    <Dialog open title={t('profile.totp')} onClose={onClose}>
      <form onSubmit={submit}>
        <Fields>
          <p>{t('profile.totpScan')}</p>
          <QrCode label={t('profile.qr')} text={begin.data.uri} />
          <p>
            {t('profile.totpSecret')} <a href={begin.data.uri}>{t('profile.totpOpen')}</a>
          </p>
          <CodeBlock label={t('profile.secret')} code={begin.data.secret} />
          <TextInput
            label={t('signIn.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          {confirm.isError && <FaultLine error={confirm.error} />}
          <Actions>
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={confirm.isPending}>
              {t('profile.totpConfirm')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </Dialog>
  );
}

function NewCodes({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const renew = useAct('totpRecoveryCodes', ['profile']);
  if (renew.data !== undefined) return <RecoveryCodes codes={renew.data.recoveryCodes} onClose={onClose} />;
  return (
    <PasswordFirst
      title={t('profile.newCodes')}
      action={t('profile.newCodes')}
      act={renew}
      onPassword={(password) => renew.mutate({ body: { password } })}
      onClose={onClose}
    />
  );
}

function Remove({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const remove = useAct('totpRemove', ['profile']);
  return (
    <PasswordFirst
      title={t('profile.totpRemove')}
      action={t('profile.totpRemove')}
      act={remove}
      onPassword={(password) => remove.mutate({ body: { password } }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

interface PasswordFirstProps {
  readonly title: string;
  readonly action: string;
  readonly act: { readonly isPending: boolean; readonly error: Error | null };
  readonly onPassword: (password: string) => void;
  readonly onClose: () => void;
}

/** Asks for the password again: a stranger at an open page does not know it. */
function PasswordFirst({ title, action, act, onPassword, onClose }: PasswordFirstProps) {
  const t = useText();
  const [password, setPassword] = useState('');
  return (
    <Confirm
      open
      title={title}
      action={action}
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onConfirm={() => onPassword(password)}
    >
      <PasswordInput
        label={t('profile.current')}
        autoComplete="current-password"
        maxLength={256}
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </Confirm>
  );
}

function RecoveryCodes({ codes, onClose }: { readonly codes: readonly string[]; readonly onClose: () => void }) {
  const t = useText();
  return (
    <Dialog open title={t('profile.recovery')} onClose={onClose}>
      <Fields>
        <Hint tone="orange">{t('profile.recoveryText')}</Hint>
        <CodeBlock label={t('profile.recovery')} code={codes.join('\n')} />
        <Actions>
          <Button onClick={onClose}>{t('profile.recoveryKept')}</Button>
        </Actions>
      </Fields>
    </Dialog>
  );
}
