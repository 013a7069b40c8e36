import { formatMonth, monthFromOrdinal, monthOrdinal } from '../../domain/dates.ts';
import type { Kind } from '../../domain/kinds.ts';
import { px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';
import { type AreaLabel, areaLabels, type Band, nearMarker, rightFor } from './area-labels.ts';

export function axisOf(months: readonly string[]): { first: number; count: number } {
  const ordinals = months.map(monthOrdinal);
  const first = Math.min(...ordinals);
  return months.length === 0 ? { first: 0, count: 0 } : { first, count: Math.max(...ordinals) - first + 1 };
}

export function monthTicks(
  span: { first: number; count: number },
  left: number,
  wide: number,
  width: number,
  locale: string,
): { label: string; at: number }[] {
  const most = Math.max(2, Math.floor((width - left) / 92));
  const steps = [1, 2, 3, 6, 12, 24, 36, 60];
  const step = steps.find((candidate) => span.count / candidate <= most) ?? 120;
  const found: { label: string; at: number }[] = [];
  for (let offset = 0; offset < span.count; offset += step) {
    const at = left + offset * wide;
    const label = formatMonth(monthFromOrdinal(span.first + offset), locale);
    if (at + textWidth(label, 10.5) > width && found.length > 0) break;
    found.push({ label, at: px(at) });
  }
  return found;
}

export type DebtSeries = {
  id: string;
  label: string;
  kind: Kind;
  points: readonly { month: string; balance: number; address?: string }[];
};
export type DebtGeometry = {
  width: number;
  height: number;
  areas: { id: string; kind: Kind; path: string; name: string; label: AreaLabel | null }[];
  yTicks: Tick[];
  xTicks: { label: string; at: number }[];
  left: number;
  right: number;
  zero: number;
  peak: { x: number; y: number; value: number; month: string; anchor: 'middle' | 'end' } | null;
  marker: number | null;
};

/** Balances by facility as steps, stacked: what is owed at each month's end. */
export function debtLayout(
  series: readonly DebtSeries[],
  size: Size & { height?: number },
  locale: string,
  markerMonth?: string,
  peakText = '',
): DebtGeometry {
  const height = size.height ?? 210;
  const left = 34;
  const span = axisOf(series.flatMap((one) => one.points.map((point) => point.month)));
  const stacked = stack(series, span);
  const totals = stacked.at(-1)?.upper ?? [];
  const y = linear([0, Math.max(...totals, 1e-9)], [height - 24, 16], true);
  const wideTo = (end: number) => (end - left) / Math.max(span.count, 1);
  const bands: Band[] = stacked.map(({ one, lower, upper }) => ({
    id: one.id,
    label: one.label,
    months: lower.map((low, at) => ((upper[at] ?? 0) > low ? { top: y(upper[at] ?? 0), low: y(low) } : null)),
  }));
  const { right, beside } = rightFor(bands, wideTo, size.width);
  const wide = wideTo(right);
  const line = markerMonth ? monthOrdinal(markerMonth) - span.first : null;
  const frame = { left, right, wide, width: size.width, low: 20, high: y(0), line };
  const labels = areaLabels(bands, beside, frame);
  const peakAt = totals.reduce((best, value, at) => (value > (totals[best] ?? 0) ? at : best), 0);
  const peakX = left + (peakAt + 0.5) * wide;
  const marker = line === null ? null : px(left + line * wide);
  const isNear = nearMarker(peakX, marker, peakText);
  return {
    width: size.width,
    height,
    areas: stacked.map(({ one, lower, upper, row }) => ({
      id: one.id,
      kind: one.kind,
      path: stepArea(lower, upper, row, left, wide, y),
      name: one.label,
      label: labels.get(one.id) ?? null,
    })),
    yTicks: ticks(y, 4).map(({ value, at }) => ({ value, at: px(at) })),
    xTicks: monthTicks(span, left, wide, size.width, locale),
    left,
    right,
    zero: px(y(0)),
    peak:
      span.count === 0
        ? null
        : {
            // Beside the marker's line, whose own label stands to its right.
            x: px(isNear && marker !== null ? marker - 6 : peakX),
            y: px(y(totals[peakAt] ?? 0)),
            value: totals[peakAt] ?? 0,
            month: monthFromOrdinal(span.first + peakAt),
            anchor: isNear ? 'end' : 'middle',
          },
    marker,
  };
}

/** Each facility's balance by month, and what it lies between when they stand on each other. */
function stack(series: readonly DebtSeries[], span: { first: number; count: number }) {
  let base = new Array<number>(span.count).fill(0);
  return series.map((one) => {
    const row = new Array<number>(span.count).fill(0);
    for (const point of one.points)
      row[monthOrdinal(point.month) - span.first] = Math.max(point.balance, 0) / 1e6;
    const lower = base;
    const upper = row.map((value, at) => (lower[at] ?? 0) + value);
    base = upper;
    return { one, row, lower, upper };
  });
}

function stepArea(
  lower: readonly number[],
  upper: readonly number[],
  row: readonly number[],
  left: number,
  wide: number,
  y: (value: number) => number,
): string {
  const runs: string[] = [];
  let at = 0;
  while (at < row.length) {
    if ((row[at] ?? 0) <= 0) {
      at++;
      continue;
    }
    let end = at;
    while (end < row.length && (row[end] ?? 0) > 0) end++;
    const topEdge: string[] = [];
    const lowEdge: string[] = [];
    for (let step = at; step < end; step++) {
      const x0 = px(left + step * wide);
      const x1 = px(left + (step + 1) * wide);
      topEdge.push(`${x0},${px(y(upper[step] ?? 0))}`, `${x1},${px(y(upper[step] ?? 0))}`);
      lowEdge.unshift(`${x1},${px(y(lower[step] ?? 0))}`, `${x0},${px(y(lower[step] ?? 0))}`);
    }
    runs.push(`M${[...topEdge, ...lowEdge].join('L')}Z`);
    at = end;
  }
  return runs.join('');
}
