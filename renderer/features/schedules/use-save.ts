import type { ScheduleItem } from '../../../server/contract/campaign-shapes.ts';
import { useAct } from '../../api/ask.ts';
import type { CallInput } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { useToast } from '../../ui/toast.tsx';

interface Times {
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
}

const changed = ['schedule', 'schedules', 'scheduleCalendar'] as const;

/** Makes a schedule, or changes one, and goes to it. */
export function useSave(item: ScheduleItem | undefined) {
  const t = useText();
  const say = useToast();
  const create = useAct('scheduleCreate', changed);
  const change = useAct('scheduleSet', changed);

  function done(saved: ScheduleItem): void {
    say(t(item === undefined ? 'schedules.created' : 'form.saved', { name: saved.name }));
    navigate(pathTo('schedules', saved.id), { force: true });
  }

  function save({ name, cron, timeZone }: Times, what: CallInput<'campaignPreview'>['body']): void {
    const { account, at: _never, importId: _none, ...rest } = what;
    const body = { ...rest, name, cron, ...(timeZone === '' ? {} : { timeZone }) };
    if (item === undefined) {
      create.mutate({ body: account === undefined ? body : { ...body, account } }, { onSuccess: done });
    } else change.mutate({ params: { id: item.id }, body }, { onSuccess: done });
  }

  return { save, isPending: create.isPending || change.isPending, error: create.error ?? change.error };
}
