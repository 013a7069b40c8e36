import type { Kind } from '../../domain/kinds.ts';
import { type Money, toScale } from '../../domain/money.ts';
import { fitted, px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** `out`: worldwide receipts at which the party is out; null when no receipts in reach pay it out. */
export type LadderStep = { id: string; label: string; kind: Kind; out: Money | null; address?: string };

export type LadderGeometry = {
  width: number;
  height: number;
  rows: {
    step: LadderStep;
    /** The name, cut where the bars begin. */
    name: string;
    x: number;
    y: number;
    width: number;
    height: number;
    value: number | null;
  }[];
  ticks: Tick[];
  reference: { x: number; value: number } | null;
  left: number;
  plotBottom: number;
};

/** Bars along one axis from `from` to `to`: each begins where the farthest before it ended. A pack draws the same. */
export function ladderBars(
  values: readonly (number | null)[],
  estimated: number | null,
  from: number,
  to: number,
) {
  const end = Math.max(...values.map((value) => value ?? 0), estimated ?? 0, 1e-6) * 1.08;
  const scale = linear([0, end], [from, to]);
  let reached = 0;
  const bars = values.map((value) => {
    const x0 = scale(value === null ? 0 : Math.min(reached, value));
    const x1 = scale(value ?? 0);
    if (value !== null) reached = Math.max(reached, value);
    return { x: px(x0), width: px(Math.max(x1 - x0, value === null ? 0 : 1)) };
  });
  return {
    bars,
    ticks: ticks(scale, 5).map(({ value, at }) => ({ value, at: px(at) })),
    estimatedAt: estimated === null ? null : px(scale(estimated)),
  };
}

/** Receipts needed until each party is out: each bar begins where the one before ended. */
export function ladderLayout(steps: readonly LadderStep[], base: Money | null, size: Size): LadderGeometry {
  const longest = Math.max(0, ...steps.map((step) => textWidth(step.label, 11, 'strong')));
  const left = Math.min(Math.max(longest + 12, 90), 220, size.width * 0.36);
  const row = 20;
  const top = 22;
  const values = steps.map((step) => (step.out ? toScale(step.out) / 1e6 : null));
  const reference = base ? toScale(base) / 1e6 : null;
  const { bars, ticks, estimatedAt } = ladderBars(values, reference, left, size.width - 44);
  const rows = steps.map((step, index) => ({
    step,
    name: fitted(step.label, left - 8, 11, 1)[0] ?? step.label,
    x: bars[index]?.x ?? left,
    y: top + index * row,
    width: bars[index]?.width ?? 0,
    height: 13,
    value: values[index] ?? null,
  }));
  const plotBottom = top + steps.length * row;
  return {
    width: size.width,
    height: plotBottom + 20,
    rows,
    ticks,
    reference: reference === null || estimatedAt === null ? null : { x: estimatedAt, value: reference },
    left: px(left),
    plotBottom,
  };
}
