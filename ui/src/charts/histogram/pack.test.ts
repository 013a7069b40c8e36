import { expect, test } from 'vitest';
import fixtures from '../../../../tests/charts/histogram.json';
import { type HistogramData, histogramLayout } from './layout.ts';

/** One file holds the geometry of the page here and of the pack, which is laid out in another language. */
test('a histogram is laid out as the pack lays it out', () => {
  expect(fixtures.length).toBeGreaterThan(3);
  for (const { width, height, geometry, ...data } of fixtures) {
    const drawn = histogramLayout(
      { ...(data as Omit<HistogramData, 'axis'>), axis: String },
      { width, height },
    );
    const points = drawn.curve ? drawn.curve.slice(1).split('L') : [];
    expect({
      left: drawn.left,
      right: drawn.right,
      base: drawn.base,
      bars: drawn.bars.map((bar) => [bar.x, bar.y, bar.width, bar.height, bar.isLoss]),
      curve: points.map((point) => point.split(',').map(Number)),
      band: drawn.band && [drawn.band.x, drawn.band.width],
      marks: drawn.marks.map((mark) => [mark.x, mark.labelX]),
      x_ticks: drawn.xTicks.map((tick) => tick.at),
      y_ticks: drawn.yTicks.map((tick) => tick.at),
    }).toEqual(geometry);
  }
});
