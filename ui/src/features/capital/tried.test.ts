import { expect, test } from 'vitest';
import type { DealDocument, Instrument } from '../../domain/document.ts';
import { contractAmount, fillsTheRest, isTyped, lockedFor, stepOf } from './tried.ts';

const one = (id: string, more: object = {}): Instrument => ({
  id,
  name: id,
  terms: { kind: 'equity' },
  ...more,
});
const stack = [one('a'), one('b'), one('c')];
const draft = { instrument: 'a', amount: { minor: 120_50, currency: 'EUR' } };

test('what is locked stays; where one alone gives way all others stay', () => {
  expect(lockedFor(draft, stack, 'all', ({ id }) => id === 'c')).toEqual(['c']);
  expect(lockedFor(draft, stack, { only: 'c' }, () => false)).toEqual(['b']);
  // Whoever is moved is never locked against itself.
  expect(lockedFor(draft, stack, 'all', () => true)).toEqual(['b', 'c']);
});

test('an amount is typed unless a rule says it, in the currency of its contract', () => {
  const document = { currency: 'CAD' } as DealDocument;
  expect(isTyped(one('a'))).toBe(true);
  expect(isTyped(one('a', { amount: { remainder: {} } }))).toBe(false);
  expect(fillsTheRest(one('a', { amount: { remainder: {} } }))).toBe(true);
  expect(fillsTheRest(one('a'))).toBe(false);
  expect(contractAmount(one('a', { amount: { fixed: 'EUR 3.00' } }), document)).toEqual({
    minor: 300,
    currency: 'EUR',
  });
  expect(contractAmount(one('a', { currency: 'GBP' }), document)).toEqual({ minor: 0, currency: 'GBP' });
});

test('a step is one, two or five of a power of ten near a thousandth', () => {
  expect(stepOf(30_000_000_00)).toBe(50_000_00);
  expect(stepOf(1_000_000_00)).toBe(1_000_00);
  expect(stepOf(1_400_000_00)).toBe(2_000_00);
  expect(stepOf(0)).toBe(1);
});
