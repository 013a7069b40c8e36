import { describe, expect, test } from 'vitest';
import { stepOf } from '../../charts/distribution/shape.ts';
import type { DealDocument } from '../../domain/document.ts';
import { asKind, distributionOf, KINDS, parametersOf, shapeOf, text, withParameter } from './distribution.ts';
import { addedDrivers, correlated, newDriver, revenueDrivers, USUAL, withoutDriver } from './edits.ts';
import { fractionOf } from './fractions.ts';
import { scaled, scaleOf, unscaled } from './units.ts';

const document = {
  id: 'd',
  name: 'A film',
  currency: 'USD',
  as_of: '2026-01-01',
  project: { title: 'A film' },
  revenue: {
    sources: [
      {
        id: 'home',
        label: 'Home',
        estimate: { low: 'USD 12000000.00', base: 'USD 28000000.00', high: 'USD 60000000.00' },
      },
      { id: 'abroad', label: 'Abroad', estimate: { ask: 'USD 2400000.00', take: 'USD 1600000.00' } },
      { id: 'toys', label: 'Toys', estimate: { base: 'USD 500000.00' } },
      { id: 'unknown', label: 'Unknown' },
    ],
  },
  risk: {
    drivers: [
      { id: 'a', label: 'A', distribution: USUAL },
      { id: 'b', label: 'B', distribution: USUAL },
    ],
    correlations: [{ id: 'a-b', one: 'a', other: 'b', rho: '0.5' }],
  },
} satisfies DealDocument;

describe('what is uncertain', () => {
  test('reads and writes every kind as it was', () => {
    const kinds = KINDS.map((kind) =>
      asKind({ kind: 'triangular', low: 12e6, mode: 28e6, high: 60e6 }, kind),
    );
    for (const shape of kinds) expect(shapeOf(distributionOf(shape))).toEqual(shape);
    expect(shapeOf({ stranger: [] } as never)).toBeNull();
  });

  test('another kind keeps the order of its ends', () => {
    for (const from of KINDS)
      for (const to of KINDS) {
        const shape = asKind(asKind({ kind: 'pert', low: 0.6, mode: 1, high: 1.4 }, from), to);
        for (const { id, value } of parametersOf(shape))
          expect(withParameter(shape, id, value)).toEqual(shape);
        expect(stepOf(shape)).toBeGreaterThan(0);
      }
  });

  test('numbers that contradict each other are refused, not mended', () => {
    const shape = { kind: 'pert', low: 12, mode: 28, high: 60 } as const;
    expect(withParameter(shape, 'low', 30)).toBe('order');
    expect(withParameter({ kind: 'normal', mean: 0, deviation: 1 }, 'deviation', 0)).toBe('positive');
    expect(withParameter({ kind: 'hit_or_miss', miss: 0.5, median: 1, p90: 2 }, 'miss', 1.2)).toBe('share');
    expect(withParameter(shape, 'low', 10)).toEqual({ ...shape, low: 10 });
  });

  test('decimals are written without exponents', () => {
    expect([0.1 + 0.2, 28e6, 1e-7, -0, 1.5].map(text)).toEqual(['0.3', '28000000', '0.0000001', '0', '1.5']);
  });
});

describe('edits', () => {
  test('a driver takes its correlations with it', () => {
    expect(withoutDriver(document, 'a')).toEqual([
      { path: 'risk.correlations[a-b]', value: null },
      { path: 'risk.drivers[a]', value: null },
    ]);
  });

  test('a pair is one cell, whichever is named first; nothing typed is taken out', () => {
    expect(correlated(document, 'b', 'a', 0.654)).toEqual({
      path: 'risk.correlations[a-b].rho',
      value: '0.65',
    });
    expect(correlated(document, 'a', 'b', 0)).toEqual({ path: 'risk.correlations[a-b]', value: null });
    const bare = { ...document, risk: { drivers: document.risk.drivers } };
    expect(correlated(bare, 'a', 'b', 2)).toEqual({
      path: 'risk.correlations',
      value: [{ id: 'a-b', one: 'a', other: 'b', rho: '1' }],
    });
  });

  test('revenue is as uncertain as its own cases', () => {
    const drivers = revenueDrivers(document);
    expect(drivers.map(({ id, paths }) => [id, paths?.[0]])).toEqual([
      ['home', 'revenue.sources[home].estimate.base'],
      ['abroad', 'revenue.sources[abroad].estimate.take'],
      ['toys', 'revenue.sources[toys].estimate.base'],
    ]);
    expect(drivers[0]?.distribution).toEqual({ pert: { low: '0.43', mode: '1', high: '2.14' } });
    expect(drivers[1]?.distribution).toEqual({ pert: { low: '1', mode: '1', high: '1.5' } });
    expect(drivers[2]?.distribution).toEqual(USUAL);
    const cell = addedDrivers(document, drivers);
    expect((cell.value as { drivers: unknown[]; correlations: unknown[] }).drivers).toHaveLength(5);
    expect(newDriver(document, 'A', ['x'], USUAL).id).toBe('a-2');
  });
});

test('a probability is said in small numbers where they say the same', () => {
  expect(fractionOf(0.76)).toEqual({ part: 3, whole: 4 });
  expect(fractionOf(0.083)).toEqual({ part: 1, whole: 12 });
  expect(fractionOf(0.5)).toEqual({ part: 1, whole: 2 });
  expect([0.99, 0.001, 0, 1].map(fractionOf)).toEqual([null, null, null, null]);
  for (let at = 0; at <= 1000; at++) {
    const said = fractionOf(at / 1000);
    if (said) expect(Math.abs(said.part / said.whole - at / 1000)).toBeLessThan(0.042);
  }
});

test('values are read in their unit and typed back the same', () => {
  const words = {
    factor: '×',
    million: (code: string) => `${code} m`,
    percent: '%',
    named: (unit: string) => unit,
  };
  const amount = scaleOf('USD', 60e6, words);
  expect([amount.unit, scaled(28e6, amount, 'en'), scaled(28.5e6, amount, 'en')]).toEqual([
    'USD m',
    '28',
    '28.5',
  ]);
  const rate = scaleOf('rate', 0.05, words);
  expect([scaled(0.0495, rate, 'en'), unscaled('4.95', rate)]).toEqual(['4.95', 0.0495]);
  expect(scaled(1, scaleOf('factor', 1.5, words), 'en')).toBe('1');
  expect(scaled(-0.5, scaleOf('factor', 1, words), 'en')).toBe('(0.5)');
});
