import type { Money } from '../../domain/money.ts';
import { toScale } from '../../domain/money.ts';
import { px } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';

/** One line of a program in statutory order: what the rule takes out of the base, what remains, and what the rate pays on it. */
export type BridgeStep = {
  id: string;
  label: string;
  note: string | null;
  /** What remains; none for a step on the credit itself. */
  base: Money | null;
  takenOut: Money | null;
  rate: string | null;
  credit: Money | null;
  addresses: { base?: string; takenOut?: string; rate?: string; credit?: string };
};

export type BridgeBar = {
  step: BridgeStep;
  width: number;
  outX: number;
  outWidth: number;
  tone: 'neutral' | 'soft';
};

/** Bars of one program share a scale: the largest base before any reduction. */
export function bridgeLayout(steps: readonly BridgeStep[], size: Size): BridgeBar[] {
  const before = (step: BridgeStep) =>
    step.base === null ? 0 : toScale(step.base) + Math.abs(step.takenOut ? toScale(step.takenOut) : 0);
  const most = Math.max(...steps.map(before), 1e-9);
  return steps.map((step) => {
    if (step.base === null) return { step, width: 0, outX: 0, outWidth: 0, tone: 'neutral' };
    const width = px((Math.max(toScale(step.base), 0) / most) * size.width);
    const out = step.takenOut ? Math.abs(toScale(step.takenOut)) : 0;
    return {
      step,
      width,
      outX: width,
      outWidth: px((out / most) * size.width),
      tone: step.credit && step.credit.minor !== 0 ? 'soft' : 'neutral',
    };
  });
}
