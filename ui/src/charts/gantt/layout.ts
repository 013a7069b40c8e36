import { formatMonth, monthFromOrdinal, monthOrdinal } from '../../domain/dates.ts';
import { fitted, px, textWidth } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';

/** A phase: months of the deal's time axis, counted from its month nought. */
export type GanttBar = { id: string; label: string; start: number; months: number; note: string };

/** A day on which something happens. Several may share a row, such as the payments of one program. */
export type GanttPoint = { id: string; date: string; text: string; address?: string };
export type GanttRow = {
  id: string;
  label: string;
  kind: 'event' | 'delivery' | 'release' | 'payment';
  points: readonly GanttPoint[];
};

export type GanttData = {
  /** The day of month nought. */
  start: string;
  bars: readonly GanttBar[];
  rows: readonly GanttRow[];
  today: string;
  /** How quarters and half-years are abbreviated, before their number. */
  terms: { quarter: string; half: string };
};

/** Months of the calendar that the drawing reaches over, by their ordinals. */
export type GanttRange = { first: number; count: number };

export type DrawnLabel = { lines: string[]; y: number };
export type DrawnBar = {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** What is written in the bar, where there is room. */
  inside: string | null;
  /** What is written beside it, and on which side. */
  beside: { text: string; x: number; anchor: 'start' | 'end' } | null;
};
export type DrawnPoint = GanttPoint & {
  row: string;
  kind: GanttRow['kind'];
  x: number;
  y: number;
  beside: { x: number; anchor: 'start' | 'end' } | null;
};

export type GanttGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  /** Pixels of a month. */
  month: number;
  labels: (DrawnLabel & { id: string })[];
  lines: number[];
  bars: DrawnBar[];
  points: DrawnPoint[];
  years: { label: string; x: number; at: number }[];
  ticks: { label: string; at: number }[];
  grid: number[];
  today: number | null;
  top: number;
};

const ROW = 26;
const BAR = 16;
const HEAD = 34;
/** Room for the words of today’s line. */
const FOOT = 16;
const SIZE = 10.5;

/** Everything in sight, a month to spare on either side, whole years where it comes near them. */
export function ganttRange({ start, bars, rows, today }: GanttData): GanttRange {
  const zero = monthOrdinal(start);
  const known = [
    monthOrdinal(today),
    ...bars.flatMap((bar) => [zero + bar.start, zero + bar.start + bar.months - 1]),
    ...rows.flatMap((row) => row.points.map((point) => monthOrdinal(point.date))),
  ];
  const first = Math.min(...known) - 1;
  return { first, count: Math.max(...known) - first + 2 };
}

/** Phases as bars, days as diamonds, a row each; years above, quarters or months below them as the width allows. */
export function ganttLayout(
  data: GanttData,
  { width }: Size,
  locale: string,
  range: GanttRange = ganttRange(data),
): GanttGeometry {
  const isNarrow = width < 560;
  const left = isNarrow ? 112 : 156;
  const right = width - 10;
  const month = (right - left) / range.count;
  const count = data.bars.length + data.rows.length;
  const zero = monthOrdinal(data.start);
  const atMonth = (ordinal: number) => px(left + (ordinal - range.first) * month);
  const rowAt = (at: number) => HEAD + at * ROW;
  const label = (id: string, text: string, at: number) => {
    const lines = fitted(text, left - 10, 11, 1);
    return { id, lines, y: rowAt(at) + ROW / 2 + 4 };
  };
  return {
    width,
    height: HEAD + count * ROW + FOOT,
    left,
    right,
    month: px(month),
    top: HEAD,
    labels: [
      ...data.bars.map((bar, at) => label(bar.id, bar.label, at)),
      ...data.rows.map((row, at) => label(row.id, row.label, data.bars.length + at)),
    ],
    lines: Array.from({ length: count + 1 }, (_, at) => rowAt(at)),
    bars: data.bars.map((bar, at) =>
      barAt(bar, atMonth(zero + bar.start), month * bar.months, rowAt(at) + (ROW - BAR) / 2, { left, right }),
    ),
    points: data.rows.flatMap((row, at) => {
      const y = rowAt(data.bars.length + at) + ROW / 2;
      const drawn = row.points.map((point) => {
        const x = px(left + (fraction(point.date) - range.first) * month);
        return { ...point, row: row.id, kind: row.kind, x, y, beside: null };
      });
      return drawn.map((point, index) => beside(point, drawn, index, right));
    }),
    ...axis(range, left, month, locale, data.terms),
    today: isWithin(fraction(data.today), range)
      ? px(left + (fraction(data.today) - range.first) * month)
      : null,
  };
}

