import { expect, test } from 'vitest';
import { miniStackLayout, type StackPart } from './layout.ts';

const part = (size: number): StackPart => ({ kind: 'equity', size, isConditional: false });

test('parts follow one another on a shared scale', () => {
  const { parts, missing } = miniStackLayout([part(50), part(30), part(20)], { uses: 100, most: 200 }, 200);
  expect(parts.map(({ x }) => x)).toEqual([0, 50, 80]);
  expect(parts.map(({ width }) => width)).toEqual([49, 29, 19]);
  expect(missing).toBeNull();
});

test('what is missing goes up to the uses', () => {
  const { missing } = miniStackLayout([part(60)], { uses: 100, most: 100 }, 200);
  expect(missing).toEqual({ x: 120, width: 80 });
});

test('a sliver is seen, nothing and less than nothing are not', () => {
  const { parts } = miniStackLayout([part(0.01), part(0), part(-5), part(99)], { uses: 99, most: 100 }, 100);
  expect(parts).toHaveLength(2);
  expect(parts[0]?.width).toBeGreaterThanOrEqual(2);
  expect(JSON.stringify(miniStackLayout([part(1)], { uses: 0, most: 0 }, 100))).not.toMatch(/null,|NaN/);
});
