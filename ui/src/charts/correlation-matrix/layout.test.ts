import { expect, test } from 'vitest';
import { matrixLayout, pairOf, toneOf } from './layout.ts';

const inputs = ['a', 'b', 'c'].map((id) => ({ id, label: `Input ${id}` }));
const pairs = [
  { one: 'a', other: 'b', typed: 0.9, used: 0.83 },
  { one: 'c', other: 'a', typed: -0.4, used: -0.4 },
];

test('typed below the diagonal, used above it, marked where it was repaired', () => {
  const { cells } = matrixLayout({ inputs, pairs }, { width: 420 });
  const at = (row: number, column: number) =>
    cells.find((cell) => cell.row === row && cell.column === column);
  expect(at(1, 0)).toMatchObject({ half: 'typed', rho: 0.9, isRepaired: true, tone: 3 });
  expect(at(0, 1)).toMatchObject({ half: 'used', rho: 0.83 });
  expect(at(2, 0)).toMatchObject({ rho: -0.4, isRepaired: false, tone: -2 });
  expect(at(2, 1)).toMatchObject({ rho: null, tone: 0 });
  expect(at(1, 1)?.half).toBe('self');
});

test('a pair is found whichever is named first', () => {
  expect(pairOf(pairs, 'a', 'c')?.typed).toBe(-0.4);
  expect(pairOf(pairs, 'b', 'c')).toBeNull();
});

test('cells lie side by side inside the drawing', () => {
  for (const width of [320, 420, 900]) {
    const { cells } = matrixLayout({ inputs, pairs }, { width });
    for (const cell of cells) expect(cell.x + cell.size).toBeLessThanOrEqual(width);
    expect((cells[0]?.x ?? 0) + (cells[0]?.size ?? 0)).toBeLessThan(cells[1]?.x ?? 0);
  }
  expect([-0.9, -0.2, 0.01, null, 0.5].map(toneOf)).toEqual([-3, -1, 0, 0, 2]);
});
