import { px, spread, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** What has come in by the end of a quarter, by percentile, in millions. */
export type FanPoint = {
  quarter: string;
  p5: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
  address?: string;
};
export type FanData = { points: readonly FanPoint[]; invested: number };

export type FanGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  base: number;
  outer: string;
  inner: string;
  median: string;
  invested: { y: number; labelX: number } | null;
  labels: { id: Band; y: number; value: number; isMedian: boolean }[];
  columns: { point: FanPoint; x: number; width: number; at: number }[];
  xTicks: { text: string; at: number }[];
  yTicks: Tick[];
};

const BANDS = ['p95', 'p75', 'p50', 'p25', 'p5'] as const;
type Band = (typeof BANDS)[number];

/** Bands of what has come in so far over the quarters, with the last value of each beside it. */
export function fanLayout(data: FanData, size: Size & { height: number }): FanGeometry {
  const { points } = data;
  const last = points.at(-1);
  const highest = Math.max(data.invested, ...points.map(({ p95 }) => p95), 1e-9);
  const lowest = Math.min(0, ...points.map(({ p5 }) => p5));
  const decimals = highest < 10 ? 1 : 0;
  const left = 14 + textWidth(highest.toFixed(decimals), 10.5);
  const right = size.width - 66;
  const [top, base] = [8, size.height - 22];
  const y = linear([lowest, highest * 1.04], [base, top]);
  const step = points.length > 1 ? (right - left) / (points.length - 1) : 0;
  const x = (at: number) => left + at * step;
  const edge = (band: Band) => points.map((point, at) => `${px(x(at))},${px(y(point[band]))}`);
  const area = (high: Band, low: Band) =>
    points.length > 1 ? `M${edge(high).join('L')}L${edge(low).reverse().join('L')}Z` : '';
  const wanted = BANDS.map((band) => y(last?.[band] ?? 0));
  const placed = spread(wanted, 14, top + 4, base);
  return {
    width: size.width,
    height: size.height,
    left: px(left),
    right: px(right),
    top,
    base,
    outer: area('p95', 'p5'),
    inner: area('p75', 'p25'),
    median: points.length > 1 ? `M${edge('p50').join('L')}` : '',
    invested: data.invested > 0 ? { y: px(y(data.invested)), labelX: px(left + 4) } : null,
    labels: last
      ? BANDS.map((id, at) => ({ id, y: px(placed[at] ?? 0), value: last[id], isMedian: id === 'p50' }))
      : [],
    columns: points.map((point, at) => ({
      point,
      at: px(x(at)),
      x: px(Math.max(x(at) - step / 2, left)),
      width: px(Math.max(Math.min(x(at) + step / 2, right) - Math.max(x(at) - step / 2, left), 1)),
    })),
    xTicks: quarterTicks(points, x, right - left),
    yTicks: ticks(y, 5).map(({ value, at }) => ({ value, at: px(at) })),
  };
}

/** `2029-Q4` as people write it. */
export function quarterName(quarter: string): string {
  const [year, part] = quarter.split('-');
  return `${part} ${year}`;
}

/** The last quarter of each year, or of each second or fifth where there is no room. */
function quarterTicks(points: readonly FanPoint[], x: (at: number) => number, room: number) {
  const years = points.flatMap(({ quarter }, at) => (quarter.endsWith('Q4') ? [{ quarter, at }] : []));
  const most = Math.max(1, Math.floor(room / 66));
  const every = [1, 2, 5, 10].find((each) => years.length / each <= most) ?? 20;
  return years
    .filter((_, at) => at % every === 0)
    .map(({ quarter, at }) => ({ text: quarterName(quarter), at: px(x(at)) }));
}
