import { formatMillions, type Money, toScale } from '../../domain/money.ts';
import { px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';
import { dayFromOrdinal, dayOrdinal } from './days.ts';

/** What a deal's incentives leave if a day of this stretch decided; null where that cannot be computed. */
export type LawStretch = { from: string; net: Money | null; address: string };

/** A day of the deal that is drawn into the curve. */
export type DayMark = { id: string; day: string; label: string };

export type LawTimeGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  /** Where nought lies. */
  zero: number;
  bottom: number;
  stretches: {
    stretch: LawStretch;
    x: number;
    width: number;
    y: number | null;
  }[];
  /** Each value once, over all the stretches beside each other that leave it, where they are wide enough. */
  values: { x: number; y: number; text: string }[];
  /** Where one law follows another. */
  edges: { x: number; from: number; to: number }[];
  yTicks: Tick[];
  xTicks: { label: string; at: number }[];
  marks: { mark: DayMark; x: number; y: number; from: number; labelX: number; anchor: 'start' | 'end' }[];
  first: number;
  last: number;
};

const LEFT = 40;
const AXIS = 22;
const FIELD = 170;
const ROW = 14;

/** First and last day that are drawn: from the first law to what comes last, with a tenth of air behind it. */
export function daysShown(stretches: readonly LawStretch[], marks: readonly DayMark[]): [number, number] {
  const days = [...stretches.map((one) => one.from), ...marks.map((one) => one.day)].map(dayOrdinal);
  const first = Math.min(...days);
  const last = Math.max(...days);
  return [first, last + Math.max(Math.round((last - first) / 10), 90)];
}

/** The staircase of what each day's law leaves: its edges are the days on which a law begins or ends. */
export function lawTimeLayout(
  stretches: readonly LawStretch[],
  marks: readonly DayMark[],
  size: Size,
  locale: string,
): LawTimeGeometry {
  const left = LEFT;
  const right = size.width - 6;
  const [first, last] = daysShown(stretches, marks);
  const x = linear([first, last], [left, right]);
  const rows = placedMarks(marks, x, left, right);
  const top = Math.max(...rows.map((row) => row.row + 1), 0) * ROW + 8;
  const values = stretches.flatMap((one) => (one.net ? [toScale(one.net) / 1e6] : []));
  const bottom = top + FIELD;
  const y = linear([Math.min(0, ...values), Math.max(...values, 1e-6) * 1.06], [bottom, top], true);
  const drawn = stretches.map((stretch, at) => {
    const start = x(dayOrdinal(stretch.from));
    const next = stretches[at + 1];
    const width = (next ? x(dayOrdinal(next.from)) : right) - start;
    return {
      stretch,
      x: px(start),
      width: px(width),
      y: stretch.net ? px(y(toScale(stretch.net) / 1e6)) : null,
    };
  });
  return {
    width: size.width,
    height: bottom + AXIS,
    left,
    right,
    top,
    zero: px(y(0)),
    bottom,
    stretches: drawn,
    values: valuesOf(drawn, locale),
    edges: drawn.slice(1).flatMap((one, at) => {
      const before = drawn[at]?.y;
      return typeof before === 'number' && one.y !== null ? [{ x: one.x, from: before, to: one.y }] : [];
    }),
    yTicks: ticks(y, 4).map(({ value, at }) => ({ value, at: px(at) })),
    xTicks: yearTicks(first, last, right - left).map((year) => ({
      label: String(year),
      at: px(x(dayOrdinal(`${year}-01-01`))),
    })),
    marks: rows.map(({ mark, at, labelX, anchor, row }) => ({
      mark,
      x: px(at),
      y: (row + 1) * ROW - 3,
      from: lineFrom(rows, at, row),
      labelX: px(labelX),
      anchor,
    })),
    first,
    last,
  };
}

/** The place of a day on the drawing. */
export function dayX(geometry: LawTimeGeometry, day: string): number {
  const share = (dayOrdinal(day) - geometry.first) / Math.max(geometry.last - geometry.first, 1);
  return px(geometry.left + Math.min(Math.max(share, 0), 1) * (geometry.right - geometry.left));
}

/** Years that begin in the span, as many as can stand beside each other. */
function yearTicks(first: number, last: number, width: number): number[] {
  const from = Number(dayFromOrdinal(first).slice(0, 4)) + 1;
  const to = Number(dayFromOrdinal(last).slice(0, 4));
  const room = Math.max(Math.floor(width / 44), 1);
  const step = [1, 2, 5, 10, 20, 50].find((years) => (to - from) / years < room) ?? 100;
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, at) => from + at).filter(
    (year) => year % step === 0,
  );
}

type Placed = {
  mark: DayMark;
  at: number;
  labelX: number;
  anchor: 'start' | 'end';
  row: number;
  box: { from: number; to: number };
};

/** A line begins beside its own name, or below the names of others that it would run through. */
function lineFrom(rows: readonly Placed[], at: number, row: number): number {
  const crossed = rows.filter((other) => other.row > row && other.box.from < at && at < other.box.to);
  return Math.max(row * ROW + 3, ...crossed.map((other) => (other.row + 1) * ROW + 1));
}

type Drawn = { stretch: LawStretch; x: number; width: number; y: number | null };

function valuesOf(drawn: readonly Drawn[], locale: string): LawTimeGeometry['values'] {
  const runs: { first: Drawn; width: number }[] = [];
  for (const one of drawn) {
    const run = runs.at(-1);
    if (run && run.first.stretch.net?.minor === one.stretch.net?.minor) run.width += one.width;
    else runs.push({ first: one, width: one.width });
  }
  return runs.flatMap(({ first: { stretch, x, y }, width }) => {
    if (stretch.net === null || y === null) return [];
    const text = formatMillions(stretch.net, locale, 1);
    return textWidth(text, 11, 'strong') + 6 <= width ? [{ x: px(x + width / 2), y, text }] : [];
  });
}

/** Each mark's name beside its line, in the first row in which it touches no other. */
function placedMarks(
  marks: readonly DayMark[],
  x: (day: number) => number,
  left: number,
  right: number,
): Placed[] {
  const ends: { from: number; to: number }[][] = [];
  return [...marks]
    .sort((a, b) => a.day.localeCompare(b.day) || a.id.localeCompare(b.id))
    .map((mark) => {
      const at = x(dayOrdinal(mark.day));
      const wide = textWidth(mark.label, 11, 'strong');
      const anchor = at + 4 + wide > right && at - 4 - wide >= left ? 'end' : 'start';
      const labelX = anchor === 'end' ? at - 4 : at + 4;
      const box = {
        from: anchor === 'end' ? labelX - wide : labelX,
        to: anchor === 'end' ? at : labelX + wide,
      };
      let row = 0;
      while (ends[row]?.some((other) => box.from < other.to + 8 && other.from < box.to + 8)) row += 1;
      ends[row] = [...(ends[row] ?? []), box];
      return { mark, at, labelX, anchor, row, box };
    });
}
