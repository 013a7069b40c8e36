import { expect, test } from 'vitest';
import { twoWayLayout } from './layout.ts';

const result = (value: number | null) => ({ value, text: value === null ? '–' : value.toFixed(1) });
const data = {
  rows: ['12', '28', '60'],
  columns: ['0.9', '1.0'],
  cells: [
    [result(1), result(2)],
    [result(3), result(4)],
    [result(5), result(null)],
  ],
};

test('cells fill the grid without lying on each other, the least lightest, the most darkest', () => {
  const { cells, heads, names } = twoWayLayout(data, { width: 400 });
  expect(cells).toHaveLength(6);
  expect(cells.map(({ shade }) => shade)).toEqual([1, 2, 3, 4, 5, null]);
  expect((cells[0]?.x ?? 0) + (cells[0]?.width ?? 0)).toBeLessThan(cells[1]?.x ?? 0);
  expect((cells[0]?.y ?? 0) + (cells[0]?.height ?? 0)).toBeLessThan(cells[2]?.y ?? 0);
  expect([heads.length, names.length]).toEqual([2, 3]);
});

test('where all are alike all have the shade of the middle', () => {
  const flat = { ...data, cells: data.cells.map((row) => row.map(() => result(7))) };
  expect(new Set(twoWayLayout(flat, { width: 400 }).cells.map(({ shade }) => shade))).toEqual(new Set([3]));
  expect(twoWayLayout({ rows: [], columns: [], cells: [] }, { width: 400 }).cells).toEqual([]);
});
