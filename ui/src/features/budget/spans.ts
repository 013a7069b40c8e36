import type { Phase } from '../../domain/document.ts';

/** Months of the deal's time axis: the first one, and how many. */
export type Span = { start: number; months: number };

/** A phase without a first month follows the one that is listed before it. */
export function spanOf(phases: readonly Phase[], at: number): Span | null {
  const phase = phases[at];
  if (!phase) return null;
  const before = phase.start_month === undefined ? spanOf(phases, at - 1) : null;
  const start = phase.start_month ?? (before ? before.start + before.months : 0);
  return { start, months: Math.max(phase.months ?? 1, 1) };
}

/** What is held of a bar. */
export type Grip = 'move' | 'start' | 'end';

/** The bar after its grip has gone so many months: no shorter than a month, no further than the axis may reach. */
export function dragged({ start, months }: Span, grip: Grip, by: number): Span {
  if (grip === 'move') return { start: clamp(start + by, -REACH, REACH), months };
  if (grip === 'end') return { start, months: clamp(months + by, 1, REACH) };
  const first = clamp(start + by, -REACH, start + months - 1);
  return { start: first, months: months - (first - start) };
}

/** Ten years either way. */
const REACH = 120;

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

/** The phases with one of them as dragged; what was not typed and has not moved stays untyped. */
export function withSpan(phases: readonly Phase[], id: string, span: Span): Phase[] {
  return phases.map((phase, at) => {
    if (phase.id !== id) return phase;
    const before = spanOf(phases, at);
    const isStartTyped = phase.start_month !== undefined || before?.start !== span.start;
    return { ...phase, months: span.months, ...(isStartTyped ? { start_month: span.start } : {}) };
  });
}

/** A day so many months later, the last of the month where it is shorter. */
export function daysMonthsLater(date: string, by: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + by, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, last)))
    .toISOString()
    .slice(0, 10);
}

export function daysLater(date: string, by: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + by)).toISOString().slice(0, 10);
}
