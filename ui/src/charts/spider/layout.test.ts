import { expect, test } from 'vitest';
import { spiderLayout } from './layout.ts';

const size = { width: 520, height: 260 };
const leg = (id: string, slope: number) => ({
  id,
  label: `Input ${id}`,
  points: [0.5, 0.75, 1, 1.25, 1.5].map((share) => ({ share, value: 0.1 + slope * (share - 1) })),
});

test('every line passes through the middle, and a steeper one rises more', () => {
  const { legs, middle } = spiderLayout([leg('a', 0.2), leg('b', 0.05)], size);
  const through = legs.map(({ dots }) => dots.find(({ share }) => share === 1));
  expect(new Set(through.map((dot) => dot?.y)).size).toBe(1);
  expect(through[0]?.x).toBe(middle);
  const rise = ({ dots }: (typeof legs)[number]) => (dots[0]?.y ?? 0) - (dots.at(-1)?.y ?? 0);
  expect(rise(legs[0]!) / rise(legs[1]!)).toBeCloseTo(4, 1);
});

test('names stand apart even where lines end together', () => {
  const { legs } = spiderLayout([leg('a', 0.1), leg('b', 0.1), leg('c', 0.1)], size);
  const at = legs.map(({ nameY }) => nameY).sort((a, b) => a - b);
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(12.9);
});

test('flat, empty, alone: nothing is not a number', () => {
  for (const legs of [[], [leg('a', 0)], [{ ...leg('a', 0), points: [] }]])
    expect(JSON.stringify(spiderLayout(legs, size))).not.toMatch(/NaN|Infinity/);
});
