import { px } from '../../charts/kernel/measure.ts';
import { linear, type Tick, ticks } from '../../charts/kernel/scales.ts';

/** A quarter as it is drawn, in millions: what the estimate brings, what came, and what is still expected. */
export type ActualDatum = {
  quarter: string;
  label: string;
  estimate: { amount: number; address: string } | null;
  came: { amount: number; address: string } | null;
  /** All that counts in it, what came and what is still expected. */
  counted: { amount: number; address: string } | null;
};
export type ActualBar = {
  id: string;
  part: 'estimate' | 'came' | 'counted';
  quarter: string;
  amount: number;
  address: string;
  x: number;
  y: number;
  width: number;
  height: number;
};
export type ActualsGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  zero: number;
  yTicks: Tick[];
  xTicks: { label: string; at: number }[];
  bars: ActualBar[];
};

const LEFT = 40;
const TOP = 12;
const FOOT = 24;
const WIDEST = 46;

/** Two columns a quarter: the estimate, and beside it what came in front of all that counts. */
export function actualsLayout(
  data: readonly ActualDatum[],
  size: { width: number; height: number },
): ActualsGeometry {
  const { width, height } = size;
  const step = (width - LEFT) / Math.max(data.length, 1);
  const wide = Math.min(WIDEST, step * 0.8);
  const one = Math.max(wide / 2 - 1, 1);
  const amounts = data.flatMap(({ estimate, came, counted }) => [
    estimate?.amount ?? 0,
    came?.amount ?? 0,
    counted?.amount ?? 0,
  ]);
  const most = Math.max(1e-9, ...amounts);
  const least = Math.min(0, ...amounts);
  const y = linear([least, most], [height - FOOT, TOP], true);
  const zero = y(0);
  const bars: ActualBar[] = [];
  data.forEach((datum, at) => {
    const middle = LEFT + (at + 0.5) * step;
    for (const part of ['estimate', 'counted', 'came'] as const) {
      const drawn = datum[part];
      if (!drawn || drawn.amount === 0) continue;
      const edge = y(drawn.amount);
      bars.push({
        id: `${datum.quarter}.${part}`,
        part,
        quarter: datum.quarter,
        amount: drawn.amount,
        address: drawn.address,
        x: px(part === 'estimate' ? middle - one - 1 : middle + 1),
        y: px(Math.min(edge, zero)),
        width: px(one),
        height: px(Math.max(Math.abs(zero - edge), 1)),
      });
    }
  });
  return {
    width,
    height,
    left: LEFT,
    right: width,
    zero: px(zero),
    yTicks: ticks(y, 4).map(({ value, at }) => ({ value, at: px(at) })),
    xTicks: labels(data, step, width),
    bars,
  };
}

/** Labels that leave each other room, each under the middle of its quarter. */
function labels(data: readonly ActualDatum[], step: number, right: number) {
  const found: { label: string; at: number }[] = [];
  let free = LEFT - 10;
  data.forEach(({ label }, at) => {
    const middle = LEFT + (at + 0.5) * step;
    const half = label.length * 2.9;
    if (middle - half < free || middle + half > right + 4) return;
    found.push({ label, at: px(middle) });
    free = middle + half + 12;
  });
  return found;
}
