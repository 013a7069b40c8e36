import { expect, test } from 'vitest';
import { type QuarterDatum, quarterOrdinal, quartersLayout } from './layout.ts';

const datum = (
  quarter: string,
  amounts: Record<string, number>,
  low: number,
  high: number,
): QuarterDatum => ({
  quarter,
  label: quarter,
  windows: Object.entries(amounts).map(([window, amount]) => ({ window, amount })),
  low,
  high,
});
const ORDER = ['theatrical', 'svod'];

test('blocks of a quarter stand on each other without a gap and together are its total', () => {
  const data = [datum('2029-Q3', { svod: 2, theatrical: 6 }, 4, 12)];
  const { blocks, zero, bands } = quartersLayout(data, ORDER, { width: 400 });
  const [lower, upper] = blocks;
  expect(blocks.map((block) => block.window)).toEqual(ORDER);
  expect((lower?.y ?? 0) + (lower?.height ?? 0)).toBeCloseTo(zero, 1);
  expect((upper?.y ?? 0) + (upper?.height ?? 0)).toBeCloseTo(lower?.y ?? 0, 1);
  expect((lower?.height ?? 0) / (upper?.height ?? 1)).toBeCloseTo(3, 1);
  // The high case lies above the columns, the low case within them.
  expect(bands[0]?.high).toBeLessThan(upper?.y ?? 0);
  expect(bands[0]?.low).toBeGreaterThan(upper?.y ?? 0);
});

test('an empty quarter keeps its place, and no column leaves the drawing', () => {
  const data = [datum('2029-Q4', { svod: 1 }, 1, 1), datum('2030-Q2', { svod: 1 }, 1, 1)];
  const { blocks, bands, right, left } = quartersLayout(data, ORDER, { width: 340 });
  const [one, other] = blocks;
  expect(quarterOrdinal('2030-Q2') - quarterOrdinal('2029-Q4')).toBe(2);
  expect((other?.x ?? 0) - (one?.x ?? 0)).toBeCloseTo(((right - left) / 3) * 2, 1);
  expect(bands).toEqual([]);
  for (const block of blocks) {
    expect(block.x).toBeGreaterThanOrEqual(left);
    expect(block.x + block.width).toBeLessThanOrEqual(right);
  }
});

test('labels never touch', () => {
  const data = Array.from({ length: 40 }, (_, at) =>
    datum(`${2029 + Math.floor(at / 4)}-Q${(at % 4) + 1}`, { svod: 1 }, 1, 2),
  );
  const { xTicks } = quartersLayout(data, ORDER, { width: 360 });
  expect(xTicks.length).toBeGreaterThan(2);
  for (const [at, tick] of xTicks.entries()) {
    const before = xTicks[at - 1];
    if (before) expect(tick.at - before.at).toBeGreaterThan(7 * 5.8);
  }
});

test('nothing to draw is an empty drawing', () => {
  const { blocks, xTicks } = quartersLayout([], ORDER, { width: 300 });
  expect(blocks).toEqual([]);
  expect(xTicks).toEqual([]);
});
