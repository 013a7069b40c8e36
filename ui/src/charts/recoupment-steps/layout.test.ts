import { expect, test } from 'vitest';
import fixtures from '../../../../tests/charts/ladder.json';
import { ladderBars } from './layout.ts';

/** One file holds the geometry of the page here and of the pack, which is laid out in another language. */
test('a ladder is laid out as the pack lays it out', () => {
  expect(fixtures.length).toBeGreaterThan(3);
  for (const { values, estimated, from, to, geometry } of fixtures) {
    const { bars, ticks, estimatedAt } = ladderBars(values, estimated, from, to);
    expect({
      x: bars.map((bar) => bar.x),
      width: bars.map((bar) => bar.width),
      ticks: ticks.map((tick) => tick.value),
      ticks_at: ticks.map((tick) => tick.at),
      estimated_at: estimatedAt,
    }).toEqual(geometry);
  }
});
