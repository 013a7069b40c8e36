import { expect, test } from 'vitest';
import { convergenceLayout, type Estimate } from './layout.ts';

const size = { width: 350, height: 90 };
const estimates: Estimate[] = [256, 1024, 4096, 10_240].map((paths) => {
  const half = 98 / Math.sqrt(paths);
  return { paths, value: 76, low: 76 - half, high: 76 + half };
});

test('the line lies inside its band, which narrows', () => {
  const { points, band, line, top, base } = convergenceLayout(estimates, size);
  expect(band).not.toBe('');
  expect(line).not.toBe('');
  for (const { y } of points) {
    expect(y).toBeGreaterThanOrEqual(top);
    expect(y).toBeLessThanOrEqual(base);
  }
  expect(points.at(-1)?.x).toBeCloseTo(340, 1);
});

test('a band of the first paths does not flatten what follows', () => {
  const wild: Estimate[] = [{ paths: 2, value: 50, low: 0, high: 100 }, ...estimates];
  const heights = convergenceLayout(wild, size).yTicks.map(({ value }) => value);
  expect(Math.min(...heights)).toBeGreaterThan(50);
});

test('certain, alone, or none at all: nothing is not a number', () => {
  const certain = estimates.map((one) => ({ ...one, value: 100, low: 100, high: 100 }));
  for (const some of [certain, estimates.slice(0, 1), []])
    expect(JSON.stringify(convergenceLayout(some, size))).not.toMatch(/null|NaN/);
});
