import type { Kind } from '../../domain/kinds.ts';
import { px } from '../kernel/measure.ts';

export type StackPart = {
  kind: Kind;
  /** In units of the whole scale; only for drawing. */
  size: number;
  isConditional: boolean;
};

export type MiniStackGeometry = {
  width: number;
  parts: { part: StackPart; x: number; width: number }[];
  /** What is still to be found, up to the uses. */
  missing: { x: number; width: number } | null;
};

/** A sliver that is there is seen, whatever its share. */
const LEAST = 2;
const GAP = 1;

/**
 * A stack as one bar on a scale it shares with those it is compared with: `most` is as long as the drawing, `uses` is
 * where the bar would end if nothing were missing.
 */
export function miniStackLayout(
  parts: readonly StackPart[],
  { uses, most }: { uses: number; most: number },
  width: number,
): MiniStackGeometry {
  const scale = most > 0 ? width / most : 0;
  let at = 0;
  let filled = 0;
  const placed = parts
    .filter(({ size }) => size > 0)
    .map((part) => {
      filled += part.size;
      const end = filled * scale;
      const own = Math.max(end - at - GAP, LEAST);
      const x = at;
      at = x + own + GAP;
      return { part, x: px(x), width: px(Math.min(own, Math.max(width - x, LEAST))) };
    });
  const rest = uses * scale - at;
  return {
    width,
    parts: placed,
    missing: rest > LEAST ? { x: px(at), width: px(Math.min(rest, width - at)) } : null,
  };
}
