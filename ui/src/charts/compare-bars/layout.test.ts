import { expect, test } from 'vitest';
import { compareLayout, type Way } from './layout.ts';

const way = (id: string, kind: Way['kind'], millions: number): Way => ({
  id,
  label: `A way called ${id} with rather a long name that goes on and on`,
  kind,
  net: { minor: Math.round(millions * 1e8), currency: 'USD' },
  address: `with(${id}).incentives.net`,
  rate: { text: '30.0 %', address: `with(${id}).incentives.net_rate` },
  month: 'Mar 2030',
  isUnverified: false,
});

test('bars start at nought on one scale, and the present one is drawn through all', () => {
  for (const width of [340, 620, 900]) {
    const { bars, now, height } = compareLayout(
      [way('now', 'now', 8), way('b', 'claim', 4), way('c', 'place', 10)],
      { width },
    );
    const [first, second, third] = bars;
    expect(second!.width).toBeCloseTo(first!.width / 2, 0);
    expect(third!.width).toBeCloseTo(first!.width * 1.25, 0);
    expect(now).toBeCloseTo(first!.x + first!.width, 0);
    expect(bars.every((bar) => bar.x + bar.width <= bar.values.rate - 30)).toBe(true);
    expect(bars.every((bar) => bar.y + 14 < height)).toBe(true);
  }
});

test('what leaves nothing has a bar that can still be seen', () => {
  const { bars } = compareLayout([way('now', 'now', 0), way('b', 'claim', -1)], { width: 620 });
  expect(bars.map((bar) => bar.width)).toEqual([1, 1]);
});
