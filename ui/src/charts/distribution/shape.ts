/** A distribution as it is drawn and dragged. What is kept and computed with is the decimal text of the deal. */
export type Shape =
  | { kind: 'triangular' | 'pert'; low: number; mode: number; high: number }
  | { kind: 'uniform'; low: number; high: number }
  | { kind: 'normal'; mean: number; deviation: number; low?: number; high?: number }
  | { kind: 'lognormal'; median: number; p90: number }
  | { kind: 'hit_or_miss'; miss: number; median: number; p90: number }
  | { kind: 'discrete'; outcomes: readonly Outcome[] }
  | { kind: 'chance'; chance: number }
  | { kind: 'empirical'; values: readonly number[] };
export type Outcome = { id: string; value: number; probability: number };

export type HandleId = 'low' | 'mode' | 'high' | 'mean' | 'deviation' | 'median' | 'p90';

/** The 90th percentile of a standard normal value. */
const Z90 = 1.2815515655446004;

/** What can be taken hold of, from left to right; the handle of a deviation stands one deviation above the mean. */
export function handlesOf(shape: Shape): { id: HandleId; value: number }[] {
  switch (shape.kind) {
    case 'triangular':
    case 'pert':
      return [
        { id: 'low', value: shape.low },
        { id: 'mode', value: shape.mode },
        { id: 'high', value: shape.high },
      ];
    case 'uniform':
      return [
        { id: 'low', value: shape.low },
        { id: 'high', value: shape.high },
      ];
    case 'normal':
      return [
        { id: 'mean', value: shape.mean },
        { id: 'deviation', value: shape.mean + shape.deviation },
      ];
    case 'lognormal':
    case 'hit_or_miss':
      return [
        { id: 'median', value: shape.median },
        { id: 'p90', value: shape.p90 },
      ];
    case 'discrete':
    case 'chance':
    case 'empirical':
      return [];
  }
}

/** The shape with a handle at another value: ends do not pass each other, and none collapses into a point. */
export function moved(shape: Shape, id: HandleId, to: number, step: number): Shape {
  const value = snapped(to, step);
  switch (shape.kind) {
    case 'triangular':
    case 'pert': {
      const { low, mode, high } = shape;
      if (id === 'low') return { ...shape, low: Math.min(value, mode, high - step) };
      if (id === 'high') return { ...shape, high: Math.max(value, mode, low + step) };
      return id === 'mode' ? { ...shape, mode: Math.min(Math.max(value, low), high) } : shape;
    }
    case 'uniform':
      if (id === 'low') return { ...shape, low: Math.min(value, shape.high - step) };
      return id === 'high' ? { ...shape, high: Math.max(value, shape.low + step) } : shape;
    case 'normal':
      if (id === 'mean') return { ...shape, mean: value };
      return id === 'deviation'
        ? { ...shape, deviation: snapped(Math.max(value - shape.mean, step), step) }
        : shape;
    case 'lognormal':
    case 'hit_or_miss':
      if (id === 'median') return { ...shape, median: Math.min(Math.max(value, step), shape.p90 - step) };
      return id === 'p90' ? { ...shape, p90: Math.max(value, shape.median + step) } : shape;
    case 'discrete':
    case 'chance':
    case 'empirical':
      return shape;
  }
}

/** The two outcomes of a chance as bars that are dragged. */
export const sidesOf = (chance: number): Outcome[] => [
  { id: 'no', value: 0, probability: 1 - chance },
  { id: 'yes', value: 1, probability: chance },
];

/** How often values of a sample fall into so many equal parts of its range. */
export function countsOf(values: readonly number[], parts: number): Outcome[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (values.length === 0) return [];
  if (low === high) return [{ id: 'all', value: low, probability: 1 }];
  const counts = Array.from({ length: parts }, () => 0);
  for (const value of values) {
    const part = Math.min(Math.floor(((value - low) / (high - low)) * parts), parts - 1);
    counts[part] = (counts[part] ?? 0) + 1;
  }
  return counts.map((count, part) => ({
    id: String(part),
    value: low + ((part + 0.5) * (high - low)) / parts,
    probability: count / values.length,
  }));
}

