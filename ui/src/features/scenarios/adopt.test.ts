import { expect, test } from 'vitest';
import { applied, cellsOf } from './adopt.ts';

const deal = {
  name: 'A film',
  instruments: [
    { id: 'loan', name: 'Loan', amount: 'USD 1.00' },
    { id: 'equity', name: 'Equity', amount: 'USD 2.00' },
  ],
  recoupment: { tiers: [{ id: 'first', takes: { members: [{ id: 'a' }, { id: 'b' }] } }] },
};
const change = (path: string, before: unknown, after: unknown) => ({ path, before, after });

test('cells change, elements come and go, and lists have the order that is asked for', () => {
  const after = applied(deal, [
    change('instruments[equity].amount', 'USD 2.00', 'USD 5.00'),
    change('instruments[loan]', deal.instruments[0], null),
    change('instruments[gap]', null, { id: 'gap', name: 'Gap' }),
    change('instruments[]', ['loan', 'equity'], ['gap', 'equity']),
    change('recoupment.tiers[first].takes.members[]', ['a', 'b'], ['b', 'a']),
    change('closing', null, { tolerance: 'USD 1.00' }),
  ]);
  expect(after.instruments).toEqual([
    { id: 'gap', name: 'Gap' },
    { id: 'equity', name: 'Equity', amount: 'USD 5.00' },
  ]);
  expect(after.recoupment).toEqual({
    tiers: [{ id: 'first', takes: { members: [{ id: 'b' }, { id: 'a' }] } }],
  });
  expect(after.closing).toEqual({ tolerance: 'USD 1.00' });
});

test('only the parts that differ are typed, each as a whole', () => {
  const cells = cellsOf(deal, [
    change('instruments[equity].amount', 'USD 2.00', 'USD 5.00'),
    change('name', 'A film', null),
  ]);
  expect(cells.map(({ path }) => path).sort()).toEqual(['instruments', 'name']);
  expect(cells.find(({ path }) => path === 'name')?.value).toBeNull();
  expect(cellsOf(deal, [])).toEqual([]);
});
