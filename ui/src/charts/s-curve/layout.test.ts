import { expect, test } from 'vitest';
import { type SpendMonth, spendLayout } from './layout.ts';

const months: SpendMonth[] = [
  { month: '2027-03', parts: [1_000_000, 500_000] },
  { month: '2027-05', parts: [0, 2_500_000] },
  { month: '2027-06', parts: [1_000_000, 0] },
];

test('a month of nothing has its place, and what is spent so far never falls', () => {
  const { months: drawn } = spendLayout(months, { width: 600 }, 'en');
  expect(drawn.map((month) => month.month)).toEqual(['2027-03', '2027-04', '2027-05', '2027-06']);
  expect(drawn.map((month) => month.soFar)).toEqual([1.5, 1.5, 4, 5]);
  expect(drawn.map((month) => month.total)).toEqual([1.5, 0, 2.5, 1]);
});

test('half of it is spent in the month that passes it', () => {
  expect(spendLayout(months, { width: 600 }, 'en').half?.month).toBe('2027-05');
});

test('bars stand on the zero line and on each other', () => {
  const { bars, lowerZero } = spendLayout(months, { width: 600 }, 'en');
  const [first, second] = bars.filter((bar) => bar.month === '2027-03');
  expect(first!.y + first!.height).toBeCloseTo(lowerZero, 1);
  expect(second!.y + second!.height).toBeCloseTo(first!.y, 1);
  expect(bars).toHaveLength(4);
});

test('nothing spent draws no curve and no bar', () => {
  const empty = spendLayout([], { width: 400 }, 'fr');
  expect([empty.curve, empty.bars.length, empty.end, empty.half]).toEqual(['', 0, null, null]);
});