/** An outcome with another probability, in whole per cent: the others share what is left as they did before. */
export function weighted(outcomes: readonly Outcome[], id: string, probability: number): Outcome[] {
  const wanted = Math.round(Math.min(Math.max(probability, 0), 1) * 100);
  const others = outcomes.filter((one) => one.id !== id);
  if (others.length === 0) return outcomes.map((one) => ({ ...one, probability: 1 }));
  const before = others.reduce((sum, one) => sum + one.probability, 0);
  const shares = others.map(
    (one) => (100 - wanted) * (before > 0 ? one.probability / before : 1 / others.length),
  );
  const whole = shares.map(Math.floor);
  // Whole per cents that make up the rest: the largest remainders are rounded up.
  const left = 100 - wanted - whole.reduce((sum, share) => sum + share, 0);
  const order = shares
    .map((share, at) => ({ at, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.at - b.at);
  for (const { at } of order.slice(0, left)) whole[at] = (whole[at] ?? 0) + 1;
  return outcomes.map((one) => {
    const at = others.indexOf(one);
    return { ...one, probability: (at < 0 ? wanted : (whole[at] ?? 0)) / 100 };
  });
}

/** On whole steps, without the digits that binary arithmetic adds. */
export function snapped(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toFixed(decimalsOf(step)));
}

export function decimalsOf(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

/** One, two or five times a power of ten that is about two hundredths of the width: what a key moves. */
export function stepOf(shape: Shape): number {
  const [low, high] = rangeOf(shape);
  const about = Math.max(high - low, Math.abs(high) * 1e-3, 1e-9) / 200;
  const power = 10 ** Math.floor(Math.log10(about));
  const [times = 10] = [1, 2, 5, 10].filter((each) => each * power >= about * 0.999);
  return times * power;
}

/** Between which values a shape lies, or nearly all of it. */
export function rangeOf(shape: Shape): [number, number] {
  switch (shape.kind) {
    case 'triangular':
    case 'pert':
    case 'uniform':
      return [shape.low, shape.high];
    case 'normal':
      return [
        Math.max(shape.mean - 3 * shape.deviation, shape.low ?? Number.NEGATIVE_INFINITY),
        Math.min(shape.mean + 3 * shape.deviation, shape.high ?? Number.POSITIVE_INFINITY),
      ];
    case 'lognormal':
    case 'hit_or_miss':
      return [0, shape.median * Math.exp(2.2 * spreadOf(shape))];
    case 'discrete': {
      const values = shape.outcomes.map(({ value }) => value);
      return [Math.min(...values), Math.max(...values)];
    }
    case 'chance':
      return [0, 1];
    case 'empirical':
      return shape.values.length > 0 ? [Math.min(...shape.values), Math.max(...shape.values)] : [0, 1];
  }
}

/** The deviation of the logarithm. */
const spreadOf = ({ median, p90 }: { median: number; p90: number }): number =>
  Math.max(Math.log(p90 / median) / Z90, 1e-6);

/** How dense a shape is at a value, on a scale of its own. */
export function densityAt(shape: Shape, x: number): number {
  switch (shape.kind) {
    case 'triangular': {
      const { low, mode, high } = shape;
      if (x < low || x > high) return 0;
      return x <= mode ? (mode > low ? (x - low) / (mode - low) : 1) : (high - x) / (high - mode);
    }
    case 'pert': {
      // The beta distribution with weight four on the mode.
      const { low, mode, high } = shape;
      const at = (x - low) / (high - low);
      if (!(at >= 0 && at <= 1)) return 0;
      const [up, down] = [(4 * (mode - low)) / (high - low), (4 * (high - mode)) / (high - low)];
      return at ** up * (1 - at) ** down;
    }
    case 'uniform':
      return x >= shape.low && x <= shape.high ? 1 : 0;
    case 'normal':
      return Math.exp(-(((x - shape.mean) / shape.deviation) ** 2) / 2);
    case 'lognormal':
    case 'hit_or_miss': {
      if (x <= 0) return 0;
      const z = Math.log(x / shape.median) / spreadOf(shape);
      return Math.exp(-(z * z) / 2) / x;
    }
    case 'discrete':
    case 'chance':
    case 'empirical':
      return 0;
  }
}
