import { fitted, px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** A share of the variance with its standard error. */
export type Share = { value: number | null; error: number | null; address?: string };
export type Index = { id: string; label: string; first: Share; total: Share; text: string };

type Dot = { x: number; from: number; to: number } | null;
export type IndicesGeometry = {
  width: number;
  height: number;
  row: number;
  top: number;
  bottom: number;
  left: number;
  rows: { index: Index; name: string; y: number; first: Dot; total: Dot }[];
  ticks: Tick[];
};

const ROW = 28;

/** Two marks for each input: what it explains alone, and with all that it interacts with; whiskers are 95 %. */
export function indicesLayout(indices: readonly Index[], size: Size): IndicesGeometry {
  const sorted = [...indices].sort((a, b) => (b.total.value ?? 0) - (a.total.value ?? 0));
  const longest = Math.max(0, ...sorted.map(({ label }) => textWidth(label, 11, 'strong')));
  const left = Math.min(longest + 14, size.width * 0.42);
  const highest = Math.max(
    0.1,
    ...sorted.flatMap(({ first, total }) => [first, total].map((one) => (one.value ?? 0) + reach(one))),
  );
  const x = linear([0, Math.min(highest * 1.04, 1.2)], [left, size.width - 10]);
  const dot = (share: Share): Dot =>
    share.value === null
      ? null
      : {
          x: px(x(Math.max(share.value, 0))),
          from: px(x(Math.max(share.value - reach(share), 0))),
          to: px(x(share.value + reach(share))),
        };
  const bottom = 6 + Math.max(sorted.length, 1) * ROW;
  return {
    width: size.width,
    height: bottom + 20,
    row: ROW,
    top: 6,
    bottom,
    left: px(left),
    rows: sorted.map((index, at) => ({
      index,
      name: fitted(index.label, left - 10, 11, 1, 'strong')[0] ?? '',
      y: 6 + at * ROW,
      first: dot(index.first),
      total: dot(index.total),
    })),
    ticks: ticks(x, 4).map(({ value, at }) => ({ value, at: px(at) })),
  };
}

const reach = ({ error }: Share): number => 1.96 * (error ?? 0);
