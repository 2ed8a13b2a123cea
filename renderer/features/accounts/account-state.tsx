import type { CallAnswer } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';

export type Account = CallAnswer<'accounts'>['items'][number];

/** Whether an account sends, and only while its credits last. */
export function AccountState({ account }: { readonly account: Account }) {
  const t = useText();
  if (account.suspended) {
    return (
      <Badge tone="red" icon="pause">
        {t('accounts.suspended')}
      </Badge>
    );
  }
  return (
    <Badge tone="green" icon="tick">
      {t('accounts.active')}
    </Badge>
  );
}
