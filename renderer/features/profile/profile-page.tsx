import { useAct, useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { SessionList } from '../../layout/session-list.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { PasswordCard } from './password-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';

/** A person's own matters: password, codes of an app, where they are signed in. */
export function ProfilePage() {
  const t = useText();
  const profile = useAsk('profile', {});
  const sessions = useAsk('profileSessions', {});
  const end = useAct('profileSessionEnd', ['profileSessions']);
  const role = profile.data?.role;
  return (
    <Page
      title={profile.data?.user ?? t('user.menu')}
      text={role === undefined ? undefined : `${t(`role.${role}`)} – ${t(`roleHelp.${role}`)}`}
      width="form"
    >
      <PasswordCard user={profile.data?.user ?? ''} />
      {profile.data !== undefined && <SecondFactorCard profile={profile.data} />}
      <Card title={t('users.sessions')} text={t('profile.sessionsText')}>
        <SessionList query={sessions} error={end.error} onEnd={(id) => end.mutate({ params: { id } })} />
      </Card>
    </Page>
  );
}
