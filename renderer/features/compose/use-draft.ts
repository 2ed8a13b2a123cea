import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useAsk } from '../../api/ask.ts';
import { call } from '../../api/call.ts';
import type { CallAnswer, CallInput } from '../../api/call.ts';
import { useAccountChoice } from '../../router/history.ts';
import { recipientsOf } from './recipients.ts';
import type { NumberTable } from './recipients.ts';

export interface Draft {
  readonly account: string;
  readonly origin: string;
  readonly numbers: string;
  readonly table: NumberTable | null;
  readonly text: string;
  readonly when: 'now' | 'later';
  /** As the browser's own field writes it, in the time of this device. */
  readonly at: string;
  readonly priority: 'normal' | 'high';
  readonly clientRef: string;
}

export type SendBody = CallInput<'send'>['body'];
export type PreviewAnswer = CallAnswer<'preview'>;

const empty: Draft = {
  account: '',
  origin: '',
  numbers: '',
  table: null,
  text: '',
  when: 'now',
  at: '',
  priority: 'normal',
  clientRef: '',
};
/** Milliseconds of quiet before the box is asked; longer where a whole table goes with it. */
const pause = 300;
const longPause = 1500;
const longFrom = 2000;

/** What is being written, and who could send it. */
export function useDraft() {
  const chosen = useAccountChoice();
  const accounts = useAsk('accounts', {});
  const senders = useAsk('senders', {});
  const [draft, setDraft] = useState(empty);
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
    accounts: names,
    origins: origins.map(({ name }) => name),
    /** Whether it is known who may send. */
    ready: accounts.data !== undefined && senders.data !== undefined,
    dirty: draft.text !== '' || draft.numbers !== '' || draft.table !== null,
  };
}

/** What the box is asked to send; null while something is missing. */
export function bodyOf(draft: Draft): SendBody | null {
  const { to, variables } = recipientsOf(draft.numbers, draft.table);
  if (to.length === 0 || draft.text.trim() === '') return null;
  const at = draft.when === 'later' ? timeOf(draft.at) : undefined;
  return {
    to: [...to],
    text: draft.text,
    ...(draft.origin === '' ? {} : { origin: draft.origin }),
    ...(at === undefined ? {} : { at }),
    ...(variables === null ? {} : { variables }),
    ...(draft.priority === 'high' ? { priority: draft.priority } : {}),
    ...(draft.clientRef.trim() === '' ? {} : { clientRef: draft.clientRef.trim() }),
    ...(draft.account === '' ? {} : { account: draft.account }),
  };
}

/** What the message would be and cost, by the box itself; the last answer stays while the next one is on its way. */
export function usePreview(draft: Draft) {
  const body = useMemo(() => bodyOf(draft), [draft]);
  const [asked] = useDebouncedValue(body, (body?.to.length ?? 0) > longFrom ? longPause : pause);
  const preview = useQuery({
    queryKey: ['preview', asked],
    queryFn: ({ signal }) => (asked === null ? null : call('preview', { body: asked }, { signal })),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    retry: false,
    // Each text is asked about once; what was asked lies in the key.
    gcTime: 0,
  });
  const current = asked !== null && JSON.stringify(asked) === JSON.stringify(body);
  return { answer: asked === null ? null : (preview.data ?? null), error: current ? preview.error : null, current };
}

function timeOf(local: string): string | undefined {
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
