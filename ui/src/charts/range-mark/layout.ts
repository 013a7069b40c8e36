import { px } from '../kernel/measure.ts';
import { linear } from '../kernel/scales.ts';

export type Range = { low: number | null; middle: number | null; high: number | null };

export type RangeGeometry = {
  band: { x: number; width: number } | null;
  middle: number | null;
  zero: number | null;
};

/** The domain that all ranges of a table share, zero included. */
export function rangeDomain(ranges: readonly Range[]): readonly [number, number] {
  const values = ranges.flatMap(({ low, middle, high }) => [low, middle, high]).filter((one) => one !== null);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  return least === most ? [least - 1, most + 1] : [least, most];
}

/** From one in ten to nine in ten, with the middle and zero marked. */
export function rangeLayout(range: Range, domain: readonly [number, number], width: number): RangeGeometry {
  const x = linear(domain, [2, width - 2]);
  const { low, middle, high } = range;
  const isInside = domain[0] <= 0 && domain[1] >= 0;
  const band =
    low === null || high === null
      ? null
      : { x: px(x(Math.min(low, high))), width: px(Math.abs(x(high) - x(low))) };
  return {
    band,
    middle: middle === null ? null : px(x(middle)),
    zero: isInside ? px(x(0)) : null,
  };
}
