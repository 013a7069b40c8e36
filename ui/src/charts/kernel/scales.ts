import { scaleLinear } from 'd3';

export type Tick = { value: number; at: number };

/** A linear scale from zero with at most five grid lines. */
export function linear(domain: readonly [number, number], range: readonly [number, number], nice = false) {
  const scale = scaleLinear()
    .domain([...domain])
    .range([...range]);
  return nice ? scale.nice(4) : scale;
}

export function ticks(scale: ReturnType<typeof linear>, count = 5): Tick[] {
  return scale.ticks(count).map((value) => ({ value, at: scale(value) }));
}
