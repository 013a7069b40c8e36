import { formatWhole, toScale } from '../../domain/money.ts';
import { px, spread } from '../kernel/measure.ts';
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
  /** One line beside a thin block, two beside a tall one. */
  lines: 1 | 2;
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

/** The column to scale: the first segment is the first out and stands on top. */
export function stackLayout(
  segments: readonly Segment[],
  size: Size & { height?: number },
  locale: string,
): StackGeometry {
  const height = size.height ?? 560;
  const axisX = 30;
  const bar = Math.min(84, Math.max(48, size.width * 0.22));
  const sum = segments.reduce((total, segment) => total + Math.max(toScale(segment.amount), 0), 0) / 1e6;
  const scale = linear([0, Math.max(sum, 0.000001)], [height - 10, 8]);
  let top = sum;
  const blocks: StackBlock[] = segments.map((segment) => {
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
      lines: 2,
      amountText: formatWhole(segment.amount, locale),
      share: sum > 0 ? value / sum : 0,
    };
  });
  const placed = spread(
    blocks.map((block) => block.labelY),
    Math.min(30, (height - 20) / Math.max(blocks.length, 1)),
    18,
    height - 18,
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
