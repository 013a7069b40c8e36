import {
  decimalsOf,
  handlesOf,
  rangeOf,
  type Shape,
  snapped,
  stepOf,
} from '../../charts/distribution/shape.ts';
import type { Distribution } from '../../domain/risk.ts';

export const KINDS = [
  'triangular',
  'pert',
  'uniform',
  'normal',
  'lognormal',
  'discrete',
  'hit_or_miss',
  'empirical',
  'chance',
] as const;
export type DistributionKind = (typeof KINDS)[number];

/** What a distribution looks like, where the page knows how to draw and drag its kind. */
export function shapeOf(distribution: Distribution): Shape | null {
  if ('triangular' in distribution) return { kind: 'triangular', ...numbers(distribution.triangular) };
  if ('pert' in distribution) return { kind: 'pert', ...numbers(distribution.pert) };
  if ('uniform' in distribution) return { kind: 'uniform', ...numbers(distribution.uniform) };
  if ('normal' in distribution) return { kind: 'normal', ...numbers(distribution.normal) };
  if ('lognormal' in distribution) return { kind: 'lognormal', ...numbers(distribution.lognormal) };
  if ('hit_or_miss' in distribution) {
    const { miss, hit } = distribution.hit_or_miss;
    return { kind: 'hit_or_miss', miss: Number(miss), ...numbers(hit) };
  }
  if ('discrete' in distribution) {
    const outcomes = distribution.discrete.map(({ id, value, probability }) => ({
      id,
      value: Number(value),
      probability: Number(probability),
    }));
    return { kind: 'discrete', outcomes };
  }
  if ('chance' in distribution) return { kind: 'chance', chance: Number(distribution.chance) };
  if ('empirical' in distribution) return { kind: 'empirical', values: distribution.empirical.map(Number) };
  return null;
}

function numbers<Part extends Record<string, string | undefined>>(
  part: Part,
): { [Key in keyof Part]: number } {
  const entries = Object.entries(part).map(([name, text]) => [name, Number(text)]);
  return Object.fromEntries(entries) as { [Key in keyof Part]: number };
}

/** The shape as the document holds it. */
export function distributionOf(shape: Shape): Distribution {
  switch (shape.kind) {
    case 'triangular':
      return { triangular: { low: text(shape.low), mode: text(shape.mode), high: text(shape.high) } };
    case 'pert':
      return { pert: { low: text(shape.low), mode: text(shape.mode), high: text(shape.high) } };
    case 'uniform':
      return { uniform: { low: text(shape.low), high: text(shape.high) } };
    case 'normal':
      return {
        normal: {
          mean: text(shape.mean),
          deviation: text(shape.deviation),
          ...(shape.low === undefined ? {} : { low: text(shape.low) }),
          ...(shape.high === undefined ? {} : { high: text(shape.high) }),
        },
      };
    case 'lognormal':
      return { lognormal: { median: text(shape.median), p90: text(shape.p90) } };
    case 'hit_or_miss':
      return {
        hit_or_miss: { miss: text(shape.miss), hit: { median: text(shape.median), p90: text(shape.p90) } },
      };
    case 'chance':
      return { chance: text(shape.chance) };
    case 'empirical':
      return { empirical: shape.values.map(text) };
    case 'discrete':
      return {
        discrete: shape.outcomes.map(({ id, value, probability }) => ({
          id,
          value: text(value),
          probability: text(probability),
        })),
      };
  }
}

/** A decimal without an exponent and without the digits that binary arithmetic adds. */
export function text(value: number): string {
  const plain = value.toFixed(9);
  const trimmed = plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
  return trimmed === '-0' ? '0' : trimmed;
}

/** The same uncertainty as another kind of distribution: where it lies and how wide it is stays about as it was. */
export function asKind(shape: Shape, kind: DistributionKind): Shape {
  if (shape.kind === kind) return shape;
  const step = stepOf(shape);
  const round = (value: number) => snapped(value, step);
  const [low, high] = rangeOf(shape);
  const middle = middleOf(shape);
  const above = Math.max(middle, step);
  switch (kind) {
    case 'triangular':
    case 'pert':
      return {
        kind,
        low: round(low),
        mode: round(Math.min(Math.max(middle, low), high)),
        high: round(Math.max(high, low + step)),
      };
    case 'uniform':
      return { kind, low: round(low), high: round(Math.max(high, low + step)) };
    case 'normal':
      return { kind, mean: round(middle), deviation: Math.max(round((high - low) / 6), step) };
    case 'lognormal':
      return { kind, median: round(above), p90: round(Math.max(above + 0.6 * (high - above), above + step)) };
    case 'hit_or_miss':
      return {
        kind,
        miss: 0.2,
        median: round(above),
        p90: round(Math.max(above + 0.6 * (high - above), above + step)),
      };
    case 'chance':
      return { kind, chance: 0.5 };
    case 'empirical':
      return { kind, values: [round(low), round(middle), round(Math.max(high, low + step))] };
    case 'discrete':
      return {
        kind,
        outcomes: [
          { id: 'low', value: round(low), probability: 0.25 },
          { id: 'middle', value: round(middle), probability: 0.5 },
          { id: 'high', value: round(Math.max(high, low + step)), probability: 0.25 },
        ],
      };
  }
}

function middleOf(shape: Shape): number {
  switch (shape.kind) {
    case 'triangular':
    case 'pert':
      return shape.mode;
    case 'uniform':
      return (shape.low + shape.high) / 2;
    case 'normal':
      return shape.mean;
    case 'lognormal':
    case 'hit_or_miss':
      return shape.median;
    case 'discrete':
      return shape.outcomes.reduce((sum, { value, probability }) => sum + value * probability, 0);
    case 'chance':
      return shape.chance;
    case 'empirical':
      return shape.values.reduce((sum, value) => sum + value, 0) / Math.max(shape.values.length, 1);
  }
}

/** The typed numbers of a shape, in the order in which they are read. */
export function parametersOf(shape: Shape): { id: string; value: number }[] {
  if (shape.kind === 'normal')
    return [
      { id: 'mean', value: shape.mean },
      { id: 'deviation', value: shape.deviation },
    ];
  if (shape.kind === 'chance') return [{ id: 'chance', value: shape.chance }];
  const handles = handlesOf(shape);
  return shape.kind === 'hit_or_miss' ? [{ id: 'miss', value: shape.miss }, ...handles] : handles;
}

/** The shape with a typed number, or why it cannot have it. */
export function withParameter(
  shape: Shape,
  id: string,
  value: number,
): Shape | 'order' | 'positive' | 'share' {
  const next = { ...shape, [id]: value } as Shape;
  switch (next.kind) {
    case 'triangular':
    case 'pert':
      return next.low <= next.mode && next.mode <= next.high && next.low < next.high ? next : 'order';
    case 'uniform':
      return next.low < next.high ? next : 'order';
    case 'normal':
      return next.deviation > 0 ? next : 'positive';
    case 'hit_or_miss':
      if (!(next.miss >= 0 && next.miss <= 1)) return 'share';
      return next.median > 0 ? (next.median < next.p90 ? next : 'order') : 'positive';
    case 'lognormal':
      return next.median > 0 ? (next.median < next.p90 ? next : 'order') : 'positive';
    case 'chance':
      return next.chance >= 0 && next.chance <= 1 ? next : 'share';
    case 'discrete':
    case 'empirical':
      return shape;
  }
}

/** How many decimals a value of a shape is printed with. */
export const decimalsFor = (shape: Shape): number => Math.min(decimalsOf(stepOf(shape)), 4);
