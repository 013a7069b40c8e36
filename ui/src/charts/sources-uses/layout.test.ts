import { expect, test } from 'vitest';
import { type BarPart, barsLayout } from './layout.ts';

const part = (id: string, major: number, more: Partial<BarPart> = {}): BarPart => ({
  id,
  label: `Part ${id}`,
  kind: 'equity',
  certainty: 'firm',
  amount: { minor: major * 100, currency: 'EUR' },
  address: `closing.source.${id}`,
  ...more,
});
const bar = (id: string, ...parts: BarPart[]) => ({ id, label: `${id}, cash`, parts });
const end = ({ parts }: { parts: readonly { x: number; width: number }[] }) => {
  const last = parts.at(-1);
  return (last?.x ?? 0) + (last?.width ?? 0);
};

test('equal sums end at one place, and a part is as wide as its share of the scale', () => {
  const bars = [
    bar('uses', part('a', 4_000_000), part('b', 6_000_000)),
    bar('sources', part('c', 10_000_000)),
  ];
  const { bars: placed, left, right } = barsLayout(bars, { width: 900 }, 'en');
  expect(end(placed[0] as never)).toBeCloseTo(end(placed[1] as never), 1);
  expect(placed[1]?.parts[0]?.x).toBe(left);
  const wide = right - left;
  expect((placed[0]?.parts[0]?.width ?? 0) / wide).toBeCloseTo(0.4, 2);
});

test('what lies inside a part and does not count narrows it and takes its amount from the drawing', () => {
  const less = [{ minor: 2_000_000_00, currency: 'EUR' }];
  const bars = [bar('uses', part('a', 10_000_000, { less })), bar('sources', part('c', 8_000_000))];
  const { bars: placed } = barsLayout(bars, { width: 900 }, 'en');
  expect(placed[0]?.parts[0]?.width).toBeCloseTo(placed[1]?.parts[0]?.width ?? 0, 1);
  expect(placed[0]?.parts[0]?.amountText).toBeNull();
  expect(placed[1]?.parts[0]?.amountText).toBe('8.0');
});

test('a narrow drawing names its bars above them and cuts no name to a letter', () => {
  const bars = [bar('uses', part('long name of a use', 10), part('x', 0.1))];
  const narrow = barsLayout(bars, { width: 320 }, 'en');
  expect(narrow.left).toBe(0);
  expect(narrow.bars[0]?.parts[1]?.lines).toEqual([]);
  expect(narrow.height).toBeGreaterThan(barsLayout(bars, { width: 900 }, 'en').height);
});
