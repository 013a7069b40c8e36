import { expect, test } from 'vitest';
import { type ParallelData, parallelLayout } from './layout.ts';

const size = { width: 460, height: 260 };
const data: ParallelData = {
  axes: [
    { key: 'irr', label: 'Return at the median', unit: '%', better: 'higher' },
    { key: 'cost', label: 'Cost of capital', unit: '%', better: 'lower' },
    { key: 'share', label: 'Share', unit: '%', better: 'higher' },
  ],
  lines: [
    { id: 'a', label: 'A', values: [0.13, 0.08, 0.4], isNow: false },
    { id: 'b', label: 'B', values: [0.09, 0.12, 0.4], isNow: true },
    { id: 'c', label: 'C', values: [0.11, null, 0.4], isNow: false },
  ],
};

test('better stands above, whichever way a measure counts', () => {
  const { lines, axes, top, base } = parallelLayout(data, size);
  expect(lines[0]?.dots.map(({ y }) => y).slice(0, 2)).toEqual([top, top]);
  expect(lines[1]?.dots.map(({ y }) => y).slice(0, 2)).toEqual([base, base]);
  expect(axes[1]).toMatchObject({ best: 0.08, worst: 0.12 });
});

test('what is the same everywhere stands in the middle', () => {
  const { lines, top, base } = parallelLayout(data, size);
  for (const { dots } of lines) expect(dots.at(-1)?.y).toBe((top + base) / 2);
});

test('a line is broken where a value is missing', () => {
  const { lines } = parallelLayout(data, size);
  expect(lines[2]?.path.match(/M/g)).toHaveLength(2);
  expect(lines[0]?.path.match(/M/g)).toHaveLength(1);
});

test('nothing, one measure, one deal: no number that is none', () => {
  for (const some of [
    { axes: [], lines: [] },
    { axes: data.axes.slice(0, 1), lines: data.lines.slice(0, 1) },
    { axes: data.axes, lines: [] },
  ])
    expect(JSON.stringify(parallelLayout(some, size))).not.toMatch(/NaN|Infinity/);
});
