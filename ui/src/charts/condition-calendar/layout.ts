import { monthOrdinal } from '../../domain/dates.ts';
import { axisOf, monthTicks } from '../cash-flow/layout.ts';
import { fitted, minimalWidth, px } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';

export type CalendarMark = {
  id: string;
  label: string;
  month: string;
  state: 'met' | 'expected' | 'overdue';
  isLate: boolean;
  path: string;
};
/** One instrument: its conditions that have a month, and the month its money is first drawn in. */
export type CalendarRow = {
  id: string;
  label: string;
  firstDraw: string | null;
  marks: readonly CalendarMark[];
};

export type PlacedMark = CalendarMark & { x: number; y: number };
export type CalendarGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  rows: {
    id: string;
    lines: string[];
    y: number;
    low: number;
    firstDraw: number | null;
    marks: PlacedMark[];
    /** From the first drawing to the last condition that comes after it. */
    late: { x1: number; x2: number } | null;
  }[];
  xTicks: { label: string; at: number }[];
  today: number | null;
};

export const LINE = 13;
const PAD = 9;
const APART = 13;

/** Months to the right, an instrument to a row; marks of one month stand below each other. */
export function calendarLayout(
  rows: readonly CalendarRow[],
  today: string,
  size: Size,
  locale: string,
): CalendarGeometry {
  const months = rows.flatMap((row) => [
    ...row.marks.map((mark) => mark.month),
    ...(row.firstDraw ? [row.firstDraw] : []),
  ]);
  const span = axisOf([...months, today.slice(0, 7)]);
  const most = Math.max(90, size.width * 0.3);
  const widest = Math.max(0, ...rows.map((row) => minimalWidth(row.label, 11, 2, 'strong')));
  const left = px(Math.min(widest, most) + 14);
  const right = size.width - 8;
  const wide = (right - left) / Math.max(span.count, 1);
  const x = (month: string) => px(left + (monthOrdinal(month) - span.first + 0.5) * wide);
  let top = 6;
  const placed = rows.map((row) => {
    const lines = fitted(row.label, left - 14, 11, 2, 'strong');
    const seen = new Map<string, number>();
    const marks = row.marks.map((mark): PlacedMark => {
      const below = seen.get(mark.month) ?? 0;
      seen.set(mark.month, below + 1);
      return { ...mark, x: x(mark.month), y: top + PAD + 5 + below * APART };
    });
    const deepest = Math.max(1, ...seen.values());
    const tall = Math.max(2 * PAD + deepest * APART - 3, lines.length * LINE + PAD);
    const drawn = row.firstDraw === null ? null : px(x(row.firstDraw) - wide / 2);
    const after = marks.filter((mark) => mark.isLate).map((mark) => mark.x);
    const y = top;
    top += tall;
    return {
      id: row.id,
      lines,
      y,
      low: top,
      firstDraw: drawn,
      marks,
      late: drawn !== null && after.length > 0 ? { x1: drawn, x2: Math.max(...after) } : null,
    };
  });
  return {
    width: size.width,
    height: top + 22,
    left,
    right,
    rows: placed,
    xTicks: monthTicks(span, left, wide, size.width, locale),
    today: px(x(today.slice(0, 7))),
  };
}
