import { monthFromOrdinal, monthOrdinal } from '../../domain/dates.ts';
import type { DealDocument } from '../../domain/document.ts';
import type { Translate } from '../../i18n/index.tsx';
import type { CellValue } from '../workspace/desk.tsx';
import { daysLater, daysMonthsLater } from './spans.ts';

/** A day of the schedule that somebody typed, and the cell it is typed in. */
export type ScheduleEvent = {
  id: string;
  label: string;
  kind: 'event' | 'delivery' | 'release';
  date: string;
  path: string;
  /** What the cell holds: the day, or months after the start. */
  value: CellValue;
};

/** The day of month nought; where nobody has said, the day of the deal. */
export function startOf(document: DealDocument): string {
  return document.schedule?.start ?? document.schedule?.greenlight ?? document.as_of;
}

/** Every typed day of the schedule, in the order in which they come up in the making. */
export function eventsOf(document: DealDocument, t: Translate): ScheduleEvent[] {
  const schedule = document.schedule ?? {};
  const day = (
    id: string,
    label: string,
    kind: ScheduleEvent['kind'],
    date: string | undefined,
    path: string,
  ): ScheduleEvent[] => (date === undefined ? [] : [{ id, label, kind, date, path, value: date }]);
  const start = startOf(document);
  const deliveries = (schedule.deliveries ?? []).flatMap((delivery): ScheduleEvent[] => {
    const label = delivery.label ?? t('schedule.delivery');
    const id = `delivery-${delivery.id}`;
    const path = `schedule.deliveries[${delivery.id}]`;
    if (delivery.date !== undefined) return day(id, label, 'delivery', delivery.date, `${path}.date`);
    if (delivery.month === undefined) return [];
    const date = `${monthFromOrdinal(monthOrdinal(start) + delivery.month)}-01`;
    return [{ id, label, kind: 'delivery', date, path: `${path}.month`, value: delivery.month }];
  });
  return [
    ...day('greenlight', t('schedule.greenlight'), 'event', schedule.greenlight, 'schedule.greenlight'),
    ...day(
      'financial_close',
      t('gantt.close'),
      'event',
      schedule.financial_close,
      'schedule.financial_close',
    ),
    ...day('start', t('gantt.start'), 'event', schedule.start, 'schedule.start'),
    ...deliveries,
    ...day('release', t('schedule.release'), 'release', schedule.release?.date, 'schedule.release.date'),
  ];
}

/** The day so much later; one that is counted in months goes by months only, and not before the start. */
export function movedEvent(
  event: ScheduleEvent,
  by: number,
  unit: 'month' | 'day',
  start: string,
): ScheduleEvent {
  if (typeof event.value === 'number') {
    const month = Math.max(event.value + (unit === 'month' ? by : 0), 0);
    return { ...event, value: month, date: `${monthFromOrdinal(monthOrdinal(start) + month)}-01` };
  }
  const date = unit === 'month' ? daysMonthsLater(event.date, by) : daysLater(event.date, by);
  return { ...event, date, value: date };
}
