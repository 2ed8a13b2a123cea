import { useText } from '../i18n/language-context.tsx';
import { navigate, usePath } from '../router/history.ts';
import { Choice } from '../ui/filter-bar.tsx';
import { useAccounts } from './account-field.tsx';

/** For pages that show one account at a time: which one, kept in the address as everywhere. */
export function AccountFilter() {
  const t = useText();
  const path = usePath();
  const { names, first } = useAccounts();
  if (names.length < 2) return null;
  return (
    <Choice
      label={t('panel.account')}
      value={first}
      options={names.map((name) => ({ value: name, label: name }))}
      onChange={(name) => navigate(`${path}?account=${encodeURIComponent(name)}`)}
    />
  );
}
