import { useState } from 'react';
import { useAsk } from '../api/ask.ts';
import { useAccountChoice, useSearch } from '../router/history.ts';
import { emptyDraft, isWritten } from './draft.ts';
import type { Draft } from './draft.ts';

export type Writing = ReturnType<typeof useDraft>;

/**
 * What is being written, and who could send it. The address may bring a beginning: `to` numbers, `group` one group,
 * `template` a text.
 * @param begun what is known already, such as what a schedule has now.
 */
export function useDraft(begun: Partial<Draft> = {}) {
  const search = useSearch();
  const chosen = useAccountChoice();
  const accounts = useAsk('accounts', {});
  const senders = useAsk('senders', {});
  const [first, setFirst] = useState<Draft>(() => ({ ...emptyDraft, ...ofAddress(search), ...begun }));
  const [draft, setDraft] = useState(first);
  const asked = wholeOf(search.get('template'));
  const [taken, setTaken] = useState(asked === null);
  const template = useAsk('template', { params: { id: asked ?? 0 } }, { enabled: asked !== null && !taken });
  if (!taken && template.data !== undefined) {
    const { text, account } = template.data;
    setTaken(true);
    const withText = (now: Draft) => (now.text === '' ? { ...now, text, account: now.account || account } : now);
    setFirst(withText);
    setDraft(withText);
  }
  const names = accounts.data?.items.map(({ name }) => name) ?? [];
  const account = draft.account || (chosen ?? names[0] ?? '');
  const origins = (senders.data?.items ?? []).filter(
    (sender) => sender.account === account && sender.state === 'approved' && sender.purposes.includes('marketing'),
  );
  const origin = origins.some(({ name }) => name === draft.origin) ? draft.origin : (origins[0]?.name ?? '');
  const set = (changes: Partial<Draft>) => setDraft((now) => ({ ...now, ...changes }));
  return {
    draft: { ...draft, account, origin },
    set,
    /** Whether something would be lost that a person wrote. */
    dirty: isWritten(draft) && JSON.stringify(draft) !== JSON.stringify(first),
    accounts: names,
    origins: origins.map(({ name }) => name),
    /** Whether it is known who may send. */
    ready: accounts.data !== undefined && senders.data !== undefined,
  };
}

function ofAddress(search: URLSearchParams): Partial<Draft> {
  const group = wholeOf(search.get('group'));
  const to = search.get('to') ?? '';
  return { ...(group === null ? {} : { groups: [group] }), ...(to === '' ? {} : { numbers: to }) };
}

function wholeOf(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : null;
}
