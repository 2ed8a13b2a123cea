import { NativeSelect } from '@mantine/core';
import { useAsk } from '../api/ask.ts';
import { useText } from '../i18n/language-context.tsx';
import { useAccountChoice } from '../router/history.ts';

/** Names of the accounts, and the one to begin with: the one that the reader looks at, else the first. */
export function useAccounts(): { readonly names: readonly string[]; readonly first: string } {
  const accounts = useAsk('accounts', {});
  const chosen = useAccountChoice();
  const names = accounts.data?.items.map(({ name }) => name) ?? [];
  return { names, first: chosen ?? names[0] ?? '' };
}

interface AccountFieldProps {
  readonly value: string;
  readonly onChange: (account: string) => void;
  readonly label?: string;
}

/** Chooses an account in a form; a box with one has nothing to choose. */
export function AccountField({ value, onChange, label }: AccountFieldProps) {
  const t = useText();
  const { names } = useAccounts();
  if (names.length < 2) return null;
  return (
    <NativeSelect
      label={label ?? t('panel.account')}
      data={[...names]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
