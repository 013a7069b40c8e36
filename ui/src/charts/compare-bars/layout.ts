import { type Money, toScale } from '../../domain/money.ts';
import { fitted, px } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';

/** One way to claim or to spend, with what it would leave. */
export type Way = {
  id: string;
  label: string;
  kind: 'now' | 'claim' | 'place';
  net: Money;
  address: string;
  rate: { text: string; address: string } | null;
  month: string;
  isUnverified: boolean;
};

export type WayBar = {
  way: Way;
  y: number;
  x: number;
  width: number;
  /** The name above the bar where there is no room beside it. */
  label: { x: number; y: number; text: string };
  values: { rate: number; month: number; y: number };
};

export type CompareGeometry = {
  width: number;
  height: number;
  bars: WayBar[];
  ticks: Tick[];
  /** Where what is claimed now ends. */
  now: number | null;
  top: number;
  bottom: number;
  columns: { rate: number; month: number };
};

const BAR = 14;
const RATE = 52;
const MONTH = 66;
/** Room for the amount behind the longest bar. */
const VALUE = 40;

/** Bars from nought on one scale, the present one as a line through all. Wide: names at the left; narrow: above. */
export function compareLayout(ways: readonly Way[], { width }: { width: number }): CompareGeometry {
  const isNarrow = width < 560;
  const names = isNarrow ? 0 : Math.min(width * 0.34, 300);
  const right = width - RATE - MONTH - VALUE;
  const most = Math.max(...ways.map(({ net }) => toScale(net) / 1e6), 1e-9);
  const scale = linear([0, most], [names, right], true);
  const top = 18;
  const step = isNarrow ? 36 : 26;
  const bars = ways.map((way, at): WayBar => {
    const y = top + at * step + (isNarrow ? 16 : 6);
    const end = scale(Math.max(toScale(way.net) / 1e6, 0));
    return {
      way,
      y: px(y),
      x: px(names),
      width: px(Math.max(end - names, 1)),
      label: isNarrow
        ? { x: 0, y: px(y - 4), text: fitted(way.label, width - 8, 1, 11.5)[0] ?? way.label }
        : { x: 0, y: px(y + BAR - 3), text: fitted(way.label, names - 12, 1, 11.5)[0] ?? way.label },
      values: { rate: px(width - MONTH - 8), month: px(width), y: px(y + BAR - 3) },
    };
  });
  const bottom = top + ways.length * step + 2;
  const present = ways.find((way) => way.kind === 'now');
  return {
    width,
    height: px(bottom + 20),
    bars,
    ticks: ticks(scale, isNarrow ? 3 : 5).map(({ value, at }) => ({ value, at: px(at) })),
    now: present ? px(scale(Math.max(toScale(present.net) / 1e6, 0))) : null,
    top,
    bottom,
    columns: { rate: px(width - MONTH - 8), month: px(width) },
  };
}

export const BAR_HEIGHT = BAR;
