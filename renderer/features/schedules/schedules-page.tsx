import { useMay } from '../../api/session.ts';
import { ScheduleCalendar } from './schedule-calendar.tsx';
import { ScheduleDetail } from './schedule-detail.tsx';
import { EditSchedule, NewSchedule } from './schedule-edit.tsx';
import { ScheduleList } from './schedule-list.tsx';

/** What is sent again and again: the list, the calendar, a new one, or one of them. */
export function SchedulesPage({ parts }: { readonly parts: readonly string[] }) {
  const [open, act] = parts;
  const mayChange = useMay('operator');
  if (open === undefined) return <ScheduleList />;
  if (open === 'calendar') return <ScheduleCalendar />;
  if (open === 'new') return <NewSchedule />;
  return act === 'edit' && mayChange ? <EditSchedule key={open} id={open} /> : <ScheduleDetail key={open} id={open} />;
}
