import { useState } from 'react';
import type { UserItem } from '../../../server/contract/admin-people.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useSession } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { SessionList } from '../../layout/session-list.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { RoleField } from './role-field.tsx';
import { UserActs } from './user-acts.tsx';
import { UserState } from './user-state.tsx';

interface UserPanelProps {
  readonly user: UserItem | undefined;
  readonly waiting: boolean;
  readonly closed: string;
}

/** One person: what they may do, how they sign in, where they are signed in. */
export function UserPanel({ user, waiting, closed }: UserPanelProps) {
  const t = useText();
  const session = useSession();
  if (user === undefined) {
    return (
      <SidePanel label={t('users.panel')} closed={closed}>
        {waiting ? <PanelSkeleton /> : <PanelMissing title={t('users.missing')} text={t('panel.notFound.text')} />}
      </SidePanel>
    );
  }
  return (
    <SidePanel
      label={t('users.panel')}
      closed={closed}
      head={
        <>
          <h2>{user.name}</h2>
          <UserState user={user} />
          {session.data?.user === user.name && (
            <Badge tone="blue" icon="user">
              {t('users.own')}
            </Badge>
          )}
        </>
      }
    >
      <Facts>
        <Fact name={t('keys.created')}>
          <FullTime iso={user.createdAt} />
        </Fact>
        <Fact name={t('users.signedIn')}>
          {user.signedInAt === null ? t('keys.never') : <FullTime iso={user.signedInAt} />}
        </Fact>
        <Fact name={t('users.totp')}>{t(user.totp ? 'users.totpOn' : 'users.totpOff')}</Fact>
      </Facts>
      <UserActs user={user} closed={closed} />
      <Role key={user.role} user={user} />
      <Section title={t('users.sessions')} mark={user.sessions}>
        <UserSessions name={user.name} />
      </Section>
    </SidePanel>
  );
}

function Role({ user }: { readonly user: UserItem }) {
  const t = useText();
  const say = useToast();
  const change = useAct('userSet', ['users', 'session']);
  // Shown at once, and taken back where the box refuses.
  const [role, setRole] = useState(user.role);
  return (
    <Section title={t('users.may')}>
      <RoleField
        value={role}
        onChange={(wanted) => {
          setRole(wanted);
          change.mutate(
            { params: { name: user.name }, body: { role: wanted } },
            { onSuccess: () => say(t('form.saved')), onError: () => setRole(user.role) },
          );
        }}
      />
      {change.isError && <FaultLine error={change.error} />}
    </Section>
  );
}

function UserSessions({ name }: { readonly name: string }) {
  const sessions = useAsk('userSessions', { params: { name } });
  const end = useAct('userSessionEnd', ['userSessions', 'users']);
  return <SessionList query={sessions} error={end.error} onEnd={(id) => end.mutate({ params: { name, id } })} />;
}
