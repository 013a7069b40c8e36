import { px, spread, textWidth } from '../kernel/measure.ts';
import { linear } from '../kernel/scales.ts';
import { countsOf, densityAt, type HandleId, handlesOf, rangeOf, type Shape, sidesOf } from './shape.ts';

export type Handle = {
  id: HandleId;
  value: number;
  x: number;
  y: number;
  labelX: number;
  labelY: number;
  text: string;
};
export type OutcomeBar = {
  id: string;
  value: number;
  probability: number;
  x: number;
  y: number;
  width: number;
  height: number;
  text: string;
  label: string;
};

export type DistributionGeometry = {
  width: number;
  height: number;
  base: number;
  top: number;
  /** What the edges of the drawing stand for: a pixel across is so much of the value. */
  domain: [number, number];
  left: number;
  right: number;
  area: string;
  handles: Handle[];
  bars: OutcomeBar[];
};

type Size = { width: number; height: number };
type Words = { value: (value: number) => string; share: (share: number) => string };

const POINTS = 64;
const SIDE = 26;

/** The range that is drawn; while a handle is held it stands still, so that the handle follows the pointer. */
export function domainOf(shape: Shape): [number, number] {
  const [low, high] = rangeOf(shape);
  return high > low
    ? [low, high]
    : [low - Math.max(Math.abs(low) * 0.1, 0.5), high + Math.max(Math.abs(high) * 0.1, 0.5)];
}

/** A density with its handles, or a bar for each outcome. */
export function distributionLayout(
  shape: Shape,
  domain: [number, number],
  size: Size,
  words: Words,
): DistributionGeometry {
  const base = size.height - 16;
  const top = 18;
  const [left, right] = [SIDE, size.width - SIDE];
  const frame = { width: size.width, height: size.height, base, top, domain, left, right };
  const outcomes =
    shape.kind === 'discrete' ? shape.outcomes : shape.kind === 'chance' ? sidesOf(shape.chance) : null;
  if (outcomes)
    return { ...frame, area: '', handles: [], bars: outcomeBars(outcomes, { ...frame, size }, words) };
  if (shape.kind === 'empirical')
    return { ...frame, area: sampleArea(shape.values, frame), handles: [], bars: [] };
  const x = linear(domain, [left, right]);
  const own = densityOf(shape);
  const y = (value: number) => base - own(value) * (base - top) * heightOf(shape);
  const bars = shape.kind === 'hit_or_miss' ? [missBar(shape.miss, frame, words)] : [];
  return { ...frame, area: area(shape, x, y, frame), handles: handles(shape, x, y, frame, words), bars };
}

const heightOf = (shape: Shape): number => (shape.kind === 'hit_or_miss' ? 1 - shape.miss : 1);

/** A sample as it was typed: how much of it lies in each part of its range. */
function sampleArea(values: readonly number[], { base, top, left, right }: Frame): string {
  const parts = countsOf(values, 12);
  const most = Math.max(...parts.map(({ probability }) => probability), 1e-9);
  const wide = (right - left) / Math.max(parts.length, 1);
  return parts
    .map(({ probability }, at) => {
      const high = px(base - (probability / most) * (base - top));
      return `M${px(left + at * wide)},${px(base)}V${high}H${px(left + (at + 1) * wide)}V${px(base)}Z`;
    })
    .join('');
}

/** The density with its highest point at one. */
function densityOf(shape: Shape): (value: number) => number {
  const [low, high] = rangeOf(shape);
  const values = [
    ...Array.from({ length: 200 }, (_, at) => low + ((high - low) * at) / 199),
    ...handlesOf(shape).map(({ value }) => value),
  ];
  const most = Math.max(...values.map((value) => densityAt(shape, value)), 1e-300);
  return (value) => densityAt(shape, value) / most;
}

type Frame = Omit<DistributionGeometry, 'area' | 'handles' | 'bars'>;
type Scale = ReturnType<typeof linear>;

function area(shape: Shape, x: Scale, y: (value: number) => number, frame: Frame): string {
  const [low, high] = rangeOf(shape);
  // The corners of a shape belong to its outline.
  const corners = handlesOf(shape).map(({ value }) => value);
  const values = [
    ...Array.from({ length: POINTS + 1 }, (_, at) => low + ((high - low) * at) / POINTS),
    ...corners,
  ]
    .filter((value) => value >= low && value <= high)
    .sort((a, b) => a - b);
  const clamped = (value: number) => Math.min(Math.max(x(value), 0), frame.width);
  const line = values.map((value) => `${px(clamped(value))},${px(y(value))}`);
  return `M${px(clamped(low))},${px(frame.base)}L${line.join('L')}L${px(clamped(high))},${px(frame.base)}Z`;
}

function handles(shape: Shape, x: Scale, y: (value: number) => number, frame: Frame, words: Words): Handle[] {
  const all = handlesOf(shape).map(({ id, value }) => ({
    id,
    value,
    text: words.value(value),
    x: Math.min(Math.max(x(value), 6), frame.width - 6),
    y: isFoot(shape, id) ? frame.base : y(value),
  }));
  // Labels of handles on the base stand under it, those of the others above their handle.
  const under = all.filter((one) => one.y === frame.base);
  const widest = Math.max(0, ...under.map(({ text }) => textWidth(text, 11)));
  const places = spread(
    under.map((one) => one.x),
    widest + 6,
    widest / 2,
    frame.width - widest / 2,
  );
  return all.map((one) => {
    const at = under.indexOf(one);
    const half = textWidth(one.text, 11) / 2;
    return {
      ...one,
      x: px(one.x),
      y: px(one.y),
      labelX: px(at < 0 ? Math.min(Math.max(one.x, half), frame.width - half) : (places[at] ?? one.x)),
      labelY: px(at < 0 ? one.y - 9 : frame.base + 15),
    };
  });
}

/** Ends stand on the base, even where the density is not nothing there. */
function isFoot(shape: Shape, id: HandleId): boolean {
  return id === 'low' || id === 'high' ? true : shape.kind === 'normal' ? false : id === 'p90';
}

function missBar(miss: number, frame: Frame, words: Words): OutcomeBar {
  const height = miss * (frame.base - frame.top);
  return {
    id: 'miss',
    value: 0,
    probability: miss,
    x: 2,
    y: px(frame.base - height),
    width: 18,
    height: px(height),
    text: words.share(miss),
    label: words.value(0),
  };
}

function outcomeBars(
  outcomes: readonly { id: string; value: number; probability: number }[],
  { base, top, size }: Frame & { size: Size },
  words: Words,
): OutcomeBar[] {
  const step = size.width / Math.max(outcomes.length, 1);
  const wide = Math.min(step * 0.62, 58);
  const most = Math.max(...outcomes.map(({ probability }) => probability), 0.01);
  return outcomes.map(({ id, value, probability }, at) => {
    const height = (probability / most) * (base - top - 4);
    return {
      id,
      value,
      probability,
      x: px(step * (at + 0.5) - wide / 2),
      y: px(base - height),
      width: px(wide),
      height: px(height),
      text: words.share(probability),
      label: words.value(value),
    };
  });
}

/** The value under a point of the drawing. */
export function valueAt(x: number, { domain: [low, high], left, right }: DistributionGeometry): number {
  return low + ((x - left) / (right - left)) * (high - low);
}
