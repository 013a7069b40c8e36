import { expect, test } from 'vitest';
import type { DealDocument } from '../../domain/document.ts';
import { withoutNamed } from './remove.ts';
import { baseField, caseField, newPath, newSource, readNewPath, rowsOf } from './rows.ts';

test('the base case reads base, else take, else ask', () => {
  expect(baseField({ estimate: { base: 'USD 1.00', take: 'USD 2.00' } })).toBe('base');
  expect(baseField({ estimate: { ask: 'USD 1.00', take: 'USD 2.00' } })).toBe('take');
  expect(baseField({ estimate: { ask: 'USD 1.00' } })).toBe('ask');
  expect(baseField({})).toBe('base');
});

test('another case reads its own cell, and falls back', () => {
  const source = { estimate: { low: 'USD 1.00', take: 'USD 2.00' } };
  expect(caseField(source, 'low')).toBe('low');
  expect(caseField(source, 'high')).toBe('take');
  expect(caseField(source, 'base')).toBe('take');
});

test('what is typed into an empty cell names its territories and window again', () => {
  const [row] = rowsOf([{ territories: ['US', 'CA'], cells: [] }]);
  expect(row?.id).toBe('US+CA');
  expect(readNewPath(newPath({ id: 'US+CA' }, 'svod'))).toEqual({
    territories: ['US', 'CA'],
    window: 'svod',
  });
  expect(readNewPath('revenue.sources[x].estimate.base')).toBeNull();
  const made = newSource({ territories: ['US', 'CA'] }, 'svod', { place: 'North America', window: 'SVOD' }, [
    'us-ca-svod',
  ]);
  expect(made.id).toBe('us-ca-svod-2');
  expect(made.label).toBe('North America, SVOD');
});

test('what is taken out is named by no source and assumed nowhere', () => {
  const deal = {
    revenue: {
      sources: [
        { id: 'fr', label: 'France', distribution: 'c' },
        { id: 'it', label: 'Italy', distribution: 'other' },
      ],
      distribution: [{ id: 'c' }, { id: 'other' }],
    },
    assumptions: [
      { id: 'fee', path: 'revenue.distribution[c].fee', source: 'A survey' },
      { id: 'rate', path: 'market.npv_rate', source: 'Practice' },
    ],
  };
  const cells = withoutNamed(deal as unknown as DealDocument, 'distribution', 'c');
  expect(cells.map(({ path }) => path)).toEqual([
    'revenue.sources[fr].distribution',
    'assumptions[fee]',
    'revenue.distribution[c]',
  ]);
});
