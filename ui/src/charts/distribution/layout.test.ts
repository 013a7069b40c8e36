import { describe, expect, test } from 'vitest';
import { distributionLayout, domainOf, valueAt } from './layout.ts';
import { densityAt, handlesOf, moved, rangeOf, type Shape, snapped, stepOf, weighted } from './shape.ts';

const words = { value: (value: number) => value.toFixed(2), share: (share: number) => `${share * 100} %` };
const size = { width: 210, height: 74 };
const SHAPES: Shape[] = [
  { kind: 'triangular', low: 12, mode: 28, high: 60 },
  { kind: 'triangular', low: 12, mode: 12, high: 60 },
  { kind: 'pert', low: 0.5, mode: 1, high: 1.5 },
  { kind: 'uniform', low: 0.95, high: 1.05 },
  { kind: 'normal', mean: 0.05, deviation: 0.01 },
  { kind: 'lognormal', median: 2.5e6, p90: 9e6 },
  { kind: 'hit_or_miss', miss: 0.7, median: 2.5e6, p90: 9e6 },
];
const drawn = (shape: Shape) => distributionLayout(shape, domainOf(shape), size, words);

describe('a distribution that is dragged', () => {
  test('handles stand from left to right inside the drawing, on or above the base', () => {
    for (const shape of SHAPES) {
      const { handles, base } = drawn(shape);
      expect(handles.length).toBeGreaterThan(1);
      for (const [at, handle] of handles.entries()) {
        expect(handle.x).toBeGreaterThanOrEqual(handles[at - 1]?.x ?? 0);
        expect(handle.x).toBeLessThanOrEqual(size.width);
        expect(handle.y).toBeLessThanOrEqual(base);
        expect(handle.y).toBeGreaterThan(0);
      }
    }
  });

  test('the value under a handle is its own', () => {
    for (const shape of SHAPES) {
      const geometry = drawn(shape);
      for (const { x, value } of geometry.handles)
        expect(valueAt(x, geometry) / Math.max(value, 1e-9)).toBeCloseTo(1, 1);
    }
  });

  test('ends never pass the mode or each other, however far they are dragged', () => {
    for (const shape of SHAPES) {
      const step = stepOf(shape);
      for (const { id } of handlesOf(shape))
        for (const to of [-1e9, -3, 0, 0.7, 20, 1e9]) {
          const values = handlesOf(moved(shape, id, to, step)).map(({ value }) => value);
          expect(values).toEqual([...values].sort((a, b) => a - b));
          expect((values.at(-1) ?? 0) - (values[0] ?? 0)).toBeGreaterThan(0);
        }
    }
  });

  test('a density is highest at its mode and nothing beyond its ends', () => {
    for (const shape of SHAPES.slice(0, 3)) {
      if (shape.kind !== 'triangular' && shape.kind !== 'pert') continue;
      const at = (x: number) => densityAt(shape, x);
      const [low, high] = rangeOf(shape);
      for (let part = 0; part <= 20; part++)
        expect(at(low + ((high - low) * part) / 20)).toBeLessThanOrEqual(at(shape.mode) + 1e-12);
      expect(at(low - 1)).toBe(0);
      expect(at(high + 1)).toBe(0);
    }
  });

  test('labels under the base do not lie on each other', () => {
    const { handles, base } = drawn({ kind: 'uniform', low: 0.95, high: 0.96 });
    const close = distributionLayout({ kind: 'uniform', low: 0.95, high: 0.96 }, [0.5, 1.5], size, words);
    for (const geometry of [handles, close.handles]) {
      const [one, other] = geometry.filter(({ y }) => y === base);
      expect((other?.labelX ?? 0) - (one?.labelX ?? 0)).toBeGreaterThan(20);
    }
  });

  test('steps are round numbers, and values stand on them', () => {
    expect(stepOf({ kind: 'pert', low: 12e6, mode: 28e6, high: 60e6 })).toBe(500_000);
    expect(stepOf({ kind: 'uniform', low: 0.95, high: 1.05 })).toBeCloseTo(0.0005, 9);
    expect(snapped(0.1 + 0.2, 0.01)).toBe(0.3);
  });
});

describe('outcomes', () => {
  const outcomes = [
    { id: 'none', value: 0, probability: 0.6 },
    { id: 'one', value: 1, probability: 0.22 },
    { id: 'two', value: 2, probability: 0.12 },
    { id: 'three', value: 3, probability: 0.06 },
  ];
  test('whatever one takes the others give, in whole per cent, and all make up one', () => {
    for (let share = 0; share <= 100; share++) {
      const after = weighted(outcomes, 'one', share / 100);
      const sum = after.reduce((total, { probability }) => total + Math.round(probability * 100), 0);
      expect(sum).toBe(100);
      expect(after[1]?.probability).toBe(share / 100);
      expect(after.every(({ probability }) => probability >= 0)).toBe(true);
    }
  });

  test('where the others had nothing they share alike; alone it is certain', () => {
    const certain = [
      { id: 'a', value: 0, probability: 1 },
      { id: 'b', value: 1, probability: 0 },
      { id: 'c', value: 2, probability: 0 },
    ];
    expect(weighted(certain, 'a', 0.5).map(({ probability }) => probability)).toEqual([0.5, 0.25, 0.25]);
    expect(weighted(certain.slice(0, 1), 'a', 0.2)[0]?.probability).toBe(1);
  });

  test('bars are as high as their probabilities and stand on the base', () => {
    const { bars, base } = distributionLayout({ kind: 'discrete', outcomes }, [0, 3], size, words);
    expect((bars[0]?.height ?? 0) / (bars[1]?.height ?? 1)).toBeCloseTo(0.6 / 0.22, 1);
    for (const bar of bars) expect(bar.y + bar.height).toBeCloseTo(base, 1);
  });
});
