import { describe, expect, test } from 'vitest';
import { type FanData, fanLayout, quarterName } from './layout.ts';

const point = (at: number) => ({
  quarter: `${2029 + Math.floor(at / 4)}-Q${(at % 4) + 1}`,
  p5: at,
  p25: at * 2,
  p50: at * 3,
  p75: at * 4,
  p95: at * 5,
});
const data: FanData = { points: Array.from({ length: 24 }, (_, at) => point(at)), invested: 40 };
const drawn = (more: Partial<FanData> = {}, width = 600) =>
  fanLayout({ ...data, ...more }, { width, height: 300 });

describe('a fan', () => {
  test('the median runs inside the inner band, the inner inside the outer', () => {
    const heights = (path: string) => [...path.matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y));
    const { outer, inner, median } = drawn();
    expect(Math.min(...heights(outer))).toBeLessThan(Math.min(...heights(inner)));
    expect(Math.min(...heights(inner))).toBeLessThan(Math.min(...heights(median)));
  });

  test('what stands at the right is the last value, and no two stand on each other', () => {
    const flat = { points: data.points.map((one) => ({ ...one, p25: one.p50, p75: one.p50 })) };
    const { labels } = drawn(flat);
    expect(labels.map(({ id }) => id)).toEqual(['p95', 'p75', 'p50', 'p25', 'p5']);
    for (const [at, label] of labels.entries())
      if (at > 0) expect(label.y - (labels[at - 1]?.y ?? 0)).toBeGreaterThanOrEqual(13.9);
  });

  test('every quarter can be reached, and they lie side by side', () => {
    const { columns, right } = drawn();
    expect(columns).toHaveLength(24);
    for (const [at, column] of columns.entries()) {
      const next = columns[at + 1];
      if (next) expect(column.x + column.width).toBeCloseTo(next.x, 1);
      else expect(column.x + column.width).toBeCloseTo(right, 1);
    }
  });

  test('fewer years are named where there is less room', () => {
    expect(drawn({}, 900).xTicks).toHaveLength(6);
    expect(drawn({}, 300).xTicks.length).toBeLessThan(4);
    expect(quarterName('2029-Q4')).toBe('Q4 2029');
  });

  test('without receipts nothing is not a number', () => {
    const bare = drawn({ points: [], invested: 0 });
    expect(bare).toMatchObject({ outer: '', median: '', labels: [], invested: null });
    expect(drawn({ points: [point(3)] }).median).toBe('');
  });
});
