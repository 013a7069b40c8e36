import { expect, test } from 'vitest';
import { type Condition, stateOf } from './gates.ts';

const TODAY = '2027-01-15';
const by = { after: 'financial_close' };
const state = (more: Partial<Condition>, day: string | null) =>
  stateOf({ id: 'c', text: 'C', ...more }, day, TODAY);

test('what is met is met, whenever it was expected', () => {
  expect(state({ met: true, by }, '2026-01-01')).toBe('met');
});

test('what is expected is overdue from the day after its own', () => {
  expect(state({ by }, TODAY)).toBe('expected');
  expect(state({ met: false, by }, '2027-01-14')).toBe('overdue');
  expect(state({ by }, null)).toBe('undated');
});

test('without a day it gates for good where it is said not to be met, and the close takes it as met elsewhere', () => {
  expect(state({ met: false }, null)).toBe('never');
  // The engine dates it with the close; nobody has said more.
  expect(state({}, '2027-03-01')).toBe('at_close');
});
