import { scaleLinear } from 'd3';
import type { ParetoPoint, Sight } from './data.ts';

type Range = readonly [number, number];

function span(values: readonly number[]): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  // Points that stand all in one place have room around them in the measure of their own size.
  const room = low === high ? Math.max(Math.abs(low) * 0.1, 0.01) : (high - low) * 0.06;
  const nice = scaleLinear()
    .domain([low - room, high + room])
    .nice(6)
    .domain();
  return [nice[0] ?? low, nice[1] ?? high];
}

/** Everything in sight, with some air. */
export function wholeSight(points: readonly Pick<ParetoPoint, 'x' | 'y'>[]): Sight {
  return { x: span(points.map(({ x }) => x)), y: span(points.map(({ y }) => y)) };
}

/** The deepest somebody can look: a hundredth of everything. */
const DEEPEST = 0.01;

/** Nearer by a factor above one, with what is under the hand kept where it is; never farther than everything. */
export function zoomed(sight: Sight, whole: Sight, factor: number, at: { x: number; y: number }): Sight {
  const along = (now: Range, all: Range, fixed: number): Range => {
    const size = Math.max(now[1] - now[0], Number.MIN_VALUE);
    const most = all[1] - all[0];
    const next = Math.min(Math.max(size / factor, most * DEEPEST), most);
    const share = (fixed - now[0]) / size;
    return inside([fixed - share * next, fixed + (1 - share) * next], all);
  };
  return { x: along(sight.x, whole.x, at.x), y: along(sight.y, whole.y, at.y) };
}

/** Moved by so much of the axes, as far as there is something to see. */
export function panned(sight: Sight, whole: Sight, by: { x: number; y: number }): Sight {
  const along = (now: Range, all: Range, step: number): Range => inside([now[0] + step, now[1] + step], all);
  return { x: along(sight.x, whole.x, by.x), y: along(sight.y, whole.y, by.y) };
}

function inside([low, high]: Range, [least, most]: Range): Range {
  if (low < least) return [least, Math.min(least + (high - low), most)];
  if (high > most) return [Math.max(most - (high - low), least), most];
  return [low, high];
}

/** The least move that brings a point into sight. */
export function towards(sight: Sight, whole: Sight, point: { x: number; y: number }): Sight {
  const away = ([low, high]: Range, value: number) => {
    const edge = (high - low) * 0.08;
    if (value < low + edge) return value - low - edge;
    return value > high - edge ? value - high + edge : 0;
  };
  const isSeen = ([low, high]: Range, value: number) => value >= low && value <= high;
  if (isSeen(sight.x, point.x) && isSeen(sight.y, point.y)) return sight;
  return panned(sight, whole, { x: away(sight.x, point.x), y: away(sight.y, point.y) });
}
