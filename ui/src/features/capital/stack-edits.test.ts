import { expect, test } from 'vitest';
import type { Instrument } from '../../domain/document.ts';
import { blank, duplicated, moved } from './stack-edits.ts';

const one = (id: string, more: object = {}): Instrument => ({
  id,
  name: id,
  terms: { kind: 'equity' },
  ...more,
});
const stack = [one('a'), one('b', { status: 'signed', amount: { fixed: 'EUR 5.00' } }), one('c')];
const ids = (rows: readonly Instrument[]) => rows.map(({ id }) => id);

test('an instrument moves one place and never out of the stack', () => {
  expect(ids(moved(stack, 'b', -1))).toEqual(['b', 'a', 'c']);
  expect(ids(moved(stack, 'b', 1))).toEqual(['a', 'c', 'b']);
  expect(moved(stack, 'a', -1)).toBe(stack);
  expect(moved(stack, 'c', 1)).toBe(stack);
  expect(moved(stack, 'x', 1)).toBe(stack);
});

test('a duplicate stands behind its model with all its terms but its promise', () => {
  const made = duplicated(stack, 'b', (of) => `${of} 2`);
  expect(ids(made?.instruments ?? [])).toEqual(['a', 'b', 'b-2', 'c']);
  expect(made?.instruments[2]).toMatchObject({
    name: 'b 2',
    status: 'prospective',
    amount: { fixed: 'EUR 5.00' },
  });
  expect(duplicated(stack, 'x', String)).toBeNull();
});

test('a new one has an id that is free', () => {
  expect(blank([one('gap-loan')], 'gap_loan', 'Gap').id).toBe('gap-loan-2');
});
