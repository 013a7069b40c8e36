import type { Certainty, Kind } from '../../domain/kinds.ts';
import { formatMillions, type Money, toScale } from '../../domain/money.ts';
import { fitted, px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** A part of one bar. */
export type BarPart = {
  id: string;
  label: string;
  kind: Kind;
  certainty: Certainty;
  amount: Money;
  address: string;
  /** What stands inside it and does not count here: it is drawn that much narrower, without its amount. */
  less?: readonly Money[];
};

export type Bars = readonly { id: string; label: string; parts: readonly BarPart[] }[];

export type PlacedPart = BarPart & {
  x: number;
  width: number;
  /** The name inside, where it is wide enough for more than its beginning. */
  lines: string[];
  amountText: string | null;
};

export type BarsGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  bars: { id: string; label: string; y: number; tall: number; parts: PlacedPart[] }[];
  ticks: Tick[];
  zero: number;
};

const TALL = 30;
const BETWEEN = 6;
const APART = 18;
const NAME = 15;

/** Bars of one scale below each other; those of one basis stand closer together. */
export function barsLayout(bars: Bars, size: Size, locale: string): BarsGeometry {
  const isNarrow = size.width < 560;
  const widest = Math.max(0, ...bars.map((bar) => textWidth(bar.label, 11)));
  const left = isNarrow ? 0 : px(Math.min(widest + 12, size.width * 0.25));
  const right = size.width - 10;
  const most = Math.max(0.000001, ...bars.map((bar) => sum(bar.parts)));
  const scale = linear([0, most], [left, right]);
  let y = isNarrow ? NAME : 4;
  const placed = bars.map((bar, at) => {
    if (at > 0) y += TALL + (at % 2 === 0 ? APART : BETWEEN) + (isNarrow ? NAME : 0);
    let from = 0;
    const parts = bar.parts.map((part): PlacedPart => {
      const value = counted(part);
      const x = scale(from);
      from += value;
      const width = Math.max(scale(from) - x - 1.5, 0.5);
      return { ...part, x: px(x), width: px(width), ...inside(part, width, locale) };
    });
    return { id: bar.id, label: bar.label, y, tall: TALL, parts };
  });
  return {
    width: size.width,
    height: y + TALL + 22,
    left,
    right,
    bars: placed,
    ticks: ticks(scale, isNarrow ? 4 : 7).map(({ value, at }) => ({ value, at: px(at) })),
    zero: y + TALL + 4,
  };
}

export function inside(
  part: BarPart,
  width: number,
  locale: string,
): Pick<PlacedPart, 'lines' | 'amountText'> {
  const amountText = formatMillions(part.amount, locale);
  const room = width - 10;
  const isWhole = (part.less ?? []).length === 0;
  const fits = textWidth(amountText, 11) <= room;
  const lines = room >= 44 ? fitted(part.label, room, 11, 1, 'strong') : [];
  // A hatched part stays hatched beside its words.
  const hatch = part.certainty === 'conditional' ? 16 : 0;
  const wide = textWidth(lines[0] ?? '', 11, 'strong');
  const isReadable = (lines[0]?.length ?? 0) >= Math.min(6, part.label.length) && wide + hatch <= room;
  return { lines: fits && isReadable ? lines : [], amountText: fits && isWhole ? amountText : null };
}

function value1e6(amount: Money): number {
  return Math.max(toScale(amount), 0) / 1e6;
}

function counted(part: BarPart): number {
  const less = (part.less ?? []).reduce((total, amount) => total + value1e6(amount), 0);
  return Math.max(value1e6(part.amount) - less, 0);
}

function sum(parts: readonly BarPart[]): number {
  return parts.reduce((total, part) => total + counted(part), 0);
}
