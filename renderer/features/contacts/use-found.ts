import { useCallback } from 'react';
import type { CallInput } from '../../api/call.ts';
import { useFilters } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';

const filterNames = ['q', 'group'] as const;

/** Which contacts of an account: found by a search, or of a group. */
export type Found = NonNullable<CallInput<'contactsCount'>['query']>;

/** Questions whose answers change with the address book. */
export const bookChanges = ['contacts', 'contact', 'contactsCount', 'groups'] as const;

/** Which contacts the address asks for. */
export function useFound() {
  const filters = useFilters(filterNames);
  const account = useAccountChoice();
  const { set } = filters;
  const { q, group } = filters.values;
  const groupId = /^[1-9]\d{0,14}$/u.test(group) ? Number(group) : null;
  const found: Found = {
    ...(account === null ? {} : { account }),
    ...(q === '' ? {} : { q }),
    ...(groupId === null ? {} : { group: groupId }),
  };
  const search = useCallback((text: string) => set({ q: text }), [set]);
  return { ...filters, account, groupId, found, search };
}

/** What names the account of a call; nothing while the box chooses the first. */
export function ofAccount(account: string | null): { readonly account?: string } {
  return account === null || account === '' ? {} : { account };
}
