import { textWidth } from '../kernel/measure.ts';
import type { SankeyGeometry } from './layout.ts';
import { LABEL } from './slots.ts';

export type Rect = { x: number; y: number; width: number; height: number };

function overlap(one: Rect, other: Rect): number {
  const wide = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const high = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return wide > 0 && high > 0 ? wide * high : 0;
}

/** Where a card of this size hides least: no name that is lit, and as few others as can be. */
export function cardPlace(
  geometry: SankeyGeometry,
  lit: ReadonlySet<string>,
  size: { width: number; height: number },
): { x: number; y: number } {
  const taken = geometry.nodes.map((box) => ({
    weight: lit.has(box.node.id) ? 50 : 1,
    rect: {
      x: box.x,
      y: Math.min(box.y, box.labelY - 14),
      width: 16 + Math.max(0, ...box.name.lines.map((line) => textWidth(line, LABEL))),
      height: Math.max(box.height, 28),
    },
  }));
  const right = Math.max(geometry.width - size.width, 0);
  const low = Math.max(geometry.height - size.height, 0);
  const xs = [right, right * 0.75, right / 2, right / 4, 0];
  const ys = [0, low / 3, (2 * low) / 3, low];
  let best = { x: right, y: 0, hidden: Number.POSITIVE_INFINITY };
  for (const y of ys) {
    for (const x of xs) {
      const here = { x, y, ...size };
      const hidden = taken.reduce((total, { rect, weight }) => total + overlap(here, rect) * weight, 0);
      if (hidden < best.hidden) best = { x, y, hidden };
    }
  }
  return { x: best.x, y: best.y };
}
