import type { UserItem } from '../../../server/contract/admin-people.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';

/** Whether a person can sign in. */
export function UserState({ user }: { readonly user: UserItem }) {
  const t = useText();
  if (user.disabled) {
    return (
      <Badge tone="grey" icon="slash">
        {t('users.disabled')}
      </Badge>
    );
  }
  if (user.lockedUntil !== null) {
    return (
      <Badge tone="orange" icon="hourglass" title={t('users.lockedHint')}>
        {t('users.locked')}
      </Badge>
    );
  }
  return (
    <Badge tone="green" icon="tick">
      {t('users.active')}
    </Badge>
  );
}
