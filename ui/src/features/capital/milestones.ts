import { isDate, monthFromOrdinal, monthOrdinal } from '../../domain/dates.ts';
import type { DealDocument } from '../../domain/document.ts';

/** An event of the making: a word, or a word with what it is about. */
export type Milestone = string | Record<string, unknown>;
export type DueDate = { after: Milestone; months?: number };

/** Events that are a word alone, in the order they fall. */
export const EVENTS = [
  'signature',
  'financial_close',
  'start',
  'deliveries',
  'final_delivery',
  'release',
] as const;

type Schedule = NonNullable<DealDocument['schedule']> & { financial_close?: string };
type Delivery = { id: string; date?: string; month?: number };

/** The word of an event, and what it is about where it has more: `start_of` and `production`. */
export function partsOf(milestone: Milestone | undefined): { word: string; of: string } {
  if (milestone === undefined) return { word: '', of: '' };
  if (typeof milestone === 'string') return { word: milestone, of: '' };
  const [word = '', of = ''] = Object.entries(milestone)[0] ?? [];
  return { word, of: String(of) };
}

/** The day so many calendar months later, the last of the month where the month has no such day. */
export function monthsLater(day: string, months: number): string {
  const month = monthFromOrdinal(monthOrdinal(day) + months);
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
  return `${month}-${String(Math.min(Number(day.slice(8, 10)), last)).padStart(2, '0')}`;
}

/** The day of an event, or none where the schedule does not tell it. */
export function dayOf(document: DealDocument, milestone: Milestone): string | null {
  const schedule: Schedule = document.schedule ?? {};
  const start = schedule.start ?? schedule.greenlight ?? schedule.financial_close ?? null;
  const { word, of } = partsOf(milestone);
  switch (word) {
    case 'signature':
    case 'financial_close':
      return schedule.financial_close ?? start;
    case 'start':
      return start;
    case 'start_of':
    case 'end_of':
      return start === null ? null : phaseDay(schedule, start, word, of);
    case 'delivery':
      return deliveries(schedule, start).find(({ id }) => id === of)?.day ?? null;
    case 'deliveries':
    case 'final_delivery':
      return deliveries(schedule, start).at(-1)?.day ?? lastOfPhases(schedule, start);
    case 'release':
      return schedule.release?.date ?? null;
    case 'month':
      return start === null ? null : monthsLater(start, Number(of));
    case 'date':
      return isDate(of) ? of : null;
    default:
      return null;
  }
}

export function dueDay(document: DealDocument, due: DueDate | undefined): string | null {
  const day = due ? dayOf(document, due.after) : null;
  return day === null ? null : monthsLater(day, due?.months ?? 0);
}

function deliveries(schedule: Schedule, start: string | null): { id: string; day: string }[] {
  const dated = ((schedule.deliveries ?? []) as readonly Delivery[]).flatMap(({ id, date, month }) => {
    const counted = month !== undefined && start !== null ? monthsLater(start, month) : undefined;
    const day = date ?? counted;
    return day ? [{ id, day }] : [];
  });
  return dated.sort((a, b) => a.day.localeCompare(b.day));
}

/** Phases follow each other from month 0 unless one says where it starts; development lies before month 0. */
function spans(schedule: Schedule, start: string): { phase: string; first: number; months: number }[] {
  let next = monthOrdinal(start);
  return (schedule.phases ?? []).map(({ phase, months, start_month }) => {
    const length = Math.max(months ?? 1, 1);
    const before = phase === 'development' ? monthOrdinal(start) - length : next;
    const first = start_month === undefined ? before : monthOrdinal(start) + start_month;
    if (phase !== 'development') next = first + length;
    return { phase, first, months: length };
  });
}

function phaseDay(schedule: Schedule, start: string, word: string, phase: string): string | null {
  const span = spans(schedule, start).find((one) => one.phase === phase);
  if (!span) return null;
  return word === 'start_of' ? `${monthFromOrdinal(span.first)}-01` : endOf(span);
}

function endOf({ first, months }: { first: number; months: number }): string {
  return monthsLater(`${monthFromOrdinal(first)}-31`, months - 1);
}

function lastOfPhases(schedule: Schedule, start: string | null): string | null {
  if (start === null) return null;
  return spans(schedule, start).map(endOf).sort().at(-1) ?? null;
}
