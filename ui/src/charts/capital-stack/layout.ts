import { formatWhole, toScale } from '../../domain/money.ts';
import { fitted, px, spread, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Segment, Size } from '../kernel/types.ts';

export type StackBlock = {
  segment: Segment;
  x: number;
  y: number;
  width: number;
  height: number;
  labelX: number;
  labelY: number;
  /** Drawn only when the label had to move away from its block. */
  leader: string | null;
  /** The name beside the block, broken or cut where the drawing is narrow. */
  lines: string[];
  amountText: string;
  share: number;
};

export type StackGeometry = {
  width: number;
  height: number;
  axisX: number;
  blocks: StackBlock[];
  ticks: Tick[];
};

export const LINE = 13;

/** The column to scale: the first segment is the first out and stands on top. */
export function stackLayout(
  segments: readonly Segment[],
  size: Size & { height?: number },
  locale: string,
): StackGeometry {
  const height = size.height ?? 560;
  const axisX = 30;
  const longest = Math.max(0, ...segments.map((segment) => textWidth(segment.label, 11)));
  const beside = axisX + 6 + 12;
  // A narrower column leaves room for long names, down to two fifths of what it would be.
  const ideal = Math.min(84, Math.max(48, size.width * 0.22));
  const bar = Math.min(ideal, Math.max(ideal * 0.4, size.width - beside - longest));
  const room = size.width - beside - bar;
  const step = (height - 20) / Math.max(segments.length, 1);
  const most = step >= 2 * LINE + 17 ? 2 : 1;
  const names = segments.map((segment) => fitted(segment.label, room, 11, most));
  const tallest = Math.max(1, ...names.map((lines) => lines.length));
  const sum = segments.reduce((total, segment) => total + Math.max(toScale(segment.amount), 0), 0) / 1e6;
  const scale = linear([0, Math.max(sum, 0.000001)], [height - 10, 8]);
  let top = sum;
  const blocks: StackBlock[] = segments.map((segment, index) => {
    const value = Math.max(toScale(segment.amount), 0) / 1e6;
    const y = scale(top);
    top -= value;
    const tall = Math.max(scale(top) - y - 1.5, 0.75);
    return {
      segment,
      x: axisX + 6,
      y: px(y),
      width: px(bar),
      height: px(tall),
      labelX: px(axisX + 6 + bar + 12),
      labelY: px(y + tall / 2),
      leader: null,
      lines: names[index] ?? [],
      amountText: formatWhole(segment.amount, locale),
      share: sum > 0 ? value / sum : 0,
    };
  });
  const placed = spread(
    blocks.map((block) => block.labelY),
    Math.min(tallest * LINE + 17, step),
    5 + tallest * LINE,
    height - 5 - tallest * LINE,
  );
  blocks.forEach((block, index) => {
    const at = px(placed[index] ?? block.labelY);
    if (Math.abs(at - block.labelY) > Math.max(6, block.height / 2)) {
      const from = block.x + block.width;
      block.leader = `M${px(from + 1)},${block.labelY}L${px(from + 6)},${block.labelY}L${px(block.labelX - 3)},${at}`;
    }
    block.labelY = at;
  });
  return {
    width: size.width,
    height,
    axisX,
    blocks,
    ticks: ticks(scale, 5).map(({ value, at }) => ({ value, at: px(at) })),
  };
}
