import { fitted, px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** What a result comes to with one input at its 10th and at its 90th percentile, all others in their middle. */
export type Swing = {
  id: string;
  label: string;
  low: number;
  high: number;
  lowText: string;
  highText: string;
  /** Both inputs in words, for a reader who does not see the bar. */
  inputs?: string;
  /** The cell that is opened. */
  path: string;
  address?: string;
};

export type TornadoRow = {
  swing: Swing;
  name: string;
  y: number;
  low: { x: number; width: number; textX: number; anchor: 'start' | 'end' };
  high: { x: number; width: number; textX: number; anchor: 'start' | 'end' };
};

export type TornadoGeometry = {
  width: number;
  height: number;
  row: number;
  top: number;
  bottom: number;
  base: { x: number };
  rows: TornadoRow[];
  ticks: Tick[];
};

const ROW = 26;
const HEAD = 22;

/** One bar for each input, the widest first, to either side of the base. */
export function tornadoLayout(swings: readonly Swing[], base: number, size: Size): TornadoGeometry {
  const sorted = [...swings].sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
  const texts = Math.max(
    0,
    ...sorted.flatMap(({ lowText, highText }) => [lowText, highText].map((text) => textWidth(text, 11))),
  );
  const longest = Math.max(0, ...sorted.map(({ label }) => textWidth(label, 11, 'strong')));
  const nameWidth = Math.min(longest + 4, size.width * 0.4);
  const left = nameWidth + texts + 10;
  const right = size.width - texts - 8;
  const ends = sorted.flatMap(({ low, high }) => [low, high]);
  const [least, most] = [Math.min(base, ...ends), Math.max(base, ...ends)];
  const domain: [number, number] = least === most ? [base - 1, base + 1] : [least, most];
  const x = linear(domain, [left, Math.max(right, left + 20)]);
  const bottom = HEAD + Math.max(sorted.length, 1) * ROW;
  return {
    width: size.width,
    height: bottom + 20,
    row: ROW,
    top: HEAD,
    bottom,
    base: { x: px(x(base)) },
    rows: sorted.map((swing, at) => ({
      swing,
      name: fitted(swing.label, nameWidth, 11, 1, 'strong')[0] ?? '',
      y: HEAD + at * ROW,
      ...sides(swing, base, x),
    })),
    ticks: ticks(x, Math.max(2, Math.min(4, Math.floor((right - left) / 46)))).map(({ value, at }) => ({
      value,
      at: px(at),
    })),
  };
}

/** Where both inputs move the result to one side, the longer bar lies under the shorter and their texts stay apart. */
function sides(swing: Swing, base: number, x: ReturnType<typeof linear>): Pick<TornadoRow, 'low' | 'high'> {
  const part = (value: number, isOuter: boolean, leans: 'start' | 'end') => {
    const [from, to] = [x(Math.min(base, value)), x(Math.max(base, value))];
    const anchor = value === base ? leans : value > base ? ('start' as const) : ('end' as const);
    const opposite = anchor === 'start' ? ('end' as const) : ('start' as const);
    const side = isOuter ? anchor : opposite;
    const edge = isOuter ? x(value) : x(base);
    return { x: px(from), width: px(to - from), textX: px(edge + (side === 'start' ? 5 : -5)), anchor: side };
  };
  const { low, high } = swing;
  const isOneSided = (low - base) * (high - base) > 0;
  const lowIsOuter = !isOneSided || Math.abs(low - base) >= Math.abs(high - base);
  const highIsOuter = !isOneSided || !lowIsOuter;
  return {
    low: part(low, lowIsOuter, high >= base ? 'end' : 'start'),
    high: part(high, highIsOuter, low > base ? 'end' : 'start'),
  };
}
