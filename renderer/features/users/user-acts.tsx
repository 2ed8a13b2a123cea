import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { UserItem } from '../../../server/contract/admin-people.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { Actions, Confirm } from '../../ui/dialog.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';

interface UserActsProps {
  readonly user: UserItem;
  readonly closed: string;
}

type Act = 'password' | 'disable' | 'totp' | 'remove';

/** What can be done about a person's way in. */
export function UserActs({ user, closed }: UserActsProps) {
  const t = useText();
  const [act, setAct] = useState<Act | null>(null);
  const enable = useAct('userSet', ['users']);
  return (
    <>
      {enable.isError && <FaultLine error={enable.error} />}
      <Actions start>
        <Button variant="default" size="sm" onClick={() => setAct('password')}>
          {t('users.setPassword')}
        </Button>
        {user.totp && (
          <Button variant="default" size="sm" onClick={() => setAct('totp')}>
            {t('users.totpReset')}
          </Button>
        )}
        {user.disabled ? (
          <Button
            size="sm"
            loading={enable.isPending}
            onClick={() => enable.mutate({ params: { name: user.name }, body: { disabled: false } })}
          >
            {t('users.enable')}
          </Button>
        ) : (
          <Button variant="default" size="sm" onClick={() => setAct('disable')}>
            {t('users.disable')}
          </Button>
        )}
        <Button variant="default" size="sm" onClick={() => setAct('remove')}>
          {t('users.remove')}
        </Button>
      </Actions>
      {act === 'password' && <SetPassword user={user} onClose={() => setAct(null)} />}
      {act !== null && act !== 'password' && <Ask act={act} user={user} closed={closed} onClose={() => setAct(null)} />}
    </>
  );
}

interface AskProps {
  readonly act: Exclude<Act, 'password'>;
  readonly user: UserItem;
  readonly closed: string;
  readonly onClose: () => void;
}

function Ask({ act, user, closed, onClose }: AskProps) {
  const t = useText();
  const disable = useAct('userSet', ['users', 'userSessions']);
  const totp = useAct('userTotpReset', ['users']);
  const remove = useAct('userRemove', ['users']);
  const params = { name: user.name };
  const asked = { disable, totp, remove }[act];
  const confirm = {
    disable: () => disable.mutate({ params, body: { disabled: true } }, { onSuccess: onClose }),
    totp: () => totp.mutate({ params }, { onSuccess: onClose }),
    remove: () => remove.mutate({ params }, { onSuccess: () => navigate(closed) }),
  };
  return (
    <Confirm
      open
      title={t(`users.ask.${act}`, { name: user.name })}
      action={t(`users.do.${act}`)}
      danger={act !== 'totp'}
      busy={asked.isPending}
      error={asked.error}
      onClose={onClose}
      onConfirm={confirm[act]}
    >
      <p>{t(`users.askText.${act}`)}</p>
    </Confirm>
  );
}

function SetPassword({ user, onClose }: { readonly user: UserItem; readonly onClose: () => void }) {
  const t = useText();
  const say = useToast();
  const set = useAct('userPassword', ['users']);
  const [password, setPassword] = useState('');
  const [short, setShort] = useState(false);
  return (
    <Confirm
      open
      title={t('users.passwordTitle', { name: user.name })}
      action={t('users.setPassword')}
      busy={set.isPending}
      error={set.error}
      onClose={onClose}
      onConfirm={() => {
        if (password.length < 10) return setShort(true);
        set.mutate(
          { body: { name: user.name, password } },
          {
            onSuccess: () => {
              say(t('users.passwordSet', { name: user.name }));
              onClose();
            },
          },
        );
      }}
    >
      <p>{t('users.passwordText')}</p>
      <PasswordInput
        label={t('setup.password')}
        description={t('setup.passwordHint')}
        maxLength={256}
        autoComplete="new-password"
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
          setShort(false);
        }}
        error={short ? t('field.passwordShort') : undefined}
      />
    </Confirm>
  );
}
