import { px } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** One quarter as it is drawn: what each window earns, and what the lowest and the highest case come to. */
export type QuarterDatum = {
  quarter: string;
  label: string;
  address?: string;
  windows: readonly { window: string; amount: number; address?: string }[];
  low: number | null;
  high: number | null;
};
export type QuarterBlock = {
  id: string;
  window: string;
  quarter: string;
  x: number;
  y: number;
  width: number;
  height: number;
  amount: number;
  address?: string;
};
export type QuarterBand = { quarter: string; x: number; low: number; high: number };
export type QuartersGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  zero: number;
  yTicks: Tick[];
  xTicks: { label: string; at: number }[];
  blocks: QuarterBlock[];
  bands: QuarterBand[];
};

const LEFT = 34;
const TOP = 14;
const FOOT = 24;
/** A column is never wider than this, so that a film of two quarters is not two walls. */
const WIDEST = 34;

/** `2029-Q3` as a count of quarters, so that the empty ones between two of them keep their place. */
export function quarterOrdinal(quarter: string): number {
  const [year, part] = quarter.split('-Q');
  return Number(year) * 4 + Number(part) - 1;
}

/** Columns of what each window earns, quarter by quarter, with the span from the lowest to the highest case. */
export function quartersLayout(
  data: readonly QuarterDatum[],
  order: readonly string[],
  size: Size & { height?: number },
): QuartersGeometry {
  const height = size.height ?? 240;
  const right = size.width;
  const first = data[0] ? quarterOrdinal(data[0].quarter) : 0;
  const last = data.at(-1);
  const count = last ? quarterOrdinal(last.quarter) - first + 1 : 1;
  const step = (right - LEFT) / count;
  const wide = Math.min(WIDEST, Math.max(step * 0.72, 1.5));
  const totals = data.map((one) => one.windows.reduce((sum, part) => sum + Math.max(part.amount, 0), 0));
  const most = Math.max(1e-9, ...totals, ...data.map((one) => one.high ?? 0));
  const y = linear([0, most], [height - FOOT, TOP], true);
  const blocks: QuarterBlock[] = [];
  const bands: QuarterBand[] = [];
  for (const one of data) {
    const middle = LEFT + (quarterOrdinal(one.quarter) - first + 0.5) * step;
    let base = 0;
    for (const window of order) {
      const part = one.windows.find((each) => each.window === window);
      if (!part || part.amount <= 0) continue;
      const top = y(base + part.amount);
      blocks.push({
        id: `${one.quarter}.${window}`,
        window,
        quarter: one.quarter,
        x: px(middle - wide / 2),
        y: px(top),
        width: px(wide),
        height: px(y(base) - top),
        amount: part.amount,
        ...(part.address === undefined ? {} : { address: part.address }),
      });
      base += part.amount;
    }
    if (one.low !== null && one.high !== null && one.high > one.low)
      bands.push({ quarter: one.quarter, x: px(middle), low: px(y(one.low)), high: px(y(one.high)) });
  }
  return {
    width: size.width,
    height,
    left: LEFT,
    right,
    zero: px(y(0)),
    yTicks: ticks(y, 4).map(({ value, at }) => ({ value, at: px(at) })),
    xTicks: labels(data, first, step, right),
    blocks,
    bands,
  };
}

/** Labels that leave each other room, each under the middle of its quarter. */
function labels(data: readonly QuarterDatum[], first: number, step: number, right: number) {
  const found: { label: string; at: number }[] = [];
  let free = LEFT;
  for (const { quarter, label } of data) {
    const at = LEFT + (quarterOrdinal(quarter) - first + 0.5) * step;
    const half = label.length * 2.9;
    if (at - half < free || at + half > right + 4) continue;
    found.push({ label, at: px(at) });
    free = at + half + 14;
  }
  return found;
}
