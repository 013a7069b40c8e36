import { describe, expect, test } from 'vitest';
import { type HistogramData, histogramLayout } from './layout.ts';

const data: HistogramData = {
  from: -0.2,
  to: 0.4,
  counts: [10, 40, 120, 300, 200, 60],
  below: 0,
  above: 0,
  normal: { mean: 0.12, deviation: 0.1 },
  percentiles: [
    { id: 'p5', label: 'P5', value: -0.1, text: '(10.0)' },
    { id: 'p10', label: 'P10', value: -0.05, text: '(5.0)' },
    { id: 'p50', label: 'P50', value: 0.12, text: '12.0' },
    { id: 'p90', label: 'P90', value: 0.25, text: '25.0' },
    { id: 'p95', label: 'P95', value: 0.26, text: '26.0' },
  ],
  axis: (value) => String(Math.round(value * 100)),
};
const drawn = (more: Partial<HistogramData> = {}, width = 560) =>
  histogramLayout({ ...data, ...more }, { width, height: 280 });

describe('a histogram', () => {
  test('bars stand side by side on one base and are as high as their counts', () => {
    const { bars, base } = drawn();
    expect(bars).toHaveLength(6);
    for (const [at, bar] of bars.entries()) {
      expect(bar.y + bar.height).toBeCloseTo(base, 1);
      const next = bars[at + 1];
      if (next) expect(next.x - bar.x).toBeCloseTo(bar.width + 1, 1);
    }
    expect((bars[3]?.height ?? 0) / (bars[2]?.height ?? 1)).toBeCloseTo(300 / 120, 1);
  });

  test('losses are the bars below nothing', () => {
    expect(drawn().bars.map(({ isLoss }) => isLoss)).toEqual([true, true, false, false, false, false]);
  });

  test('paths beyond an end stand apart and are cut where they are more than all others', () => {
    const { bars, top } = drawn({ below: 5000, above: 3 });
    expect(bars[0]).toMatchObject({ place: 0, from: null, to: -0.2, isLoss: true, isCut: true });
    expect(bars[0]?.y).toBeGreaterThanOrEqual(top);
    expect(bars.at(-1)).toMatchObject({ place: 7, to: null, isCut: false });
    expect((bars[0]?.x ?? 0) + (bars[0]?.width ?? 0)).toBeLessThan(bars[1]?.x ?? 0);
  });

  test('the normal curve holds as many paths as the bars', () => {
    const narrow = drawn({ from: -0.4, to: 0.64, counts: new Array(52).fill(7) });
    const { curve, base } = narrow;
    const points = [...curve.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    );
    const area = points.slice(1).reduce((sum, [x, y], at) => {
      const [before = 0, height = 0] = points[at] ?? [];
      return sum + (x - before) * (base - (y + height) / 2);
    }, 0);
    const bars = narrow.bars.reduce((sum, bar) => sum + (bar.width + 1) * bar.height, 0);
    expect(area / bars).toBeCloseTo(1, 1);
  });

  test('labels of percentiles do not overlap and stay inside', () => {
    for (const width of [340, 560, 900]) {
      const { marks } = drawn({}, width);
      const at = marks.map(({ labelX }) => labelX);
      for (const [place, label] of at.entries()) {
        if (place > 0) expect(label - (at[place - 1] ?? 0)).toBeGreaterThan(34);
        expect(label).toBeLessThan(width);
      }
    }
  });

  test('the band reaches from P10 to P90; without them there is none', () => {
    const { band, marks } = drawn();
    expect(band?.x).toBeCloseTo(marks[1]?.x ?? 0, 1);
    expect((band?.x ?? 0) + (band?.width ?? 0)).toBeCloseTo(marks[3]?.x ?? 0, 1);
    expect(drawn({ percentiles: [] }).band).toBeNull();
  });

  test('no path, no deviation: nothing is not a number', () => {
    const bare = drawn({ counts: [], normal: { mean: 0, deviation: 0 } });
    expect(bare.curve).toBe('');
    expect(JSON.stringify(bare)).not.toContain('null,null');
  });
});
