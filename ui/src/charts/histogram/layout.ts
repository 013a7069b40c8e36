import { px, spread, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** A percentile that is marked: what it is called, where it lies, how it is printed. */
export type Percentile = { id: string; label: string; value: number; text: string; address?: string };

/** Paths by result: equal bars from `from` to `to`, and what lies beyond either end. */
export type HistogramData = {
  from: number;
  to: number;
  counts: readonly number[];
  below: number;
  above: number;
  normal: { mean: number; deviation: number } | null;
  percentiles: readonly Percentile[];
  /** Printed for a value of the axis: results are fractions, read in per cent. */
  axis: (value: number) => string;
};

export type Bar = {
  /** Its place: 0 lies below the first bar, `counts.length + 1` above the last. */
  place: number;
  x: number;
  y: number;
  width: number;
  height: number;
  count: number;
  from: number | null;
  to: number | null;
  isLoss: boolean;
  /** Higher than the drawing: its head is cut off and its count stands above it. */
  isCut: boolean;
};

export type HistogramGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  base: number;
  bars: Bar[];
  curve: string;
  band: { x: number; width: number } | null;
  marks: (Percentile & { x: number; labelX: number; isMedian: boolean; isOuter: boolean })[];
  xTicks: { text: string; at: number }[];
  yTicks: Tick[];
};

const HEAD = 34;
const FOOT = 22;
/** What a bar beyond an end takes of the width, its gap to the others included. */
const BEYOND = 26;
const POINTS = 72;

/** Bars, the normal curve with the same mean and deviation, and lines at the percentiles with their values above. */
export function histogramLayout(data: HistogramData, size: Size & { height: number }): HistogramGeometry {
  const most = Math.max(1, ...data.counts);
  const left = 12 + textWidth(String(Math.round(most)).replace(/(\d)(?=(\d{3})+$)/g, '$1,'), 10.5);
  const right = size.width - 4;
  const base = size.height - FOOT;
  const first = left + (data.below > 0 ? BEYOND : 0);
  const last = right - (data.above > 0 ? BEYOND : 0);
  const x = linear([data.from, data.to], [first, last]);
  const y = linear([0, Math.max(most, Math.min(peak(data), most * 1.6)) * 1.06], [base, HEAD]);
  const marks = percentiles(data, x, left, right);
  const [p10, p90] = ['p10', 'p90'].map((id) => data.percentiles.find((one) => one.id === id)?.value);
  return {
    width: size.width,
    height: size.height,
    left: px(left),
    right: px(right),
    top: HEAD,
    base,
    bars: bars(data, { x, y, base, left, right }),
    curve: curve(data, x, y),
    band:
      p10 === undefined || p90 === undefined
        ? null
        : {
            x: px(within(x(p10), left, right)),
            width: px(within(x(p90), left, right) - within(x(p10), left, right)),
          },
    marks,
    xTicks: x.ticks(Math.max(3, Math.floor((last - first) / 70))).map((value) => ({
      text: data.axis(value),
      at: px(x(value)),
    })),
    yTicks: ticks(y, 4).map(({ value, at }) => ({ value, at: px(at) })),
  };
}

type Scale = ReturnType<typeof linear>;
type Field = { x: Scale; y: Scale; base: number; left: number; right: number };

function bars(data: HistogramData, { x, y, base, left, right }: Field): Bar[] {
  const step = (data.to - data.from) / Math.max(data.counts.length, 1);
  const ceiling = HEAD + 10;
  const upright = (count: number, cut: number) => {
    const top = Math.max(y(count), cut);
    return { y: px(top), height: px(Math.max(base - top, 0)), isCut: y(count) < cut };
  };
  const within = data.counts.map((count, at): Bar => {
    const [from, to] = [data.from + at * step, data.from + (at + 1) * step];
    const wide = x(to) - x(from);
    const gap = wide > 6 ? 1 : 0;
    const shape = { x: px(x(from) + gap / 2), width: px(Math.max(wide - gap, 0.5)) };
    // A bar that straddles nothing belongs to the side on which most of it lies.
    return { place: at + 1, ...shape, ...upright(count, 0), count, from, to, isLoss: (from + to) / 2 < 0 };
  });
  const beyond = (place: number, at: number, count: number, from: number | null, to: number | null): Bar => ({
    place,
    x: px(at),
    width: BEYOND - 10,
    ...upright(count, ceiling),
    count,
    from,
    to,
    isLoss: to !== null && to <= 0,
  });
  return [
    ...(data.below > 0 ? [beyond(0, left + 2, data.below, null, data.from)] : []),
    ...within,
    ...(data.above > 0
      ? [beyond(data.counts.length + 1, right - BEYOND + 8, data.above, data.to, null)]
      : []),
  ];
}

/** How many paths the bar in the middle would hold if results were normally distributed. */
function peak({ normal, from, to, counts, below, above }: HistogramData): number {
  if (!normal || normal.deviation <= 0 || counts.length === 0) return 0;
  const paths = counts.reduce((sum, count) => sum + count, below + above);
  return (paths * (to - from)) / counts.length / (normal.deviation * Math.sqrt(2 * Math.PI));
}

function curve(data: HistogramData, x: Scale, y: Scale): string {
  const { normal, from, to } = data;
  const scale = peak(data);
  if (!normal || scale === 0) return '';
  const points = Array.from({ length: POINTS + 1 }, (_, at) => {
    const value = from + ((to - from) * at) / POINTS;
    const z = (value - normal.mean) / normal.deviation;
    return `${px(x(value))},${px(y(scale * Math.exp(-(z * z) / 2)))}`;
  });
  return `M${points.join('L')}`;
}

/** Lines at the percentiles; their labels lean outwards and are kept apart. */
function percentiles(data: HistogramData, x: Scale, left: number, right: number): HistogramGeometry['marks'] {
  const widths = data.percentiles.map(({ label, text }) =>
    Math.max(textWidth(label, 11), textWidth(text, 11, 'strong')),
  );
  const gap = Math.max(0, ...widths) + 8;
  const leans: Record<string, number> = { p5: -1, p10: 1, p50: 0, p90: -1, p95: 1 };
  const wanted = data.percentiles.map(
    ({ id, value }) => within(x(value), left, right) + (leans[id] ?? 0) * (gap / 2),
  );
  const labels = spread(wanted, gap, left + gap / 2 - 4, right - gap / 2 + 4);
  return data.percentiles.map((one, at) => ({
    ...one,
    x: px(within(x(one.value), left, right)),
    labelX: px(labels[at] ?? 0),
    isMedian: one.id === 'p50',
    isOuter: one.id === 'p5' || one.id === 'p95',
  }));
}

const within = (at: number, low: number, high: number): number => Math.min(Math.max(at, low), high);
