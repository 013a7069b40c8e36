import { expect, test } from 'vitest';
import { rangeDomain, rangeLayout } from './layout.ts';

test('rows share a scale that has zero on it', () => {
  const domain = rangeDomain([
    { low: 0.02, middle: 0.1, high: 0.3 },
    { low: -0.1, middle: null, high: null },
  ]);
  expect(domain).toEqual([-0.1, 0.3]);
  const { band, middle, zero } = rangeLayout({ low: -0.1, middle: 0.1, high: 0.3 }, domain, 100);
  expect(band).toEqual({ x: 2, width: 96 });
  expect(middle).toBe(50);
  expect(zero).toBe(26);
});

test('what is not known is not drawn', () => {
  expect(rangeDomain([])).toEqual([-1, 1]);
  const { band, middle } = rangeLayout({ low: null, middle: null, high: 0.2 }, [0, 1], 100);
  expect([band, middle]).toEqual([null, null]);
});
