import { formatMillions, toScale } from '../../domain/money.ts';
import { fitted, px, spread, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Segment, Size } from '../kernel/types.ts';

export type ClosingData = { uses: readonly Segment[]; sources: readonly Segment[] };

export type BarSegment = {
  segment: Segment;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Inside the segment, beside it (a leader or the column's list), or only in the tooltip and table. */
  label: 'inside' | 'beside' | 'none';
  labelX: number;
  labelY: number;
  amountText: string;
  /** The name beside a column, broken or cut to the room there is; elsewhere it is one. */
  lines: string[];
};

export type ClosingGeometry = {
  form: 'rows' | 'columns';
  width: number;
  height: number;
  bars: { id: 'uses' | 'sources'; x: number; y: number; segments: BarSegment[] }[];
  ticks: Tick[];
  /** End of the uses: what the sources must reach. */
  target: { x1: number; y1: number; x2: number; y2: number };
};

const GAP = 1.5;
const BAR = 34;
export const LINE = 13;

export function closingLayout(data: ClosingData, size: Size, locale: string): ClosingGeometry {
  return size.width < 560 ? columns(data, size, locale) : rows(data, size, locale);
}

function total(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + Math.max(toScale(segment.amount), 0), 0) / 1e6;
}

function rows(data: ClosingData, { width }: Size, locale: string): ClosingGeometry {
  const left = 92;
  const right = 12;
  const top = 30;
  const between = 12;
  const end = Math.max(total(data.uses), total(data.sources), 0.000001);
  const scale = linear([0, end], [left, width - right]);
  const bars = (['uses', 'sources'] as const).map((id, row) => {
    const y = top + row * (BAR + between);
    let from = 0;
    const segments = data[id].map((segment): BarSegment => {
      const value = Math.max(toScale(segment.amount), 0) / 1e6;
      const x = scale(from);
      from += value;
      const gross = scale(from) - x;
      const wide = Math.max(gross - GAP, 0.5);
      const amountText = formatMillions(segment.amount, locale);
      const needs = Math.max(textWidth(segment.label, 11.5, 'strong'), textWidth(amountText, 11)) + 16;
      const fits = needs <= wide;
      return {
        segment,
        x: px(x),
        y,
        width: px(wide),
        height: BAR,
        label: fits ? 'inside' : 'none',
        labelX: px(x + 8),
        labelY: y + 14,
        amountText,
        lines: [segment.label],
      };
    });
    leaders(segments, id === 'uses' ? y - 8 : y + BAR + 30, width - right);
    return { id, x: left, y, segments };
  });
  const bottom = top + 2 * BAR + between;
  const x = px(scale(total(data.uses)));
  const anyBelow = bars[1]?.segments.some((segment) => segment.label === 'beside') ?? false;
  return {
    form: 'rows',
    width,
    height: bottom + (anyBelow ? 40 : 22),
    bars,
    ticks: ticks(scale, 6).map(({ value, at }) => ({ value, at: px(at) })),
    target: { x1: x, y1: top - 6, x2: x, y2: bottom + 4 },
  };
}

/** Segments too narrow for their own label get one beside the bar where it keeps clear of its neighbours. */
function leaders(segments: BarSegment[], y: number, limit: number): void {
  let clear = limit + 12;
  for (const segment of [...segments].reverse()) {
    if (segment.label === 'inside' || segment.width < 2) continue;
    const wide = textWidth(`${segment.segment.label} ${segment.amountText}`, 11);
    const end = Math.min(segment.x + segment.width / 2 + wide / 2, clear - 14);
    if (end < segment.x || end - wide < 0) continue;
    segment.label = 'beside';
    segment.labelX = px(end - wide);
    segment.labelY = y;
    clear = end - wide;
  }
}

function columns(data: ClosingData, { width }: Size, locale: string): ClosingGeometry {
  const top = 26;
  const bar = Math.min(64, width * 0.11);
  const half = width / 2;
  const names = (segments: readonly Segment[]) =>
    segments.map((segment) => fitted(segment.label, half - bar - 14, 11, 2, 'strong'));
  const gapOf = (lines: readonly string[][]) => Math.max(1, ...lines.map((one) => one.length)) * LINE + LINE;
  const height = Math.max(
    300,
    ...[data.uses, data.sources].map((segments) => top + 24 + gapOf(names(segments)) * segments.length),
  );
  const end = Math.max(total(data.uses), total(data.sources), 0.000001);
  const scale = linear([0, end], [height - 8, top]);
  const bars = (['uses', 'sources'] as const).map((id, side) => {
    const x = side * half;
    let from = 0;
    const lines = names(data[id]);
    const segments = data[id].map((segment, index) => {
      const value = Math.max(toScale(segment.amount), 0) / 1e6;
      const bottom = scale(from);
      from += value;
      const y = scale(from);
      const tall = Math.max(bottom - y - GAP, 0.5);
      return {
        segment,
        x: px(x),
        y: px(y),
        width: bar,
        height: px(tall),
        label: 'beside' as const,
        labelX: px(x + bar + 8),
        labelY: px(y + tall / 2 + 4),
        amountText: formatMillions(segment.amount, locale),
        lines: lines[index] ?? [],
      };
    });
    const placed = spread(
      segments.map((segment) => segment.labelY),
      gapOf(lines),
      top + 8,
      height - gapOf(lines) + LINE - 6,
    );
    segments.forEach((segment, index) => {
      segment.labelY = px(placed[index] ?? segment.labelY);
    });
    return { id, x: px(x), y: top - 12, segments };
  });
  const y = px(scale(total(data.uses)));
  return {
    form: 'columns',
    width,
    height,
    bars,
    ticks: [],
    target: { x1: 0, y1: y, x2: px(half + bar), y2: y },
  };
}
