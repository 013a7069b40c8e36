import { monthFromOrdinal, monthOrdinal } from '../../domain/dates.ts';
import { axisOf, monthTicks } from '../cash-flow/layout.ts';
import { px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** What is spent in a month, in major units, by group in the order of the groups. */
export type SpendMonth = { month: string; parts: readonly number[]; address?: string };

export type SpendBar = { month: string; group: number; x: number; y: number; width: number; height: number };

export type SpendGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  /** All so far, as steps up at the end of each month. */
  curve: string;
  area: string;
  end: { x: number; y: number; text: { x: number; anchor: 'start' | 'end' } } | null;
  /** Where half of it is spent. */
  half: { x: number; y: number; month: string; labelX: number; anchor: 'start' | 'end' } | null;
  bars: SpendBar[];
  months: { month: string; x: number; width: number; total: number; soFar: number }[];
  upperTicks: Tick[];
  lowerTicks: Tick[];
  xTicks: { label: string; at: number }[];
  upperZero: number;
  lowerZero: number;
  lowerTop: number;
  today: number | null;
};

const LEFT = 34;
const GAP = 30;
const FOOT = 22;
const HEAD = 14;

/** All so far above, month by month below, on one calendar: two measures have two drawings and no second axis. */
export function spendLayout(
  months: readonly SpendMonth[],
  { width, height = 300 }: Size & { height?: number },
  locale: string,
  today?: string,
): SpendGeometry {
  const span = axisOf(months.map((month) => month.month));
  const right = width - 8;
  const wide = (right - LEFT) / Math.max(span.count, 1);
  const bar = Math.max(Math.min(wide - 2, 26), 1);
  const upperLow = HEAD + (height - HEAD - GAP - FOOT) * 0.55;
  const lowerTop = upperLow + GAP;
  const lowerLow = height - FOOT;
  const rows = cumulated(months, span);
  const whole = rows.at(-1)?.soFar ?? 0;
  const up = linear([0, Math.max(whole, 1e-9)], [upperLow, HEAD], true);
  const down = linear([0, Math.max(...rows.map((row) => row.total), 1e-9)], [lowerLow, lowerTop], true);
  const xOf = (at: number) => px(LEFT + at * wide);
  const line = rows.map((row, at) => `${xOf(at + 1)},${px(up(row.soFar))}`);
  const curve = rows.length === 0 ? '' : `M${xOf(0)},${px(up(0))}L${line.join('L')}`;
  const middle = rows.findIndex((row) => row.soFar >= whole / 2);
  const todayAt = today === undefined ? -1 : monthOrdinal(today) - span.first;
  return {
    width,
    height,
    left: LEFT,
    right,
    curve,
    area: curve === '' ? '' : `${curve}L${xOf(rows.length)},${px(up(0))}Z`,
    end: whole > 0 ? { x: xOf(rows.length), y: px(up(whole)), text: { x: right, anchor: 'end' } } : null,
    half:
      whole > 0 && middle >= 0
        ? halfAt(rows[middle], xOf(middle + 1), px(up(rows[middle]?.soFar ?? 0)), right)
        : null,
    bars: rows.flatMap((row, at) => {
      let from = 0;
      return row.parts.flatMap((part, group): SpendBar[] => {
        if (part <= 0) return [];
        const top = down(from + part);
        const low = down(from);
        from += part;
        const x = px(LEFT + at * wide + (wide - bar) / 2);
        return [{ month: row.month, group, x, y: px(top), width: px(bar), height: px(low - top) }];
      });
    }),
    months: rows.map(({ month, total, soFar }, at) => ({
      month,
      total,
      soFar,
      x: xOf(at),
      width: px(wide),
    })),
    upperTicks: ticks(up, 4).map(({ value, at }) => ({ value, at: px(at) })),
    lowerTicks: ticks(down, 3).map(({ value, at }) => ({ value, at: px(at) })),
    xTicks: monthTicks(span, LEFT, wide, width, locale),
    upperZero: px(upperLow),
    lowerZero: px(lowerLow),
    lowerTop: px(lowerTop),
    today: todayAt >= 0 && todayAt <= span.count ? xOf(todayAt) : null,
  };
}

/** Every month of the span in millions, also those in which nothing is spent. */
function cumulated(months: readonly SpendMonth[], span: { first: number; count: number }) {
  const known = new Map(months.map((month) => [month.month, month]));
  let soFar = 0;
  return Array.from({ length: span.count }, (_, at) => {
    const month = monthFromOrdinal(span.first + at);
    const parts = (known.get(month)?.parts ?? []).map((part) => Math.max(part, 0) / 1e6);
    const total = parts.reduce((sum, part) => sum + part, 0);
    soFar += total;
    return { month, parts, total, soFar };
  });
}

function halfAt(row: { month: string } | undefined, x: number, y: number, right: number) {
  if (!row) return null;
  const isLeft = x + textWidth('half by September 2028', 11) > right;
  return {
    x,
    y,
    month: row.month,
    labelX: px(x + (isLeft ? -8 : 8)),
    anchor: isLeft ? ('end' as const) : ('start' as const),
  };
}