function barAt(
  bar: GanttBar,
  x: number,
  width: number,
  y: number,
  { left, right }: { left: number; right: number },
): DrawnBar {
  const [inner = '', range = ''] = bar.note.split('\n');
  const wide = textWidth(range, SIZE) + 8;
  const end = x + width;
  const isAfter = end + wide <= right;
  const isBefore = !isAfter && x - wide >= left;
  return {
    id: bar.id,
    x,
    y,
    width: px(width),
    height: BAR,
    inside: textWidth(inner, SIZE) + 18 <= width ? inner : null,
    beside: isAfter
      ? { text: range, x: px(end + 6), anchor: 'start' }
      : isBefore
        ? { text: range, x: px(x - 6), anchor: 'end' }
        : null,
  };
}

/** The words of a point stand after it, else before it; where its neighbour is in the way they are left to the tip. */
function beside(point: DrawnPoint, row: readonly DrawnPoint[], index: number, right: number): DrawnPoint {
  const wide = textWidth(point.text, SIZE) + 12;
  const next = row[index + 1];
  const before = row[index - 1];
  if (point.x + wide <= Math.min(right, next ? next.x - 8 : right))
    return { ...point, beside: { x: px(point.x + 9), anchor: 'start' } };
  if (!next && point.x + wide > right && point.x - wide > (before?.x ?? 0))
    return { ...point, beside: { x: px(point.x - 9), anchor: 'end' } };
  return point;
}

/** A day as months and parts of them. */
function fraction(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return year * 12 + month - 1 + (day - 1) / days;
}

const isWithin = (ordinal: number, { first, count }: GanttRange) =>
  ordinal >= first && ordinal <= first + count;

/** Years, and below them months where there is room for their names, else the quarters. */
function axis(range: GanttRange, left: number, month: number, locale: string, terms: GanttData['terms']) {
  const every = month >= 31 ? 1 : month >= 8 ? 3 : month >= 4.5 ? 6 : 12;
  const years: GanttGeometry['years'] = [];
  const ticks: GanttGeometry['ticks'] = [];
  const grid: number[] = [];
  for (let offset = 0; offset <= range.count; offset += 1) {
    const ordinal = range.first + offset;
    const inYear = ordinal % 12;
    const at = px(left + offset * month);
    if (offset < range.count && (offset === 0 || inYear === 0)) {
      const label = monthFromOrdinal(ordinal).slice(0, 4);
      const room = Math.min(12 - inYear, range.count - offset) * month;
      if (room > textWidth(label, SIZE) + 6) years.push({ label, x: at + (inYear === 0 ? 5 : 0), at });
    }
    if (inYear % every === 0) grid.push(at);
    if (inYear % every !== 0 || offset === range.count || every === 12) continue;
    const room = Math.min(every, range.count - offset) * month;
    const name =
      every === 1
        ? formatMonth(monthFromOrdinal(ordinal), locale).replace(/\s*\d{4}.*$/, '')
        : every === 3
          ? `${terms.quarter}${inYear / 3 + 1}`
          : `${terms.half}${inYear / 6 + 1}`;
    if (textWidth(name, SIZE) + 5 <= room) ticks.push({ label: name, at: at + 5 });
  }
  return { years, ticks, grid };
}
