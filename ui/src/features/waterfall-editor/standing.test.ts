import { expect, test } from 'vitest';
import type { FindingDto } from '../../api/bindings.ts';
import type { Quantity } from '../../domain/quantity.ts';
import type { FigureBook } from '../workspace/figures.ts';
import { type Plan, type PlanTier, rowsOf } from './plan.ts';
import { expiryOf, findingsByRow, standingOf } from './standing.ts';

function bookOf(amounts: Record<string, number>): FigureBook {
  const at = (address: string): Quantity | null =>
    address in amounts
      ? ({ kind: 'money', amount: { minor: amounts[address], currency: 'EUR' } } as Quantity)
      : null;
  return {
    isPending: false,
    fault: null,
    retry: () => {},
    all: new Map(),
    at,
    money: (address) => (address in amounts ? { minor: amounts[address] as number, currency: 'EUR' } : null),
    family: (stem) =>
      Object.keys(amounts)
        .filter((address) => address.startsWith(`${stem}[`))
        .map((address) => ({ address, value: at(address) as Quantity })),
  };
}
const claim = (id: string, limited = true): PlanTier => ({
  id,
  takes: {
    kind: 'share',
    payee: 'p',
    ...(limited ? { limit: { kind: 'amount', amount: 'EUR 4.00' } } : {}),
  },
});
const figures = (id: string, paid: number, limit: number, owed: number) => ({
  [`recoupment.claims.${id}.paid`]: paid,
  [`recoupment.claims.${id}.limit`]: limit,
  [`recoupment.claims.${id}.outstanding`]: owed,
});

test('a claim is paid out, open with what is left, or takes without end', () => {
  const book = bookOf({
    ...figures('a', 400, 400, 0),
    ...figures('b', 100, 400, 300),
    'recoupment.claims.c.paid': 7,
  });
  expect(standingOf(claim('a'), book)).toMatchObject({ state: 'out', done: 1, left: null });
  expect(standingOf(claim('b'), book)).toEqual({
    paid: 'recoupment.claims.b.paid',
    state: 'open',
    left: 'recoupment.claims.b.outstanding',
    done: 0.25,
  });
  expect(standingOf(claim('c', false), book)).toMatchObject({ state: 'paid', done: null });
  expect(standingOf(claim('d'), book)).toMatchObject({ paid: null, state: null });
});

test('at the end of a period before the last it stands as it stood then', () => {
  const at = 'recoupment.claims.a';
  const book = bookOf({
    ...figures('a', 400, 400, 0),
    [`${at}.cumulative[2030-03]`]: 100,
    [`${at}.cumulative[2031-06]`]: 400,
    [`${at}.limit[2030-03]`]: 400,
    [`${at}.outstanding[2030-03]`]: 300,
    [`${at}.outstanding[2031-06]`]: 0,
  });
  const then = (until: string) => standingOf(claim('a'), { ...book, until });
  expect(then('2029-12')).toMatchObject({ paid: null, state: 'open', done: null });
  expect(then('2030-12')).toEqual({
    paid: `${at}.cumulative[2030-03]`,
    state: 'open',
    left: `${at}.outstanding[2030-03]`,
    done: 0.25,
  });
  expect(then('2031-06')).toMatchObject({ paid: `${at}.cumulative[2031-06]`, state: 'out', left: null });
});

test('a group is as far as its least advanced member and shows its own total', () => {
  const group: PlanTier = { id: 'g', takes: { kind: 'together', members: [claim('a'), claim('b')] } };
  const book = bookOf({
    ...figures('a', 400, 400, 0),
    ...figures('b', 100, 400, 300),
    'recoupment.groups.g.cumulative[2030-03]': 200,
    'recoupment.groups.g.cumulative[2030-06]': 500,
  });
  expect(standingOf(group, book)).toEqual({
    paid: 'recoupment.groups.g.cumulative[2030-06]',
    state: 'open',
    left: null,
    done: 0.25,
  });
});

test('a contract that has ended is seen, and a finding stands at its innermost line', () => {
  const plan: Plan = {
    contracts: [{ id: 'k', to: '2027-01-01' }],
    tiers: [{ id: 'g', takes: { kind: 'together', members: [claim('m')] } }, claim('n')],
  };
  const bound: PlanTier = { id: 'x', takes: { kind: 'share', contract: 'k' } };
  expect(expiryOf(bound, plan, '2027-06-01')).toEqual({ to: '2027-01-01', expired: true });
  expect(expiryOf(bound, plan, '2026-06-01')).toEqual({ to: '2027-01-01', expired: false });
  const finding = (path: string) => ({ code: 'X', path, severity: 'blocker' }) as FindingDto;
  const said = findingsByRow(rowsOf(plan), [
    finding('recoupment.tiers[g].takes.members[m].takes.rate'),
    finding('recoupment.tiers[n]'),
    finding('recoupment.sources[s]'),
    finding('revenue.sources[s]'),
  ]);
  expect([...said.at.keys()]).toEqual(['m', 'n']);
  expect(said.plan.map(({ path }) => path)).toEqual(['recoupment.sources[s]']);
});
