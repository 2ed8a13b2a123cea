import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PreviewNote, PreviewSample } from '../../server/contract/admin-messages.ts';
import { call } from '../api/call.ts';
import type { CallAnswer } from '../api/call.ts';
import type { Request } from './draft.ts';

/** What a draft would be and cost, as the box says. */
export interface Outlook {
  /** How many will get it; at most so many where it is not exact. */
  readonly sendTo: number;
  readonly exact: boolean;
  readonly blocked: number;
  readonly invalid: number;
  readonly invalidSample: readonly string[];
  /** Named more than once. */
  readonly repeated: number;
  /** Left out: a value is missing, or the text would be empty or too long with it. */
  readonly skipped: number;
  readonly segments: number;
  readonly credits: number;
  readonly balance: number;
  readonly samples: readonly PreviewSample[];
  readonly notes: readonly PreviewNote[];
  readonly scheduledTime: string | null;
}

/** Milliseconds of quiet before the box is asked; longer where many numbers go with it. */
const pause = 300;
const longPause = 1500;
const longFrom = 2000;

/** What would become of a request, by the box itself; the last answer stays while the next one is on its way. */
export function useOutlook(request: Request | null) {
  const text = JSON.stringify(request);
  const [asked] = useDebouncedValue(text, countOf(request) > longFrom ? longPause : pause);
  const current = asked === text;
  const outlook = useQuery({
    queryKey: ['outlook', asked],
    // Asked for what it is now only: then both are the same.
    queryFn: ({ signal }) => (request === null ? null : look(request, signal)),
    enabled: current && request !== null,
    placeholderData: keepPreviousData,
    retry: false,
    // Each text is asked about once; what was asked lies in the key.
    gcTime: 0,
  });
  return {
    outlook: request === null ? null : (outlook.data ?? null),
    error: current && request !== null ? outlook.error : null,
    /** Whether the answer is that to what is written now. */
    current: current && outlook.isSuccess && !outlook.isPlaceholderData,
  };
}

function countOf(request: Request | null): number {
  if (request === null) return 0;
  return request.kind === 'message' ? request.body.to.length : (request.body.numbers?.length ?? 0);
}

async function look(request: Request, signal: AbortSignal): Promise<Outlook> {
  if (request.kind === 'campaign') return ofCampaign(await call('campaignPreview', { body: request.body }, { signal }));
  return ofMessage(await call('preview', { body: request.body }, { signal }), request.body.to.length);
}

function ofMessage(answer: CallAnswer<'preview'>, written: number): Outlook {
  return {
    sendTo: answer.totalMsisdn - answer.blockedCount - answer.invalidCount,
    exact: true,
    blocked: answer.blockedCount,
    invalid: answer.invalidCount,
    invalidSample: answer.invalid,
    repeated: written - answer.totalMsisdn,
    skipped: 0,
    segments: answer.segments,
    credits: answer.totalCredit,
    balance: answer.balance,
    samples: answer.samples,
    notes: answer.notes,
    scheduledTime: answer.scheduledTime,
  };
}

function ofCampaign(answer: CallAnswer<'campaignPreview'>): Outlook {
  const { recipients: sendTo, ...rest } = answer;
  return { ...rest, sendTo };
}
