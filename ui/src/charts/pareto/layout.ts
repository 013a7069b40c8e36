import { quantileSorted, ticks as roundTicks } from 'd3';
import { px } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { ParetoData, ParetoPoint, Sight, Way } from './data.ts';
import { type Label, labelsOf } from './labels.ts';

export type Frame = { left: number; right: number; top: number; bottom: number };
export type Scale = ReturnType<typeof linear>;

export type ParetoGeometry = {
  width: number;
  height: number;
  frame: Frame;
  /** Pixels of the points, in the order of the data; also of those out of sight. */
  at: { x: Float64Array; y: Float64Array };
  /** The colour class of each point, 0 the worst; −1 where there is nothing to tell. */
  classes: Int8Array;
  xTicks: Tick[];
  yTicks: Tick[];
  /** What nobody can beat in both: steps from one deal to the next. */
  frontier: string;
  labels: Label[];
  scales: { x: Scale; y: Scale };
};

const MARGIN = { left: 46, right: 14, top: 10, bottom: 34 };

/** The points of a plane as far as they are in sight, the line of those nobody beats, and names that do not overlap. */
export function paretoLayout(
  data: ParetoData,
  sight: Sight,
  size: { width: number; height: number },
): ParetoGeometry {
  const frame = {
    left: MARGIN.left,
    right: Math.max(size.width - MARGIN.right, MARGIN.left + 40),
    top: MARGIN.top,
    bottom: Math.max(size.height - MARGIN.bottom, MARGIN.top + 40),
  };
  const x = linear(sight.x, [frame.left, frame.right]);
  const y = linear(sight.y, [frame.bottom, frame.top]);
  const at = { x: new Float64Array(data.points.length), y: new Float64Array(data.points.length) };
  data.points.forEach((point, place) => {
    at.x[place] = x(point.x);
    at.y[place] = y(point.y);
  });
  const edges = classEdges(data.points.map(({ third }) => third));
  const few = frame.right - frame.left < 360 ? 4 : 6;
  return {
    width: size.width,
    height: size.height,
    frame,
    at,
    classes: Int8Array.from(data.points, ({ third }) => classOf(third, edges, data.third ?? 'higher')),
    xTicks: ticks(x, few),
    yTicks: ticks(y, 6),
    frontier: frontierPath(frontierOf(data), data.x, x, y),
    labels: labelsOf(data.points, at, frame),
    scales: { x, y },
  };
}

/** At most three round edges that part the values into classes somebody can tell apart. */
export function classEdges(values: readonly (number | null)[]): number[] {
  const known = values.filter((value): value is number => value !== null).sort((a, b) => a - b);
  const [low, high] = [quantileSorted(known, 0.1) ?? 0, quantileSorted(known, 0.9) ?? 0];
  if (known.length < 2 || low === high) return [];
  for (const count of [4, 3, 2, 1]) {
    const edges = roundTicks(low, high, count);
    if (edges.length <= 3) return edges;
  }
  return [(low + high) / 2];
}

/** Counted so that the highest class is the best one. */
export function classOf(value: number | null, edges: readonly number[], better: Way): number {
  if (value === null || edges.length === 0) return -1;
  const passed = edges.filter((edge) => value >= edge).length;
  return better === 'higher' ? passed : edges.length - passed;
}

/**
 * Those that nobody beats in the two things drawn, from left to right. A point that stands on the frontier of three
 * things alone is no corner of a line drawn through two.
 */
export function frontierOf({ points, x, y }: ParetoData): ParetoPoint[] {
  const gain = (value: number, way: Way) => (way === 'higher' ? value : -value);
  const best = points
    .filter(({ isEfficient }) => isEfficient)
    .sort((a, b) => gain(b.x, x) - gain(a.x, x) || gain(b.y, y) - gain(a.y, y));
  let top = Number.NEGATIVE_INFINITY;
  const kept = best.filter((point) => {
    const stands = gain(point.y, y) > top;
    if (stands) top = gain(point.y, y);
    return stands;
  });
  return kept.sort((a, b) => a.x - b.x);
}

/** Between two deals one has what the nearer one on the better side gives: steps, no slope. */
function frontierPath(points: readonly ParetoPoint[], better: Way, x: Scale, y: Scale): string {
  return points
    .map((point, place) => {
      const [across, down] = [px(x(point.x)), px(y(point.y))];
      if (place === 0) return `M${across},${down}`;
      return better === 'lower' ? `H${across}V${down}` : `V${down}H${across}`;
    })
    .join('');
}
