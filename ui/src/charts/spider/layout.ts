import { fitted, px, spread } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** A result while one input moves from low to high; `share` is the input over its middle. */
export type Leg = {
  id: string;
  label: string;
  points: readonly { share: number; value: number }[];
  address?: string;
};

export type SpiderGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  base: number;
  legs: {
    leg: Leg;
    path: string;
    dots: { x: number; y: number; share: number; value: number }[];
    name: string;
    nameY: number;
    endX: number;
    endY: number;
  }[];
  middle: number | null;
  xTicks: Tick[];
  yTicks: Tick[];
};

/** A line for each input over what it is of its middle. */
export function spiderLayout(legs: readonly Leg[], size: Size & { height: number }): SpiderGeometry {
  const left = 40;
  const nameWidth = Math.min(170, size.width * 0.34);
  const right = size.width - nameWidth - 14;
  const [top, base] = [10, size.height - 22];
  const points = legs.flatMap((leg) => leg.points);
  const span = (values: readonly number[]): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.length === 0 ? [0, 1] : low === high ? [low - 0.5, high + 0.5] : [low, high];
  };
  const x = linear(span(points.map(({ share }) => share)), [left, right]);
  const y = linear(span(points.map(({ value }) => value)), [base, top], true);
  const drawn = legs.map((leg) => {
    const sorted = [...leg.points].sort((a, b) => a.share - b.share);
    const dots = sorted.map((point) => ({ ...point, x: px(x(point.share)), y: px(y(point.value)) }));
    const last = dots.at(-1);
    return {
      leg,
      dots,
      path: dots.length > 1 ? `M${dots.map((dot) => `${dot.x},${dot.y}`).join('L')}` : '',
      name: fitted(leg.label, nameWidth, 11, 1)[0] ?? '',
      endX: last?.x ?? left,
      endY: last?.y ?? base,
    };
  });
  const places = spread(
    drawn.map(({ endY }) => endY),
    13,
    top,
    base,
  );
  const [low, high] = x.domain();
  return {
    width: size.width,
    height: size.height,
    left,
    right: px(right),
    top,
    base,
    legs: drawn.map((leg, at) => ({ ...leg, nameY: px(places[at] ?? leg.endY) })),
    middle: (low ?? 0) <= 1 && (high ?? 0) >= 1 ? px(x(1)) : null,
    xTicks: ticks(x, 5).map((tick) => ({ value: tick.value, at: px(tick.at) })),
    yTicks: ticks(y, 5).map((tick) => ({ value: tick.value, at: px(tick.at) })),
  };
}
