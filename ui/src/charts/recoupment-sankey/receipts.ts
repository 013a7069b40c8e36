import type { Money } from '../../domain/money.ts';
import { toScale } from '../../domain/money.ts';
import { px } from '../kernel/measure.ts';

export type ReceiptPeriod = { start: string; end: string; during: Money };

export type ReceiptBars = {
  width: number;
  height: number;
  bars: { x: number; y: number; width: number; height: number; middle: number }[];
  /** Where the money is counted up to: the end of the period. */
  ends: number[];
  /** Indices of the periods that are named under the axis. */
  named: number[];
};

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

/** One bar for each period, as wide as the period is long, as high as what it brings to the account. */
export function receiptBars(
  periods: readonly ReceiptPeriod[],
  size: { width: number; height: number },
  nameWidth: number,
): ReceiptBars {
  const first = day(periods[0]?.start ?? '2000-01-01');
  const last = day(periods.at(-1)?.end ?? '2000-01-01') + 1;
  const x = (at: number) => ((at - first) / Math.max(last - first, 1)) * size.width;
  const most = Math.max(1e-9, ...periods.map((period) => toScale(period.during)));
  const bars = periods.map((period) => {
    const [from, to] = [x(day(period.start)), x(day(period.end) + 1)];
    const height = (Math.max(toScale(period.during), 0) / most) * size.height;
    return {
      x: px(from + 1),
      y: px(size.height - height),
      width: px(Math.max(to - from - 2, 1)),
      height: px(height),
      middle: px((from + to) / 2),
    };
  });
  const named: number[] = [];
  let free = 0;
  bars.forEach((bar, at) => {
    const from = bar.middle - nameWidth / 2;
    if (from < free || from + nameWidth > size.width + nameWidth / 2) return;
    named.push(at);
    free = from + nameWidth + 12;
  });
  return { ...size, bars, ends: periods.map((period) => px(x(day(period.end) + 1))), named };
}

/** The period that is counted up to nearest a place on the axis. */
export function periodAt(bars: ReceiptBars, at: number): number {
  const inside = bars.bars.findIndex((bar) => at < bar.x + bar.width + 1);
  return inside < 0 ? bars.bars.length - 1 : inside;
}
