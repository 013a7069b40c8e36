import { px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** A probability after so many paths, with its 95 % band; in per cent. */
export type Estimate = { paths: number; value: number; low: number; high: number };

export type ConvergenceGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  base: number;
  band: string;
  line: string;
  points: { estimate: Estimate; x: number; y: number }[];
  xTicks: Tick[];
  yTicks: Tick[];
};

/** How an estimate settles as paths are added. */
export function convergenceLayout(
  estimates: readonly Estimate[],
  size: Size & { height: number },
): ConvergenceGeometry {
  const left = 14 + textWidth('100', 10.5);
  const right = size.width - 10;
  const [top, base] = [6, size.height - 20];
  const last = estimates.at(-1);
  // The first few paths say little: the scale is that of what is known after some of them.
  const known = estimates.slice(Math.min(2, Math.max(estimates.length - 1, 0)));
  const low = Math.min(...known.map((one) => one.low), last?.value ?? 0);
  const high = Math.max(...known.map((one) => one.high), (last?.value ?? 0) + 0.2);
  const x = linear([0, Math.max(last?.paths ?? 1, 1)], [left, right]);
  const y = linear([Math.max(low, 0), Math.min(high, 100.0)], [base, top], true);
  const at = (value: number) => px(Math.min(Math.max(y(value), top), base));
  const edge = (side: 'low' | 'high' | 'value') =>
    estimates.map((one) => `${px(x(one.paths))},${at(one[side])}`);
  const isDrawn = estimates.length > 1;
  return {
    width: size.width,
    height: size.height,
    left: px(left),
    right: px(right),
    top,
    base,
    band: isDrawn ? `M${edge('high').join('L')}L${edge('low').reverse().join('L')}Z` : '',
    line: isDrawn ? `M${edge('value').join('L')}` : '',
    points: estimates.map((estimate) => ({ estimate, x: px(x(estimate.paths)), y: at(estimate.value) })),
    xTicks: ticks(x, 2).map((tick) => ({ value: tick.value, at: px(tick.at) })),
    yTicks: ticks(y, 3).map((tick) => ({ value: tick.value, at: px(tick.at) })),
  };
}
