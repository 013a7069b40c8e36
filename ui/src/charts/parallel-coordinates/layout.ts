import { px, wrapped } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';

export type ParallelAxis = {
  key: string;
  label: string;
  unit: string;
  /** Which end of the axis stands at the top. */
  better: 'higher' | 'lower';
};

export type ParallelLine = {
  id: string;
  label: string;
  /** By axis; null where the deal has no such value. */
  values: readonly (number | null)[];
  isNow: boolean;
};

export type ParallelData = { axes: readonly ParallelAxis[]; lines: readonly ParallelLine[] };

export type ParallelGeometry = {
  width: number;
  height: number;
  top: number;
  base: number;
  axes: {
    axis: ParallelAxis;
    x: number;
    /** The best value at the top, the worst at the bottom. */
    best: number | null;
    worst: number | null;
    words: string[];
  }[];
  lines: {
    line: ParallelLine;
    path: string;
    dots: { x: number; y: number; value: number; axis: number }[];
  }[];
};

const HEAD = 72;
const FOOT = 20;

/** Every deal as a line over its measures, better always above, so that a line that lies higher is a better deal. */
export function parallelLayout(
  { axes, lines }: ParallelData,
  size: Size & { height: number },
): ParallelGeometry {
  const [top, base] = [HEAD, size.height - FOOT];
  const edge = Math.min(38, size.width * 0.1);
  const step = axes.length > 1 ? (size.width - 2 * edge) / (axes.length - 1) : 0;
  const placed = axes.map((axis, at) => {
    const values = lines.flatMap((line) => line.values[at] ?? []);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const isUp = axis.better === 'higher';
    return {
      axis,
      x: px(axes.length > 1 ? edge + at * step : size.width / 2),
      best: values.length === 0 ? null : isUp ? high : low,
      worst: values.length === 0 ? null : isUp ? low : high,
      words: wrapped(axis.label, Math.max(step - 8, 56), 11, 'strong').slice(0, 3),
    };
  });
  const heightOf = (at: number, value: number): number => {
    const { best = null, worst = null } = placed[at] ?? {};
    // What is the same everywhere is neither good nor bad.
    if (best === null || worst === null || best === worst) return px((top + base) / 2);
    return px(base - ((value - worst) / (best - worst)) * (base - top));
  };
  return {
    width: size.width,
    height: size.height,
    top,
    base,
    axes: placed,
    lines: lines.map((line) => {
      const dots = line.values.flatMap((value, axis) =>
        value === null ? [] : [{ x: placed[axis]?.x ?? 0, y: heightOf(axis, value), value, axis }],
      );
      return { line, dots, path: pathOf(dots) };
    }),
  };
}

/** A line is broken where a value is missing: nobody reads one into the gap. */
function pathOf(dots: readonly { x: number; y: number; axis: number }[]): string {
  return dots.map(({ x, y, axis }, at) => `${dots[at - 1]?.axis === axis - 1 ? 'L' : 'M'}${x},${y}`).join('');
}
